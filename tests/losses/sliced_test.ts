import { assert, assertAlmostEquals } from "@std/assert";
import { slicedLoss } from "../../src/losses/sliced.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { fixedDirections } from "../../src/transport/sliced_directions.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";
import { cellPositions } from "../../src/wafer/cells.ts";
import { waferEmdBatch } from "../../src/wafer/emd_batch.ts";
import { drawPair } from "../_support/histograms.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("slicedLoss({ p: 2 })", slicedLoss({ p: 2, slices: 7 }), {
  // Within a step the plan may change along one of the directions.
  differenceTolerance: 1e-3,
});
testLossProperties(
  "slicedLoss() at high density along random directions",
  slicedLoss({ geometry: "high_density", random: new RandomStream(1, "slices") }),
);

Deno.test("slicedLoss() is the mean of one-dimensional distances", async () => {
  const { x, y } = drawPair("sparse", 48, new RandomStream(94, "wafer"));
  const cells = cellPositions(), directions = fixedDirections(16);
  for (const p of [1, 2]) {
    let mean = 0;
    for (let l = 0; l < 16; l++) {
      const at = Float64Array.from(
        { length: 48 },
        (_, k) => cells[2 * k] * directions[2 * l] + cells[2 * k + 1] * directions[2 * l + 1],
      );
      mean += wasserstein1d(at, at, x, y, { p }) / 16;
    }
    const { value } = await slicedLoss({ slices: 16, p }).valueAndGradient(x, y);
    assertAlmostEquals(value[0], mean, 1e-12);
  }
});

Deno.test("slicedLoss() is no more than the exact EMD", async () => {
  for (let trial = 0; trial < 20; trial++) {
    const { x, y } = drawPair("sparse", 48, new RandomStream(95, "wafer", trial));
    const { value } = await slicedLoss().valueAndGradient(x, y);
    assert(value[0] <= waferEmdBatch(x, y).values[0]);
  }
});

Deno.test("slicedLoss() draws random directions anew after each epoch", async () => {
  const { x, y } = drawPair("sparse", 48, new RandomStream(96, "wafer"));
  const loss = slicedLoss({ slices: 4, random: new RandomStream(2, "slices") });
  const value = async () => (await loss.valueAndGradient(x, y)).value[0];
  const first = await value();
  assertAlmostEquals(await value(), first, 0);
  await loss.update!(1);
  assert(await value() !== first);
});
