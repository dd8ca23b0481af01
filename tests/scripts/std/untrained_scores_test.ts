import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { BEST_CONSTANT, untrainedScores } from "../../../scripts/std/untrained_scores.ts";
import { splitNumbersInThree } from "../../../scripts/std/distinct_wafers.ts";
import { emdToImage } from "../../../scripts/std/constant_image.ts";
import { selectWafers, toyWafers } from "../../../src/datasets/mod.ts";
import { DEFAULT_RECIPE, PUBLISHED_RECIPE } from "../../../src/models/autoencoder/training.ts";
import { useBackend } from "../../../src/tensor/mod.ts";

Deno.test("what needs no training is judged by the wafers of each seed", async () => {
  await useBackend({ backend: "wasm" });
  const wafers = toyWafers("shower", 80, 1), seeds = [1, 2];
  const scores = await untrainedScores({
    wafers,
    seeds,
    recipes: [
      { name: "default", recipe: DEFAULT_RECIPE },
      { name: "published", recipe: PUBLISHED_RECIPE },
    ],
  });
  assertEquals(scores.map(({ name }) => name), [
    BEST_CONSTANT,
    "mean wafer",
    "untrained network, default recipe",
    "untrained network, published recipe",
  ]);
  for (const { means, medians } of scores) {
    assertEquals([means.length, medians.length], [2, 2]);
  }
  // All cells of an untrained network are nearly alike: it is no better than an even wafer.
  seeds.forEach((seed, k) => {
    const { judge } = splitNumbersInThree(wafers, seed);
    const even = emdToImage(
      selectWafers(wafers, Uint32Array.from(judge)),
      new Float64Array(48).fill(1 / 48),
    );
    const mean = even.reduce((a, b) => a + b) / even.length;
    for (const { means } of scores.slice(2)) assertAlmostEquals(means[k] / mean, 1, 0.1);
    assert(scores[0].means[k] < 1.05 * Math.min(mean, scores[1].means[k]));
  });
});
