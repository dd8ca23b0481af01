import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { quantizedDense } from "../../../src/quantization/layers/mod.ts";
import { quantizedBits } from "../../../src/quantization/mod.ts";
import { type BackendOptions, tf, useBackend } from "../../../src/tensor/mod.ts";

const QUANTIZER = quantizedBits({ bits: 5, integer: 1 });
const OPTIONS = { kernelQuantizer: QUANTIZER, biasQuantizer: QUANTIZER };
const [BATCH, INPUTS, UNITS] = [7, 5, 3];

for (const variant of [{ backend: "cpu" }, { backend: "wasm" }] as BackendOptions[]) {
  Deno.test(`quantizedDense() sums products of quantised numbers on ${variant.backend}`, async () => {
    await useBackend(variant);
    const { x, kernel, bias, tensors } = _case();
    const y = quantizedDense(...tensors, OPTIONS);
    // Inputs are multiples of 1/8 and weights of 1/8: sums are exact in any order.
    const weights = QUANTIZER.apply(kernel), offsets = QUANTIZER.apply(bias);
    const expected = Array.from({ length: BATCH * UNITS }, (_, k) => {
      const row = Math.floor(k / UNITS), unit = k % UNITS;
      let sum = offsets[unit];
      for (let i = 0; i < INPUTS; i++) sum += x[row * INPUTS + i] * weights[i * UNITS + unit];
      return sum;
    });
    assertEquals([...y.dataSync()], expected);
    tf.dispose([y, ...tensors]);
  });
}

Deno.test("quantizedDense() without quantisers or bias is a plain product", async () => {
  await useBackend({ backend: "cpu" });
  const { tensors: [x, kernel] } = _case();
  assertEquals(
    quantizedDense(x, kernel, undefined).dataSync(),
    tf.matMul(x, kernel).dataSync(),
  );
});

Deno.test("quantizedDense() passes gradients straight to weights and input", async () => {
  await useBackend({ backend: "cpu" });
  const { x, kernel, tensors } = _case();
  const dy = tf.ones([BATCH, UNITS]) as tf.Tensor2D;
  const [dx, dKernel, dBias] = tf.grads((x, kernel, bias) =>
    quantizedDense(x as tf.Tensor2D, kernel as tf.Tensor2D, bias as tf.Tensor1D, OPTIONS)
  )(tensors, dy);
  const weights = QUANTIZER.apply(kernel);
  for (let i = 0; i < INPUTS; i++) {
    let sum = 0, slope = 0;
    for (let unit = 0; unit < UNITS; unit++) sum += weights[i * UNITS + unit];
    for (let row = 0; row < BATCH; row++) slope += x[row * INPUTS + i];
    assertEquals(dx.dataSync()[i], sum);
    assertEquals(dKernel.dataSync()[i * UNITS], slope);
  }
  assertEquals([...dBias.dataSync()], new Array(UNITS).fill(BATCH));
});

Deno.test("a net of quantizedDense() trains", async () => {
  await useBackend({ backend: "cpu" });
  const { tensors: [x] } = _case();
  const target = tf.tidy(() => tf.mul(0.5, tf.slice(x, [0, 0], [BATCH, UNITS])));
  const kernel = tf.variable(tf.zeros([INPUTS, UNITS]) as tf.Tensor2D);
  const optimizer = tf.train.sgd(0.1);
  const losses: number[] = [];
  for (let step = 0; step < 60; step++) {
    const loss = optimizer.minimize(
      () =>
        tf.mean(
          tf.square(tf.sub(quantizedDense(x, kernel, undefined, OPTIONS), target)),
        ) as tf.Scalar,
      true,
    )!;
    losses.push(loss.dataSync()[0]);
    loss.dispose();
  }
  assert(losses.at(-1)! < 0.05 * losses[0], `${losses[0]} to ${losses.at(-1)}`);
});

function _case() {
  const random = new RandomStream(1, "dense");
  const eighths = (length: number) =>
    Float32Array.from({ length }, () => Math.round(8 * random.normal()) / 8);
  const normal = (length: number) => Float32Array.from({ length }, () => random.normal());
  const x = eighths(BATCH * INPUTS), kernel = normal(INPUTS * UNITS), bias = normal(UNITS);
  const tensors: [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D] = [
    tf.tensor2d(x, [BATCH, INPUTS]),
    tf.tensor2d(kernel, [INPUTS, UNITS]),
    tf.tensor1d(bias),
  ];
  return { x, kernel, bias, tensors };
}
