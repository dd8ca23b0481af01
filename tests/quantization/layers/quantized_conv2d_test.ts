import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { quantizedConv2d } from "../../../src/quantization/layers/mod.ts";
import { quantizedBits } from "../../../src/quantization/mod.ts";
import { type BackendOptions, tf, useBackend } from "../../../src/tensor/mod.ts";

const QUANTIZER = quantizedBits({ bits: 5, integer: 1 });
const OPTIONS = { kernelQuantizer: QUANTIZER, biasQuantizer: QUANTIZER, strides: 2 } as const;
const [SIZE, KERNEL, FILTERS] = [8, 3, 4];

for (const variant of [{ backend: "cpu" }, { backend: "wasm" }] as BackendOptions[]) {
  for (const padding of ["same", "valid"] as const) {
    Deno.test(`quantizedConv2d() sums products, padding ${padding}, on ${variant.backend}`, async () => {
      await useBackend(variant);
      const { image, kernel, bias, tensors } = _case();
      const y = quantizedConv2d(...tensors, { ...OPTIONS, padding });
      const weights = QUANTIZER.apply(kernel), offsets = QUANTIZER.apply(bias);
      // Keras pads an even image at stride 2 below and to the right only.
      const places = padding === "same" ? 4 : 3;
      const expected: number[] = [];
      for (let row = 0; row < places; row++) {
        for (let column = 0; column < places; column++) {
          for (let filter = 0; filter < FILTERS; filter++) {
            let sum = offsets[filter];
            for (let k = 0; k < KERNEL ** 2; k++) {
              const r = 2 * row + Math.floor(k / KERNEL), c = 2 * column + k % KERNEL;
              if (r < SIZE && c < SIZE) sum += image[r * SIZE + c] * weights[k * FILTERS + filter];
            }
            expected.push(sum);
          }
        }
      }
      assertEquals(y.shape, [1, places, places, FILTERS]);
      assertEquals([...y.dataSync()], expected);
      tf.dispose([y, ...tensors]);
    });
  }
}

Deno.test("quantizedConv2d() passes gradients straight through the quantisers", async () => {
  await useBackend({ backend: "cpu" });
  const { tensors: [x, kernel, bias] } = _case();
  const quantised = QUANTIZER.apply(kernel.dataSync());
  const dy = tf.ones([1, 4, 4, FILTERS]);
  const gradients = (kernel: tf.Tensor, options: object) =>
    tf.grads((x, kernel, bias) =>
      quantizedConv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, bias as tf.Tensor1D, {
        strides: 2,
        padding: "same",
        ...options,
      })
    )([x, kernel, bias], dy as tf.Tensor4D).map((gradient) => gradient.dataSync());
  // Those of a plain convolution with the quantised kernel.
  const expected = gradients(tf.tensor(quantised, kernel.shape), {});
  assertEquals(gradients(kernel, OPTIONS), expected);
  assert(expected.every((gradient) => gradient.some((value) => value !== 0)));
});

Deno.test("quantizedConv2d() without quantisers or bias is a plain convolution", async () => {
  await useBackend({ backend: "cpu" });
  const { tensors: [x, kernel] } = _case();
  assertEquals(
    quantizedConv2d(x, kernel, undefined).dataSync(),
    tf.conv2d(x, kernel, 1, "valid").dataSync(),
  );
});

/** An image of multiples of 1/8, so that sums are exact in any order. */
function _case() {
  const random = new RandomStream(1, "convolution");
  const image = Float32Array.from(
    { length: SIZE ** 2 },
    () => Math.round(8 * random.normal()) / 8,
  );
  const kernel = Float32Array.from({ length: KERNEL ** 2 * FILTERS }, () => random.normal());
  const bias = Float32Array.from({ length: FILTERS }, () => random.normal());
  const tensors: [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D] = [
    tf.tensor4d(image, [1, SIZE, SIZE, 1]),
    tf.tensor4d(kernel, [KERNEL, KERNEL, 1, FILTERS]),
    tf.tensor1d(bias),
  ];
  return { image, kernel, bias, tensors };
}
