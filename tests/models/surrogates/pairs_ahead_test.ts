import { assert, assertEquals, assertRejects } from "@std/assert";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";
import { pairsAhead } from "../../../src/models/surrogates/pairs_ahead.ts";
import { trainingPairs } from "../../../src/models/surrogates/training_pairs.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const CAN_READ = [permission({ name: "read", path: new URL("../../../src/", import.meta.url) })];
const SHOWERS = toyWafers("shower", 30, 1);

testNeeding(CAN_READ, "pairsAhead() gives the pairs of trainingPairs(), in any order", async () => {
  const expected = trainingPairs(SHOWERS, { seed: 2 });
  using pairs = await pairsAhead(SHOWERS, { seed: 2 });
  for (const [step, count] of [[0, 9], [1, 9], [2, 9], [7, 9], [7, 9], [3, 9], [4, 5], [5, 9]]) {
    assertEquals(await pairs.at(step, count), await expected.at(step, count), `step ${step}`);
  }
});

testNeeding(CAN_READ, "pairsAhead() answers steps that are asked for all at once", async () => {
  const expected = trainingPairs(SHOWERS, { seed: 2 });
  using pairs = await pairsAhead(SHOWERS, { seed: 2 });
  const batches = await Promise.all([0, 1, 2, 3, 4].map((step) => pairs.at(step, 6)));
  for (const [step, batch] of batches.entries()) assertEquals(batch, await expected.at(step, 6));
});

testNeeding(CAN_READ, "pairsAhead() fails as trainingPairs() does", async () => {
  const one = new Float64Array(48).fill(1);
  await assertRejects(() => pairsAhead(waferTable(one), { seed: 1 }), RangeError, "two wafers");
  using same = await pairsAhead(waferTable(Float64Array.of(...one, ...one)), { seed: 1 });
  const error = await assertRejects(async () => await same.at(0, 4), RangeError, "the same");
  assert(error instanceof RangeError);
});
