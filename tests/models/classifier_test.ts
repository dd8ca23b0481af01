import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { crossEntropy } from "../../src/losses/cross_entropy.ts";
import { squaredEmdLearned } from "../../src/losses/squared_emd_learned.ts";
import { buildClassifier } from "../../src/models/classifier.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { rankCorrelation } from "../../src/numerics/rank_correlation.ts";
import { lossGradient, tf, train, useBackend } from "../../src/tensor/mod.ts";

await useBackend({ backend: "wasm" });

Deno.test("buildClassifier() gives probabilities, or plain numbers", () => {
  const input = tf.randomNormal<tf.Rank.R2>([5, 7], 0, 1, "float32", 1);
  const classes = buildClassifier({ inputs: 7, hidden: [4], outputs: 3 });
  const probabilities = classes.apply(input, false);
  assertEquals(probabilities.shape, [5, 3]);
  tf.sum(probabilities, 1).dataSync().forEach((sum) => assertAlmostEquals(sum, 1, 1e-6));
  const options = { inputs: 7, hidden: [4], outputs: 3, activation: "linear" } as const;
  const scores = buildClassifier(options).apply(input, false);
  const [p, z] = [probabilities.dataSync(), scores.dataSync()];
  assertAlmostEquals(p[1] / p[0], Math.exp(z[1] - z[0]), 1e-4);
});

Deno.test("buildClassifier() has the gradients that finite differences see", async () => {
  const model = buildClassifier({ inputs: 3, hidden: [5, 4], outputs: 3, seed: 2 });
  const input = tf.tensor2d([[1, 2, -1], [0.5, -1, 0.3]]),
    target = Float32Array.of(0, 1, 0, 1, 0, 0);
  const loss = crossEntropy({ classes: 3 });
  const { gradients } = await lossGradient(model, loss, input, target);
  const at = async () => (await lossGradient(model, loss, input, target)).loss;
  for (const [v, variable] of [...model.parameters.values()].entries()) {
    const numbers = Float32Array.from(variable.dataSync()), slope = gradients[v].dataSync()[1];
    const moved = (by: number) =>
      variable.assign(tf.tensor(numbers.with(1, numbers[1] + by), variable.shape));
    moved(1e-2);
    const up = await at();
    moved(-1e-2);
    const down = await at();
    moved(0);
    assertAlmostEquals((up - down) / 2e-2, slope, 2e-3);
  }
});

Deno.test("buildClassifier() gives the features of a batch in training, once, and frees them", async () => {
  const model = buildClassifier({ inputs: 2, hidden: [3, 4], outputs: 2 });
  const input = tf.randomNormal([6, 2], 0, 1, "float32", 1);
  tf.dispose(model.apply(input, false));
  assertEquals(await model.takeFeatures(), undefined);
  const before = tf.memory().numTensors;
  tf.dispose(model.apply(input, true));
  tf.dispose(model.apply(input, true));
  const features = await model.takeFeatures();
  assertEquals(features!.length, 6 * 4);
  assert(features!.every((feature) => feature >= 0) && features!.some((feature) => feature > 0));
  assertEquals(await model.takeFeatures(), undefined);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a classifier and squaredEmdLearned() find the order of classes on a line", async () => {
  const classes = 6, rows = 240, random = new RandomStream(1, "rows");
  const inputs = new Float32Array(2 * rows), targets = new Float32Array(classes * rows);
  for (let row = 0; row < rows; row++) {
    const label = row % classes;
    // Along an arc; classes overlap a little.
    const angle = (label + 0.3 * random.normal()) / classes * Math.PI;
    inputs.set([Math.cos(angle), Math.sin(angle)], 2 * row);
    targets[classes * row + label] = 1;
  }
  const model = buildClassifier({ inputs: 2, hidden: [16, 16], outputs: classes, seed: 1 });
  const loss = squaredEmdLearned({ classes, features: () => model.takeFeatures() });
  const data = { inputs, inputShape: [2], targets };
  const { history } = await train({
    model,
    loss,
    data,
    batchSize: 24,
    epochs: 20,
    learningRate: 0.01,
    seed: 1,
  });
  const pairs = Array.from(
    { length: classes ** 2 },
    (_, at) => [Math.floor(at / classes), at % classes],
  )
    .filter(([i, j]) => i < j);
  const learnt = pairs.map(([i, j]) => loss.distances[i * classes + j]);
  assert(rankCorrelation(learnt, pairs.map(([i, j]) => j - i)) > 0.9);
  assert(loss.weight > 0 && history[19].loss < 0.5 * history[0].loss);
});

Deno.test("buildClassifier() names sizes that are out of range", () => {
  for (const options of [{ outputs: 0 }, { outputs: 3, hidden: [] }, { outputs: 3, inputs: 1.5 }]) {
    assertThrows(
      () => buildClassifier(options),
      RangeError,
      "inputs, outputs and at least one hidden layer must be positive integers",
    );
  }
});
