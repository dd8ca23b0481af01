import { assert, assertEquals, assertRejects } from "@std/assert";
import { emdLabels } from "../../../src/datasets/pairs/emd_labels.ts";
import { pairedWafers, randomPairs } from "../../../src/datasets/pairs/pairs.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { EmdPool } from "../../../src/transport/pool.ts";
import { waferEmdBatch } from "../../../src/wafer/emd_batch.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const WORKERS = [permission({ name: "read", path: new URL("../../../src/", import.meta.url) })];
const SHOWERS = toyWafers("shower", 100, 1);
const paired = (count: number) =>
  pairedWafers(SHOWERS, randomPairs(100, count, new RandomStream(1, "pairs")));

testNeeding(WORKERS, "emdLabels() gives the EMDs and gradients of waferEmdBatch()", async () => {
  // More than one batch.
  const { x, y } = paired(33_000);
  const { values, gradients } = waferEmdBatch(x, y, { gradients: true });
  const progress: number[] = [];
  using pool = await EmdPool.start({ workers: 2 });
  const labels = await emdLabels({ x, y }, {
    pool,
    gradients: true,
    onProgress: (done, total) => progress.push(done / total),
  });
  assertEquals(labels.emd, values);
  assertEquals(labels.gradient, Float32Array.from(gradients!));
  assert(progress.every((share, k) => k === 0 || share > progress[k - 1]) && progress.at(-1) === 1);
});

testNeeding(
  WORKERS,
  "emdLabels() gives no gradients unless asked, and takes no pairs",
  async () => {
    const { x, y } = paired(5);
    assertEquals(Object.keys(await emdLabels({ x, y }, { workers: 1 })), ["emd"]);
    const none = { x: new Float32Array(0), y: new Float32Array(0) };
    assertEquals((await emdLabels(none, { workers: 1 })).emd.length, 0);
  },
);

testNeeding(WORKERS, "emdLabels() refuses unlike lengths and empty wafers", async () => {
  const { x, y } = paired(5);
  const label = (y: Float64Array) => emdLabels({ x, y }, { workers: 1 });
  await assertRejects(() => label(y.slice(48)), TypeError, "lengths are 240 and 192");
  await assertRejects(() => label(y.slice().fill(0, 96, 144)), RangeError, "second wafer 2");
});
