import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normaliseRows } from "../../src/transport/rows.ts";

Deno.test("normaliseRows() divides by totals and changes no input", () => {
  const masses = Float32Array.of(1, 2, 1, 0, 0, 5);
  const { count, size, fractions, totals } = normaliseRows(masses, 3);
  assertEquals([count, size], [2, 3]);
  assertEquals([...fractions], [0.25, 0.5, 0.25, 0, 0, 1]);
  assertEquals([...totals], [4, 5]);
  assertEquals([...masses], [1, 2, 1, 0, 0, 5]);
});

Deno.test("normaliseRows() takes the smallest and the largest scales", () => {
  for (const scale of [5e-324, 1e-300, 1e300]) {
    const { fractions } = normaliseRows([scale, scale, 2 * scale], 3);
    [0.25, 0.25, 0.5].forEach((f, k) => assertAlmostEquals(fractions[k], f, 1e-15));
  }
});

Deno.test("normaliseRows() lets rows without mass through only when asked", () => {
  const options = { rowName: "wafer", binName: "cell" };
  assertThrows(
    () => normaliseRows([1, 0, 0, 0], 2, options),
    RangeError,
    "Cannot compute EMD of wafer 1: it has no charge",
  );
  const { fractions, totals } = normaliseRows([1, 0, 0, 0], 2, { ...options, allowEmpty: true });
  assertEquals([[...fractions], [...totals]], [[1, 0, 0, 0], [1, 0]]);
});

Deno.test("normaliseRows() names row, bin and value of what is wrong", () => {
  const options = { rowName: "wafer", binName: "cell" };
  const row17 = (charge: number) => {
    const masses = new Float64Array(18 * 48).fill(1);
    masses[17 * 48 + 3] = charge;
    return () => normaliseRows(masses, 48, options);
  };
  for (const bad of [-2, NaN, -Infinity]) {
    assertThrows(
      row17(bad),
      RangeError,
      `Cannot compute EMD of wafer 17: charge of cell 3 must be >= 0, current value is ${bad}`,
    );
  }
  assertThrows(
    row17(Infinity),
    RangeError,
    "Cannot compute EMD of wafer 17: charge of cell 3 must be finite, current value is Infinity",
  );
  assertThrows(
    () => normaliseRows([1e308, 1e308], 2, options),
    RangeError,
    "Cannot compute EMD of wafer 0: its total charge overflows",
  );
  assertThrows(
    () => normaliseRows([1, 2, 3], 2),
    TypeError,
    "Cannot compute EMD: a batch must hold rows of 2 numbers, current length is 3",
  );
});

Deno.test("normaliseRows() writes to the arrays that it is given, whatever they held", () => {
  const given = [new Float64Array(4).fill(NaN), new Float64Array(2).fill(NaN)],
    [fractions, totals] = given;
  const rows = normaliseRows([0, 0, 3, 1], 2, {
    allowEmpty: true,
    allocate: (length) => given.find((array) => array.length === length)!,
  });
  assert(rows.fractions === fractions && rows.totals === totals);
  assertEquals([[...fractions], [...totals]], [[0, 0, 0.75, 0.25], [0, 4]]);
});
