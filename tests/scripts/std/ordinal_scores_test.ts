import { assertAlmostEquals, assertEquals } from "@std/assert";
import { scoreNumbers, scoreProbabilities } from "../../../scripts/std/ordinal_scores.ts";
import { squaredEmd } from "../../../src/losses/squared_emd.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("scoreProbabilities() gives scores worked by hand", () => {
  // Right; one off, its median right; three off.
  const probabilities = Float32Array.of(
    ...[1, 0, 0, 0],
    ...[0.3, 0.3, 0.4, 0],
    ...[0, 0.25, 0, 0.75],
  );
  const scores = scoreProbabilities(probabilities, Uint8Array.of(0, 1, 0));
  assertAlmostEquals(scores.accuracy, 1 / 3);
  assertAlmostEquals(scores.withinOne, 2 / 3);
  assertAlmostEquals(scores.classError, 4 / 3);
  assertAlmostEquals(scores.medianError, 3 / 3);
  assertAlmostEquals(
    scores.squaredEmd,
    (0.3 ** 2 + 0.4 ** 2 + 1 + 0.75 ** 2 + 0.75 ** 2) / 3,
    1e-6,
  );
});

Deno.test("scoreProbabilities() has the squared EMD of the loss", async () => {
  const random = new RandomStream(1, "scores"), rows = 20, classes = 7;
  const drawn = Float32Array.from({ length: rows * classes }, () => random.exponential());
  const labels = Uint8Array.from({ length: rows }, () => random.integer(classes));
  const targets = new Float32Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const p = drawn.subarray(row * classes, (row + 1) * classes), sum = p.reduce((a, b) => a + b);
    p.forEach((x, k) => p[k] = x / sum);
    targets[row * classes + labels[row]] = 1;
  }
  const { value } = await squaredEmd({ classes }).valueAndGradient(targets, drawn);
  const mean = value.reduce((a, b) => a + b) / rows;
  assertAlmostEquals(scoreProbabilities(drawn, labels).squaredEmd, mean, 1e-6);
});

Deno.test("scoreNumbers() takes the nearest class there is", () => {
  const numbers = Float32Array.of(-0.4, 0.26, 0.74, 7);
  const scores = scoreNumbers(numbers, Uint8Array.of(0, 1, 1, 1), 3);
  assertEquals([scores.accuracy, scores.withinOne, scores.classError], [0.75, 1, 0.25]);
  assertEquals([scores.medianError, scores.squaredEmd], [0.25, 0.25]);
});
