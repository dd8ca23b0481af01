import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { waferDistances } from "../../src/wafer/distances.ts";
import {
  supercells2x2,
  supercells4x4,
  type SupercellWeights,
  TABLE_A1_MISPRINT,
} from "../../src/wafer/supercells.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";

/** Table A1 of the paper: the cells q of each sum, and four times its weight as printed. */
// deno-fmt-ignore
const TABLE_A1: readonly (readonly [cells: readonly number[], printed: number])[] = [
  [[4, 5, 12, 13], 1.5], [[20, 21, 28, 29], 1.0833], [[6, 7, 14, 15], 2.25], [[22, 23, 30, 31], 1.5],
  [[16, 17, 24, 25], 1.5], [[18, 19, 26, 27], 1.0833], [[0, 1, 8, 9], 2.25], [[2, 3, 10, 11], 1.5],
  [[42, 43, 46, 47], 1.5], [[34, 35, 38, 39], 1.1667], [[40, 41, 44, 45], 2.25], [[32, 33, 36, 37], 1.5],
  [[5, 6, 13, 14], 1.5], [[21, 22, 29, 30], 1], [[8, 9, 16, 17], 1.5], [[10, 11, 18, 19], 1],
  [[41, 42, 45, 46], 1.5], [[33, 34, 37, 38], 1], [[12, 13, 20, 21], 1], [[14, 15, 22, 23], 1.5],
  [[17, 18, 25, 26], 1], [[1, 2, 9, 10], 1.5], [[38, 39, 42, 43], 1], [[36, 37, 40, 41], 1.5],
  [[13, 14, 21, 22], 1], [[9, 10, 17, 18], 1], [[37, 38, 41, 42], 1],
  [[3, 4, 11, 12], 1.5], [[11, 12, 19, 20], 1], [[19, 20, 27, 28], 1.1667],
  [[28, 29, 35, 39], 1.1667], [[29, 30, 39, 43], 1], [[30, 31, 43, 47], 1.5],
  [[24, 25, 32, 33], 1.5], [[25, 26, 33, 34], 1], [[26, 27, 34, 35], 1.1667],
];

/** Sums to which each cell belongs, by q, laid out as in Fig. 3. */
// deno-fmt-ignore
const MEMBERSHIPS = [
  1, 2, 2, 2, 2, 2, 2, 1,
  2, 4, 4, 4, 4, 4, 4, 2,
  2, 4, 4, 4, 4, 4, 4, 2,
  2, 4, 4, 3, 3, 4, 4, 2,
  2, 4, 4, 3,
  2, 4, 4, 4,
  2, 4, 4, 4,
  1, 2, 2, 2,
];

Deno.test("supercells2x2() with table_a1 is Table A1, row by row", () => {
  const sums = supercells2x2({ weights: "table_a1", order: "paper" });
  assertEquals(sums.length, 36);
  TABLE_A1.forEach(([cells, printed], row) => {
    assertEquals(sums[row], { cells, weight: printed / 4 });
  });
});

Deno.test("supercells2x2() by the rule agrees with Table A1 in all rows but one", () => {
  const sums = supercells2x2({ order: "paper" });
  const different = sums.flatMap(({ weight }, row) =>
    Math.abs(4 * weight - TABLE_A1[row][1]) < 5e-5 ? [] : [row]
  );
  assertEquals(different, [TABLE_A1_MISPRINT.row]);
  const { cells, weight } = sums[TABLE_A1_MISPRINT.row];
  assertEquals(cells, [34, 35, 38, 39]);
  assertAlmostEquals(weight, 13 / 12 / 4, 1e-15);
  assertEquals(TABLE_A1_MISPRINT.printed, 1.1667 / 4);
});

Deno.test("supercells2x2() has the known number of sums for each cell", () => {
  const memberships = new Array<number>(48).fill(0);
  for (const { cells } of supercells2x2({ order: "paper" })) {
    for (const cell of cells) memberships[cell]++;
  }
  assertEquals(memberships, MEMBERSHIPS);
});

Deno.test("supercells2x2() by the rule weighs each sum by the mean of 1 / sums of its cells", () => {
  const sums = supercells2x2({ order: "paper" });
  for (const { cells, weight } of sums) {
    const [p, q, r, s] = cells.map((cell) => MEMBERSHIPS[cell]);
    assertAlmostEquals(weight, (1 / p + 1 / q + 1 / r + 1 / s) / 4, 1e-15);
  }
  assertAlmostEquals(sums.reduce((total, { weight }) => total + weight, 0), 12, 1e-13);
});

Deno.test("supercells2x2() with published_code differs from the rule in six sums", () => {
  const rule = supercells2x2({ order: "paper" });
  const code = supercells2x2({ weights: "published_code", order: "paper" });
  const different = code.filter(({ weight }, row) => weight !== rule[row].weight);
  assertEquals(
    new Map(different.map(({ cells, weight }) => [cells.join(" "), (4 * weight).toFixed(4)])),
    new Map([
      ["20 21 28 29", "1.3333"],
      ["18 19 26 27", "1.3333"],
      ["34 35 38 39", "1.3333"],
      ["19 20 27 28", "1.6667"],
      ["28 29 35 39", "1.6667"],
      ["26 27 34 35", "1.6667"],
    ]),
  );
  assertAlmostEquals(code.reduce((total, { weight }) => total + weight, 0), 12.5625, 1e-13);
});

testNeeding(
  [referenceData("peer_tables/telescope.json")],
  "supercells2x2() has the sums and weights of the published code, in its order",
  () => {
    const table = readReferenceJson("peer_tables/telescope.json");
    const columns: [SupercellWeights, number[]][] = [
      ["rule", table.w_derived],
      ["table_a1", table.w_tableA1],
      ["published_code", table.w_code],
    ];
    for (const [weights, expected] of columns) {
      supercells2x2({ weights }).forEach(({ cells, weight }, row) => {
        assertEquals(cells, table.sets_train_order[row].toSorted((a: number, b: number) => a - b));
        assertAlmostEquals(weight, expected[row], 1e-15);
      });
    }
  },
);

Deno.test("supercells2x2() groups cells that are near one another", () => {
  const distances = waferDistances({ geometry: "low_density", unit: "pitch" });
  const spreads = supercells2x2().map(({ cells }) =>
    Math.max(...cells.flatMap((one) => cells.map((other) => distances[one * 48 + other])))
  );
  // Inside a rhombus the long diagonal, sqrt(3); across a seam a little less.
  assertEquals(spreads.filter((spread) => Math.abs(spread - Math.sqrt(3)) < 1e-12).length, 27);
  assertEquals(spreads.filter((spread) => Math.abs(spread - 1.521) < 5e-4).length, 9);
});

Deno.test("supercells4x4() are the rhombi in both orders", () => {
  const q = (cells: number[]) => ({ cells, weight: 1 });
  assertEquals(supercells4x4({ order: "paper" }), [
    q([4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31]),
    q([0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]),
    q([32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47]),
  ]);
  assertEquals(supercells4x4().flatMap(({ cells }) => cells), [...Array(48).keys()]);
});

Deno.test("supercells2x2() and supercells4x4() refuse unknown options", () => {
  assertThrows(
    () => supercells2x2({ weights: "a1" as never }),
    RangeError,
    "weights must be rule, table_a1 or published_code, current value is a1",
  );
  const text = "Cannot number supercells: order must be train or paper, current value is q";
  assertThrows(() => supercells2x2({ order: "q" as never }), RangeError, text);
  assertThrows(() => supercells4x4({ order: "q" as never }), RangeError, text);
});

Deno.test("supercells2x2() returns a fresh array", () => {
  assert(supercells2x2()[0] !== supercells2x2()[0]);
});
