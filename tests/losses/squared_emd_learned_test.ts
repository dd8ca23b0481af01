import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { crossEntropy } from "../../src/losses/cross_entropy.ts";
import { squaredEmdLearned } from "../../src/losses/squared_emd_learned.ts";
import { squaredEmdMatrix } from "../../src/losses/squared_emd_matrix.ts";
import { rankedDistances } from "../../src/losses/squared_emd_ranks.ts";
import { testLossProperties } from "./_properties.ts";

const CLASSES = 24;

/** A loss of many classes on a line, after warm-up. */
async function learned(options: { sensitivity?: number; bias?: number } = {}) {
  let batch: Float32Array | undefined = Float32Array.from({ length: CLASSES }, (_, k) => k);
  const loss = squaredEmdLearned({
    classes: CLASSES,
    warmUpEpochs: 1,
    norm: "none",
    features: () => batch,
    ...options,
  });
  const labels = new Float64Array(CLASSES * CLASSES);
  for (let k = 0; k < CLASSES; k++) labels[k * CLASSES + k] = 1;
  await loss.valueAndGradient(labels, new Float64Array(labels.length).fill(1 / CLASSES));
  loss.update(0);
  batch = undefined;
  return loss;
}

testLossProperties("squaredEmdLearned() in warm-up", squaredEmdLearned({ classes: CLASSES }));
testLossProperties(
  "squaredEmdLearned() after warm-up",
  await learned({ sensitivity: 1.5 }),
  { certainTargets: true },
);

const P = Float64Array.of(0.1, 0.2, 0.6, 0.1), IS_SECOND = Float64Array.of(0, 1, 0, 0);
const LABELS = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
/** Centroids of the worked example. */
const FEATURES = [1, 0, 0.8, 0.2, 0.3, 0.7, 0, 1];

Deno.test("squaredEmdLearned() gives the worked total for lambda = 0.5", async () => {
  let features: number[] | undefined = FEATURES;
  // The factor between both terms that makes lambda one half.
  const probabilities = new Float64Array(16).fill(0.25);
  const initial = 3 / 16 + 0.25 / 4; // sum of p^2 (D^2 + 0.25), D being 1 between all classes
  const loss = squaredEmdLearned({
    classes: 4,
    sensitivity: 2,
    bias: 0.25,
    warmUpEpochs: 1,
    ratio: Math.log(4) / initial / 0.5,
    features: () => features,
  });
  await loss.valueAndGradient(LABELS, probabilities);
  loss.update(0);
  features = undefined;
  assertAlmostEquals(loss.weight, 0.5, 1e-6);
  const { value } = await loss.valueAndGradient(IS_SECOND, P);
  assertAlmostEquals(value[0], 1.74596569, 1e-6);
});

Deno.test("squaredEmdLearned() is cross entropy, and lambda times the matrix that it learnt", async () => {
  const loss = await learned({ sensitivity: 2, bias: 0.5 });
  const target = new Float64Array(CLASSES).with(3, 1);
  const output = Float64Array.from({ length: CLASSES }, (_, k) => (k + 1) / 300);
  const both = await loss.valueAndGradient(target, output);
  const first = await crossEntropy({ classes: CLASSES }).valueAndGradient(target, output);
  const second = await squaredEmdMatrix({ distances: loss.distances, sensitivity: 2, bias: 0.5 })
    .valueAndGradient(target, output);
  assertAlmostEquals(both.value[0], first.value[0] + loss.weight * second.value[0], 1e-12);
  both.gradient.forEach((slope, k) =>
    assertAlmostEquals(slope, first.gradient[k] + loss.weight * second.gradient[k], 1e-10)
  );
});

Deno.test("squaredEmdLearned() sets lambda once, after the last epoch of warm-up", async () => {
  const loss = squaredEmdLearned({ classes: 4, features: () => FEATURES });
  const uniform = new Float64Array(16).fill(0.25), weights: number[] = [];
  for (let epoch = 0; epoch < 7; epoch++) {
    const sharp = epoch === 3 ? LABELS.map((t) => t === 1 ? 0.4 : 0.2) : uniform;
    await loss.valueAndGradient(LABELS, sharp);
    loss.update(epoch);
    weights.push(loss.weight);
  }
  // To classes 0 and 3 the distances sum to 13 / 6, to the others to 11 / 6.
  const squared = 0.2 ** 2 * (13 / 6 + 11 / 6) / 2;
  const expected = -Math.log(0.4) / squared / 3.5;
  weights.forEach((weight, epoch) => assertAlmostEquals(weight, epoch < 3 ? 0 : expected, 1e-5));
});

Deno.test("squaredEmdLearned() learns nothing from rows without features", async () => {
  let features: number[] | undefined = FEATURES;
  const loss = squaredEmdLearned({ classes: 4, warmUpEpochs: 1, features: () => features });
  const uniform = new Float64Array(16).fill(0.25);
  await loss.valueAndGradient(LABELS, uniform);
  features = undefined;
  // A validation, with quite another relation of both terms.
  await loss.valueAndGradient(LABELS, LABELS);
  loss.update(0);
  assertAlmostEquals(loss.weight, Math.log(4) / (3 / 16) / 3.5, 1e-6);
  const before = loss.distances;
  await loss.valueAndGradient(LABELS, uniform);
  loss.update(1);
  assertEquals(loss.distances, before);
});

Deno.test("squaredEmdLearned() takes batches and epochs that lack a class", async () => {
  const batch = { features: [0, 1, 4] };
  const loss = squaredEmdLearned({ classes: 4, norm: "none", features: () => batch.features });
  const three = LABELS.subarray(0, 12), uniform = new Float64Array(12).fill(0.25);
  await loss.valueAndGradient(three, uniform);
  loss.update(0);
  // Class 3 never came: it is at distance 1, and the others are ranked among themselves.
  assertEquals([...loss.distances.subarray(0, 4)], [0, 0.5, 1, 1]);
  assertEquals([...loss.distances.subarray(12)], [1, 1, 1, 0]);
  // Now class 3 comes, next to class 0, and class 0 does not: it stays where it was.
  batch.features = [1, 4, 0.1];
  await loss.valueAndGradient(LABELS.subarray(4), uniform);
  loss.update(1);
  assertEquals(loss.distances, rankedDistances([[0], [1], [4], [Math.fround(0.1)]]));
});

Deno.test("squaredEmdLearned() goes on where another left off", async () => {
  const batch = { features: FEATURES };
  const options = { classes: 4, warmUpEpochs: 2, features: () => batch.features };
  const one = squaredEmdLearned(options), other = squaredEmdLearned(options);
  const sharp = LABELS.map((t) => t === 1 ? 0.4 : 0.2);
  await one.valueAndGradient(LABELS, sharp);
  one.update(0);
  await one.valueAndGradient(LABELS, sharp);
  other.importState(one.exportState());
  batch.features = FEATURES.toReversed();
  for (const loss of [one, other]) {
    await loss.valueAndGradient(LABELS, sharp);
    loss.update(1);
  }
  assertEquals([other.weight, ...other.distances], [one.weight, ...one.distances]);
});

Deno.test("squaredEmdLearned() names options and features that do not fit", async () => {
  const wrong = (options: Parameters<typeof squaredEmdLearned>[0], message: string) =>
    assertThrows(
      () => squaredEmdLearned(options),
      RangeError,
      `Cannot set up squared_emd_learned: ${message}`,
    );
  wrong({ classes: 1 }, "classes must be an integer >= 2");
  wrong({ warmUpEpochs: 0 }, "warmUpEpochs must be an integer >= 1, current value is 0");
  wrong({ ratio: 0 }, "ratio must be > 0 and finite, current value is 0");
  wrong({ norm: "max" as "l1" }, "norm must be l1, l2 or none, current value is max");
  wrong({ sensitivity: -1 }, "sensitivity must be > 0");
  const loss = squaredEmdLearned({ classes: 4, features: () => [1, 2, 3] });
  await assertRejects(
    () => Promise.resolve(loss.valueAndGradient(LABELS, LABELS)),
    TypeError,
    "Cannot learn ground distances: 4 rows need equally many features each",
  );
});
