import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { readWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferShapes } from "../../src/datasets/wafer_shapes.ts";
import { concatenateWafers, waferTable } from "../../src/datasets/wafer_table.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

Deno.test("waferShapes() counts cells above 35, not from 35 on", () => {
  const charges = new Float32Array(48);
  charges.set([35, 36, 34, 0.5, 35.5], 40);
  const { cells, occupancy, sum, leading, leadingThree } = waferShapes(waferTable(charges));
  assertEquals([cells[0], occupancy[0], sum[0]], [5, 2, 141]);
  assertAlmostEquals(leading[0], 36 / 141, 1e-15);
  assertAlmostEquals(leadingThree[0], (36 + 35.5 + 35) / 141, 1e-15);
});

Deno.test("waferShapes() of full, single and no charge", () => {
  const charges = new Float64Array(3 * 48).fill(36, 0, 48).fill(7, 60, 61);
  const shapes = waferShapes(waferTable(charges));
  assertEquals(shapes.cells, Float64Array.of(48, 1, 0));
  assertEquals(shapes.occupancy, Float64Array.of(48, 0, 0));
  assertEquals([...shapes.leading], [1 / 48, 1, NaN]);
  assertEquals([...shapes.leadingThree], [3 / 48, 1, NaN]);
});

Deno.test("waferShapes() leaves the wafers as they are", () => {
  const toys = toyWafers("shower", 50, 1);
  const { leading, leadingThree } = waferShapes(toys);
  assertEquals(toys, toyWafers("shower", 50, 1));
  assert(leading.every((share, wafer) => share > 0 && share <= leadingThree[wafer]));
});

testNeeding(
  [referenceData("wafers/dense.csv")],
  "waferShapes() finds 18.4 cells with charge in the dense real wafers, on average",
  async () => {
    const url = new URL("wafers/dense.csv", REFERENCE_DATA);
    const table = concatenateWafers(await Array.fromAsync(readWafers(url)));
    const { cells } = waferShapes(table);
    assertAlmostEquals(cells.reduce((sum, count) => sum + count, 0) / table.count, 18.4, 0.06);
  },
);
