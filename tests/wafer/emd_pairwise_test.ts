import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { waferEmd } from "../../src/wafer/emd.ts";
import { emdPairwise, waferEmdPairs } from "../../src/wafer/emd_pairwise.ts";
import { drawPair } from "../_support/histograms.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const WORKERS = [permission({ name: "read", path: new URL("../../src/", import.meta.url) })];

testNeeding(WORKERS, "emdPairwise() fills the matrix between two batches", async () => {
  const [X, Y] = [_wafers(7, "X"), _wafers(4, "Y")];
  const matrix = await emdPairwise(X, Y, { workers: 2 });
  assertEquals(matrix.length, 28);
  for (let i = 0; i < 7; i++) {
    for (let j = 0; j < 4; j++) {
      const [x, y] = [X.subarray(i * 48, i * 48 + 48), Y.subarray(j * 48, j * 48 + 48)];
      assertAlmostEquals(matrix[i * 4 + j], waferEmd(x, y).value, 1e-12);
    }
  }
});

testNeeding(WORKERS, "emdPairwise() of one batch is the symmetric matrix within it", async () => {
  const X = _wafers(90, "X");
  const within = await emdPairwise(X, undefined, { workers: 2 });
  const between = await emdPairwise(X, X, { workers: 1 });
  for (let i = 0; i < 90; i++) {
    assertEquals(within[i * 90 + i], 0);
    for (let j = 0; j < 90; j++) {
      assertEquals(within[i * 90 + j], within[j * 90 + i]);
      assertAlmostEquals(within[i * 90 + j], between[i * 90 + j], 1e-12);
    }
  }
});

testNeeding(
  WORKERS,
  "emdPairwise() names the wafer that is wrong, and takes empty ones",
  async () => {
    const X = _wafers(3, "X");
    X.fill(0, 48, 96);
    await assertRejects(
      () => emdPairwise(X),
      RangeError,
      "Cannot compute EMD of wafer 1: it has no charge",
    );
    const matrix = await emdPairwise(X, undefined, { emptyValue: -1, workers: 1 });
    assertEquals([matrix[1], matrix[5], matrix[4]], [-1, -1, 0]);
  },
);

testNeeding(WORKERS, "waferEmdPairs() gives the EMDs of listed pairs, and certifies", async () => {
  const X = _wafers(20, "X");
  const pairs = { first: [3, 0, 19, 7], second: [0, 3, 1, 7] };
  const { values, certified, notOptimal } = await waferEmdPairs(X, pairs, {
    workers: 2,
    certify: true,
  });
  assertEquals([certified, notOptimal], [4, 0]);
  const matrix = await emdPairwise(X, X, { workers: 1 });
  pairs.first.forEach((i, pair) => assertEquals(values[pair], matrix[i * 20 + pairs.second[pair]]));
});

testNeeding(WORKERS, "waferEmdPairs() refuses numbers that are no wafer's", async () => {
  const X = _wafers(2, "X");
  for (const bad of [2, -1, 0.5]) {
    await assertRejects(
      () => waferEmdPairs(X, { first: [0, bad], second: [1, 1] }),
      RangeError,
      `pair 1: the number of a wafer must be an integer in [0, 2), current value is ${bad}`,
    );
  }
  await assertRejects(
    () => waferEmdPairs(X, { first: [0], second: [] }),
    TypeError,
    "both lists of wafers must have the same length, current lengths are 1 and 0",
  );
});

function _wafers(count: number, purpose: string): Float64Array {
  const wafers = new Float64Array(count * 48);
  for (let i = 0; i < count; i++) {
    wafers.set(drawPair("sparse", 48, new RandomStream(51, purpose, i)).x, i * 48);
  }
  return wafers;
}
