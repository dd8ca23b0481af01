import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { waferTable } from "../../../src/datasets/mod.ts";
import { conditionNames, waferConditions } from "../../../src/models/autoencoder/conditions.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";

const CHARGES = (() => {
  const random = new RandomStream(1, "wafers");
  return Float64Array.from({ length: 40 * 48 }, () => random.integer(300));
})();

Deno.test("the total is the logarithm of what the encoder sees", () => {
  const total = waferConditions(waferTable(CHARGES), ["total"]);
  const seen = normalise(CHARGES, "power_of_two");
  total.forEach((value, wafer) => {
    const sum = seen.subarray(48 * wafer, 48 * wafer + 48).reduce((a, b) => a + b);
    assertAlmostEquals(value, (Math.log2(sum) - 0.5) / 0.29, 1e-6);
  });
});

Deno.test("the total is 0.5 / 0.29 below zero from a power of two on, and as much above before it", () => {
  const sums = [1, 2, 1024, 1023.9999, 2 ** -20];
  const charges = new Float64Array(48 * sums.length);
  sums.forEach((sum, wafer) => charges[48 * wafer + 7] = sum);
  const total = waferConditions(waferTable(charges), ["total"]);
  [-1, -1, -1, 1, -1].forEach((side, wafer) =>
    assertAlmostEquals(total[wafer], side * 0.5 / 0.29, 1e-6)
  );
});

Deno.test("further conditions are columns, in the order asked for; eta without its sign", () => {
  const column = (...values: number[]) =>
    Float64Array.from({ length: 40 }, (_, k) => values[k % 2]);
  const table = waferTable(CHARGES, {
    eta: column(-2.65, 1.85),
    layer: column(8, 12),
    density: column(0, 1),
    waferu: column(-4, 0),
    waferv: column(8, 2),
  });
  const rows = waferConditions(table, ["waferv", "eta", "layer", "density", "waferu"]);
  [2, 1, 0, -1, -1, 0.5, -1, 1, 0, 0].forEach((value, k) =>
    assertAlmostEquals(rows[k], value, 1e-6)
  );
  assertEquals(rows.length, 40 * 5);
  assertEquals(waferConditions(table, []).length, 0);
});

Deno.test("each condition is a number of about 1 on wafers of a detector", () => {
  // From where a layer's first wafer stands to its last.
  const ends = {
    eta: [1.5, 3],
    layer: [1, 27],
    density: [0, 1],
    waferu: [-11, 11],
    waferv: [-11, 11],
  };
  const columns = Object.fromEntries(
    Object.entries(ends).map(([name, values]) => [name, Float64Array.from(values)]),
  );
  const table = waferTable(CHARGES.slice(0, 96), columns);
  for (const value of waferConditions(table, conditionNames())) {
    assertAlmostEquals(value, 0, 5);
  }
});

Deno.test("waferConditions() says which column is missing and where a number is", () => {
  const table = waferTable(CHARGES, { eta: new Float64Array(40).fill(2).with(7, NaN) });
  assertThrows(
    () => waferConditions(table, ["layer"]),
    TypeError,
    "Cannot tell conditions of wafers: there is no column layer",
  );
  assertThrows(
    () => waferConditions(table, ["eta"]),
    RangeError,
    "Cannot tell conditions of wafer 7: eta must be a number, current value is NaN",
  );
  const texts = waferTable(CHARGES, { layer: new Array(40).fill("five") });
  assertThrows(() => waferConditions(texts, ["layer"]), RangeError, "wafer 0: layer must be");
  const empty = waferTable(new Float64Array(48));
  assertThrows(() => waferConditions(empty, ["total"]), RangeError, "wafer 0: total must be");
});
