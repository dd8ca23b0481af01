import { assertAlmostEquals, assertEquals } from "@std/assert";
import { conv2d } from "../../../src/models/inference/conv2d.ts";
import { foldBatchNorm } from "../../../src/models/inference/fold_batch_norm.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { randomNumbers } from "../_convolution.ts";

Deno.test("foldBatchNorm() gives the layer followed by its batch normalisation", () => {
  const random = new RandomStream(1, "fold");
  const shape = { rows: 3, columns: 3, channels: 2, filters: 4, size: 3, stride: 1 };
  const images = randomNumbers(random, 18);
  const weights = {
    kernel: randomNumbers(random, 72),
    bias: randomNumbers(random, 4),
    gamma: randomNumbers(random, 4),
    beta: randomNumbers(random, 4),
    movingMean: randomNumbers(random, 4),
    movingVariance: randomNumbers(random, 4).map((x) => x * x),
  };
  const { gamma, beta, movingMean, movingVariance } = weights;
  const before = weights.kernel.slice();
  const folded = conv2d(images, foldBatchNorm(weights, 1e-3), shape);
  conv2d(images, weights, shape).forEach((x, k) => {
    const f = k % 4;
    const normalised = (x - movingMean[f]) / Math.sqrt(movingVariance[f] + 1e-3);
    // A filter whose variance is 0 has a gain of about 32, and its rounding too.
    assertAlmostEquals(folded[k], gamma[f] * normalised + beta[f], 1e-4);
  });
  assertEquals(weights.kernel, before);
});
