import { assertEquals } from "@std/assert";
import { impactTree } from "../../../scripts/std/impact_tree.ts";

Deno.test("impactTree() puts leaves 1, 2, 4, 8 or 16 half pitches apart, by where they part", () => {
  const layerGroups = [[3, 5], [7, 9]];
  const fine = impactTree({ layerGroups, subCells: true });
  assertEquals(fine.bins.length, 2 * 48 * 4);
  const row = fine.distances().subarray(0, fine.bins.length);
  // Another sub-cell, cell 1 of the same 2 x 2, cell 2 of the same rhombus, another rhombus, another group.
  const leaves = [0, 3, 4 * 1, 4 * 2, 4 * 16, 4 * 48];
  assertEquals(leaves.map((leaf) => row[leaf]), [0, 1, 2, 4, 8, 16]);
  assertEquals([...new Set(row)].sort((a, b) => a - b), [0, 1, 2, 4, 8, 16]);

  const coarse = impactTree({ layerGroups, subCells: false });
  const cells = coarse.distances().subarray(0, 96);
  assertEquals([0, 1, 2, 16, 48].map((cell) => cells[cell]), [0, 2, 4, 8, 16]);
});
