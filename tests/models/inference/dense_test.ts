import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { dense } from "../../../src/models/inference/dense.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { randomNumbers } from "../_convolution.ts";

Deno.test("dense() is the product of matrices", () => {
  const random = new RandomStream(1, "dense");
  const batch = randomNumbers(random, 4 * 7), kernel = randomNumbers(random, 7 * 3);
  const bias = randomNumbers(random, 3);
  const out = dense(batch, { kernel, bias }, 7);
  assertEquals(out.length, 4 * 3);
  for (let sample = 0; sample < 4; sample++) {
    for (let output = 0; output < 3; output++) {
      const column = kernel.filter((_, k) => k % 3 === output);
      const sum = column.reduce((s, weight, k) => s + weight * batch[7 * sample + k], bias[output]);
      assertAlmostEquals(out[3 * sample + output], sum, 1e-6);
    }
  }
});

Deno.test("dense() adds up in more digits than float32 has", () => {
  const batch = Float32Array.of(2 ** 24, 1, 1, -(2 ** 24));
  const weights = { kernel: new Float32Array(4).fill(1), bias: Float32Array.of(0) };
  assertEquals(dense(batch, weights, 4)[0], 2);
});

Deno.test("dense() refuses parts of samples and kernels of another size", () => {
  const weights = { kernel: new Float32Array(6), bias: new Float32Array(2) };
  assertThrows(() => dense(new Float32Array(4), weights, 3), TypeError, "must be a multiple of 3");
  assertThrows(
    () => dense(new Float32Array(4), weights, 4),
    TypeError,
    "must have 8 and 2 numbers",
  );
});
