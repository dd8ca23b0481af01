import { assertEquals } from "@std/assert";
import { roundHalfEven } from "../../../src/numerics/mod.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { seededNumbers, WASM_VARIANTS } from "../_backends.ts";

const PACKS = WASM_VARIANTS.slice(0, 2);
/** Not a multiple of a vector's lanes, so that the last numbers are computed one by one. */
const SIZE = 103;

function run(kernel: string, inputs: Record<string, Float32Array>, attrs: tf.NamedAttrMap) {
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => [name, tf.tensor1d(values)]),
  );
  const outputs = [tf.engine().runKernel(kernel, tensors, attrs)].flat() as tf.Tensor[];
  return outputs.map((output) => [...output.dataSync()]);
}

for (const variant of PACKS) {
  Deno.test(`${variant.kernels}: fixed-point rounding is half to even, clipped`, async () => {
    await useBackend(variant);
    // Every tie between codes, and numbers between.
    const x = Float32Array.from({ length: SIZE }, (_, i) => (i - 51) / 16);
    const [y] = run("FakeQuantize", { x }, { scale: 8, low: -16, high: 15 });
    const expected = Array.from(x, (v) => Math.min(15, Math.max(-16, roundHalfEven(v * 8))) / 8);
    assertEquals(y.map((v) => v + 0), expected.map((v) => v + 0));
    const [nan] = run("FakeQuantize", { x: new Float32Array(6).fill(NaN) }, {
      scale: 8,
      low: -16,
      high: 15,
    });
    assertEquals(nan, new Array(6).fill(NaN));
  });

  Deno.test(`${variant.kernels}: a gate passes what lies above low and not above high`, async () => {
    await useBackend(variant);
    const x = Float32Array.from({ length: SIZE }, (_, i) => (i - 20) / 8);
    const dy = seededNumbers(SIZE, 1);
    const [dx] = run("GateGradient", { dy, x }, { low: 0, high: 2 });
    assertEquals(dx, Array.from(dy, (d, i) => x[i] > 0 && x[i] <= 2 ? d : 0));
  });

  Deno.test(`${variant.kernels}: a step of Adam, in double precision beside it`, async () => {
    await useBackend(variant);
    const attrs = {
      learningRate: 1e-2,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-7,
      correction1: 1 - 0.9 ** 3,
      correction2: 1 - 0.999 ** 3,
    };
    const inputs = {
      parameter: seededNumbers(SIZE, 1),
      gradient: seededNumbers(SIZE, 2),
      mean: seededNumbers(SIZE, 3),
      variance: seededNumbers(SIZE, 4).map(Math.abs),
    };
    const [parameter, mean, variance] = run("AdamStep", inputs, attrs);
    const closeTo = (actual: number, expected: number) =>
      assertEquals(Math.abs(actual - expected) <= 2e-7 * Math.max(1, Math.abs(expected)), true);
    for (let i = 0; i < SIZE; i++) {
      const g = inputs.gradient[i];
      const m = 0.9 * inputs.mean[i] + 0.1 * g, v = 0.999 * inputs.variance[i] + 0.001 * g * g;
      closeTo(mean[i], m);
      closeTo(variance[i], v);
      const step = 1e-2 * (m / attrs.correction1) / (Math.sqrt(v / attrs.correction2) + 1e-7);
      closeTo(parameter[i], inputs.parameter[i] - step);
    }
  });
}
