import { assert, assertEquals, assertThrows } from "@std/assert";
import { WAFER_TREE_WEIGHTS, waferTree } from "../../src/losses/wafer_tree.ts";
import { isMetric } from "../../src/transport/metric.ts";
import { supercells2x2, supercells4x4 } from "../../src/wafer/supercells.ts";
import { WAFER_SYMMETRIES } from "../../src/wafer/symmetries.ts";

Deno.test("waferTree() has the telescope's cells below each node", () => {
  const tree = waferTree();
  const below = Array.from({ length: tree.nodes }, (): number[] => []);
  for (let cell = 0; cell < 48; cell++) {
    for (let node = cell; node >= 0; node = tree.parents[node]) below[node].push(cell);
  }
  // Those 12 of the 36 supercells that start at even rows and columns come first.
  const squares = supercells2x2().slice(0, 12).map(({ cells }) => cells);
  const sorted = (groups: (readonly number[])[]) => groups.map(String).sort();
  assertEquals(sorted(below.slice(48, 60)), sorted(squares));
  assertEquals(below.slice(60, 63), supercells4x4().map(({ cells }) => [...cells]));
  assertEquals([below[63].length, tree.nodes], [48, 64]);
});

Deno.test("waferTree() is a metric that a third of a turn leaves as it is", () => {
  const distances = waferTree().distances();
  assert(isMetric(distances, 48));
  assert(distances.every((d, k) => d > 0 || k % 49 === 0), "different cells are apart");
  for (const turn of WAFER_SYMMETRIES) {
    for (let k = 0; k < 48 * 48; k++) {
      const turned = distances[turn[Math.floor(k / 48)] * 48 + turn[k % 48]];
      assertEquals(turned, distances[k]);
    }
  }
});

Deno.test("waferTree() hangs each length where it belongs", () => {
  const distances = waferTree([1, 10, 20, 30, 40, 500]).distances();
  const between = (i: number, j: number) => distances[i * 48 + j];
  assertEquals(between(0, 5), 2);
  assertEquals(between(0, 2), 2 + 10 + 20);
  assertEquals(between(8, 10), 2 + 30 + 40);
  assertEquals(between(0, 16), 2 + 20 + 1000);
  assertEquals(WAFER_TREE_WEIGHTS.length, 6);
});

Deno.test("waferTree() refuses other numbers of lengths", () => {
  assertThrows(
    () => waferTree([1, 2]),
    TypeError,
    "Cannot make a wafer tree: there must be 6 weights, current number is 2",
  );
  assertThrows(() => waferTree([1, 1, 1, 1, 1, -1]), RangeError, "must be finite and >= 0");
});
