import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { normalise } from "../../src/wafer/normalise.ts";

function wafer(...first: number[]): Float64Array {
  const charges = new Float64Array(48);
  charges.set(first);
  return charges;
}

Deno.test("normalise() by fraction divides by the sum", () => {
  assertEquals(normalise(wafer(1, 0, 3), "fraction"), wafer(0.25, 0, 0.75));
});

Deno.test("normalise() by power of two divides by the highest bit of the sum", () => {
  assertEquals(normalise(wafer(3, 0, 10, 7), "power_of_two"), wafer(0.1875, 0, 0.625, 0.4375));
});

Deno.test("normalise() by power of two is exact at, below and above each power of two", () => {
  for (let exponent = -1074; exponent <= 1023; exponent++) {
    const power = 2 ** exponent;
    const result = (sum: number) => normalise(wafer(sum), "power_of_two")[0];
    assertEquals(result(power), 1, `2^${exponent}`);
    if (exponent < -1021) continue; // neighbours of such small numbers are far away
    const below = power - power * 2 ** -53;
    const above = power + power * 2 ** -52;
    assertEquals(result(below), 2 - 2 ** -52, `below 2^${exponent}`);
    assertEquals(result(above), 1 + 2 ** -52, `above 2^${exponent}`);
  }
  assertEquals(normalise(wafer(Number.MAX_VALUE), "power_of_two")[0], 2 - 2 ** -52);
});

Deno.test("normalise() by power of two leaves the sums in [1, 2) and the ratios unchanged", () => {
  const random = new RandomStream(1, "normalise");
  for (let round = 0; round < 200; round++) {
    const charges = Float64Array.from({ length: 48 }, () => random.integer(1000));
    const normalised = normalise(charges, "power_of_two");
    const before = charges.reduce((total, charge) => total + charge);
    const after = normalised.reduce((total, charge) => total + charge);
    assert(after >= 1 && after < 2);
    assertEquals(normalised.map((charge) => charge * (before / after)), charges);
  }
});

Deno.test("normalise() treats each wafer of a batch by itself and changes nothing", () => {
  const batch = Float32Array.from([...wafer(1, 3), ...wafer(0, 0, 8)]);
  const before = batch.slice();
  assertEquals(
    normalise(batch, "fraction"),
    Float64Array.from([...wafer(0.25, 0.75), ...wafer(0, 0, 1)]),
  );
  assertEquals(batch, before);
  assertEquals(normalise([], "fraction").length, 0);
});

Deno.test("normalise() by fraction sums to one", () => {
  const random = new RandomStream(2, "normalise");
  const charges = Float64Array.from({ length: 480 }, () => random.exponential());
  const fractions = normalise(charges, "fraction");
  for (let row = 0; row < 10; row++) {
    const sum = fractions.subarray(row * 48, row * 48 + 48).reduce((total, part) => total + part);
    assertAlmostEquals(sum, 1, 1e-14);
  }
});

Deno.test("normalise() throws on an empty wafer unless told to leave zeros", () => {
  const batch = [...wafer(1), ...wafer()];
  for (const how of ["fraction", "power_of_two"] as const) {
    assertThrows(
      () => normalise(batch, how),
      RangeError,
      "Cannot normalise wafer 1: sum of its charges must be > 0, current value is 0",
    );
    assertEquals(normalise(batch, how, { empty: "zeros" }), Float64Array.from(batch));
  }
});

Deno.test("normalise() names the wafer and the cell of a bad charge", () => {
  for (const bad of [-2, NaN, Infinity, -Infinity]) {
    const batch = [...wafer(1), ...wafer(1, 2, 3, bad)];
    assertThrows(
      () => normalise(batch, "fraction", { empty: "zeros" }),
      RangeError,
      `Cannot normalise wafer 1: charge of cell 3 must be finite and >= 0, current value is ${bad}`,
    );
  }
});

Deno.test("normalise() throws where the sum overflows", () => {
  assertThrows(
    () => normalise(wafer(1e308, 1e308), "fraction"),
    RangeError,
    "Cannot normalise wafer 0: sum of its charges must be finite, current value is Infinity",
  );
});

Deno.test("normalise() refuses parts of wafers and unknown options", () => {
  assertThrows(
    () => normalise([1, 2, 3], "fraction"),
    TypeError,
    "Cannot normalise wafers: number of charges must be a multiple of 48, current value is 3",
  );
  assertThrows(
    () => normalise(wafer(1), "max" as never),
    RangeError,
    "normalisation must be fraction or power_of_two, current value is max",
  );
  assertThrows(
    () => normalise(wafer(1), "fraction", { empty: "skip" as never }),
    RangeError,
    "empty must be error or zeros, current value is skip",
  );
});
