import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { fakeQuantize } from "../../../src/quantization/layers/mod.ts";
import {
  binary,
  quantizedBits,
  quantizedHswish,
  quantizedPo2,
  quantizedRelu,
  quantizedReluPo2,
  quantizedSigmoid,
  quantizedTanh,
  ternary,
} from "../../../src/quantization/mod.ts";
import { type BackendOptions, tf, useBackend } from "../../../src/tensor/mod.ts";

/** Plain tfjs twice, and our own kernels. */
const VARIANTS: readonly BackendOptions[] = [
  { backend: "cpu" },
  { backend: "wasm", kernels: "composed" },
  { backend: "wasm" },
];

const QUANTIZERS = [
  quantizedBits({ bits: 5, integer: 1 }),
  quantizedBits({ bits: 10, integer: 3 }),
  quantizedBits({ bits: 6, integer: 0, keepNegative: false }),
  quantizedBits({ bits: 5, integer: 1, symmetric: true, alpha: 0.3 }),
  quantizedBits({ bits: 24, integer: 2 }),
  quantizedBits({ bits: 1, integer: 0 }),
  quantizedBits({ bits: 4, integer: 1, alpha: "auto_po2", channels: 4 }),
  quantizedRelu({ bits: 9, integer: 1 }),
  quantizedRelu({ bits: 11, integer: 3 }),
  quantizedRelu({ bits: 3, integer: 1, isQuantizedClip: false }),
  quantizedRelu({ bits: 6, integer: 2, negativeSlope: 0.25 }),
  quantizedRelu({ bits: 6, integer: 2, sigmoid: "hard" }),
  quantizedSigmoid({ bits: 6, sigmoid: "real" }),
  quantizedTanh({ bits: 4, symmetric: true }),
  quantizedHswish({ bits: 6, integer: 2 }),
  quantizedPo2({ bits: 4 }),
  quantizedReluPo2({ bits: 4, maxValue: 2 }),
  binary({ use01: true, alpha: 5 }),
  ternary(),
];

/** A multiple of 4: numbers of all sizes, ties, the ends of ranges, and beyond. */
const NUMBERS = _numbers();

for (const variant of VARIANTS) {
  const label = JSON.stringify(variant);

  Deno.test(`fakeQuantize() has the values and gradients of the quantiser on ${label}`, async () => {
    await useBackend(variant);
    for (const quantizer of QUANTIZERS) {
      const x = tf.tensor(NUMBERS, [NUMBERS.length / 4, 4]);
      const dy = tf.tensor(NUMBERS.map((_, i) => 1 + i % 7), x.shape);
      const y = fakeQuantize(x, quantizer);
      const dx = tf.grad((x) => fakeQuantize(x, quantizer))(x, dy);
      assertEquals(y.shape, x.shape);
      assertEquals(_plain(y), quantizer.apply(NUMBERS), `${quantizer}`);
      const slopes = quantizer.gradient(NUMBERS);
      const expected = slopes.map((slope, i) => slope * (1 + i % 7) + 0);
      assertEquals(_plain(dx), expected, `gradient of ${quantizer}`);
      tf.dispose([x, dy, y, dx]);
    }
  });

  Deno.test(`fakeQuantize() leaks nothing on ${label}`, async () => {
    await useBackend(variant);
    const x = tf.tensor(NUMBERS, [NUMBERS.length / 4, 4]);
    const gradients = QUANTIZERS.map((quantizer) =>
      tf.grad((x) => tf.sum(tf.square(fakeQuantize(x, quantizer))))
    );
    const before = tf.memory().numTensors;
    for (let step = 0; step < 10; step++) gradients.forEach((gradient) => gradient(x).dispose());
    assertEquals(tf.memory().numTensors, before);
    x.dispose();
  });
}

Deno.test("fakeQuantize() uses the kernel where there is one, and operations where not", async () => {
  const relu = quantizedRelu({ bits: 9, integer: 1 });
  const kernels = async (variant: BackendOptions) => {
    await useBackend(variant);
    const x = tf.tensor1d([-1, 0.3, 5]);
    const profile = await tf.profile(() =>
      tf.grad((x) => fakeQuantize(x, relu))(x, tf.onesLike(x))
    );
    x.dispose();
    return profile.kernels.map(({ name }) => name);
  };
  const own = await kernels({ backend: "wasm" });
  assert(own.includes("FakeQuantize") && own.includes("GateGradient") && !own.includes("Round"));
  const plain = await kernels({ backend: "wasm", kernels: "composed" });
  assert(plain.includes("Round") && !plain.includes("FakeQuantize"));
});

Deno.test("fakeQuantize() adds the gradients of all uses of one tensor", async () => {
  await useBackend({ backend: "cpu" });
  const weights = quantizedBits({ bits: 5, integer: 1 });
  const relu = quantizedRelu({ bits: 5, integer: 1 });
  const f = (x: tf.Tensor) =>
    tf.sum(tf.addN([fakeQuantize(x, weights), fakeQuantize(x, weights), x, fakeQuantize(x, relu)]));
  const gradient = tf.grad(f)(tf.tensor1d([-1, 0.5, 9]));
  assertEquals([...gradient.dataSync()], [3, 4, 3]);
});

Deno.test("fakeQuantize() leaves the gradient that it is given to its owner", async () => {
  await useBackend({ backend: "cpu" });
  for (const quantizer of QUANTIZERS) {
    const x = tf.ones([2, 4]), dy = tf.ones([2, 4]);
    tf.grad((x) => fakeQuantize(x, quantizer))(x, dy).dispose();
    assertEquals(dy.isDisposed, false, `${quantizer}`);
  }
});

Deno.test("fakeQuantize() refuses a tensor whose last axis is not that of the channels", async () => {
  await useBackend({ backend: "cpu" });
  const quantizer = quantizedBits({ bits: 4, integer: 1, alpha: "auto", channels: 3 });
  assertThrows(
    () => fakeQuantize(tf.zeros([3, 6]), quantizer),
    TypeError,
    "the last axis must have 3 channels, current shape is [3,6]",
  );
});

/** The numbers of a tensor, zeros without sign. */
function _plain(tensor: tf.Tensor): Float32Array {
  return (tensor.dataSync() as Float32Array).map((value) => value + 0);
}

function _numbers(): Float32Array {
  const random = new RandomStream(1, "fake quantize");
  const ties = Array.from({ length: 200 }, (_, i) => (i - 100 + 0.5) / 2 ** (i % 10));
  const ends = [0, -0, 2, 1.875, 1.8750001, 511 / 256, 1.9960939, 1.75, 7.99609375, 7.9960942, 100];
  const sizes = Array.from({ length: 200 }, () => random.normal() * 2 ** (4 * random.normal()));
  const all = [...ties, ...ends, ...ends.map((x) => -x), ...sizes];
  return Float32Array.from(all.slice(0, all.length - all.length % 4));
}
