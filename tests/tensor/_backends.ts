/**
 * The same computation on several backends, compared with tfjs's plain JavaScript.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/mod.ts";
import { type BackendOptions, tf, useBackend } from "../../src/tensor/mod.ts";

/**
 * What is compared with backend `cpu`: every way to run on WASM that needs no permission, and a BLAS
 * library where that is allowed (`tests/system/blas_system.ts` runs the same tests with it).
 */
export const WASM_VARIANTS: readonly BackendOptions[] = [
  { backend: "wasm", kernels: "relaxed" },
  { backend: "wasm", kernels: "simd" },
  { backend: "wasm", kernels: "composed" },
  ...await _blas(),
];

async function _blas(): Promise<BackendOptions[]> {
  if (Deno.permissions.querySync({ name: "ffi" }).state !== "granted") return [];
  return (await useBackend({ backend: "blas" })).name === "blas" ? [{ backend: "blas" }] : [];
}

/** Numbers of tensors, read from a backend. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A tensor of seeded numbers between -1 and 1. */
export function seededTensor(shape: readonly number[], seed: number): tf.Tensor {
  return tf.tensor(seededNumbers(shape.reduce((a, b) => a * b, 1), seed), [...shape]);
}

/** Seeded numbers between -1 and 1. */
export function seededNumbers(length: number, seed: number): Float32Array {
  const random = new RandomStream(seed, "tensor");
  return Float32Array.from({ length }, () => 2 * random.uniform() - 1);
}

/**
 * Runs a computation on backend `cpu` and on others, and compares what it returns: each array to
 * `tolerance` of its largest number.
 */
export async function assertSameOnBackends(
  compute: () => tf.Tensor[],
  variants: readonly BackendOptions[] = WASM_VARIANTS,
  tolerance = 1e-5,
): Promise<void> {
  await useBackend({ backend: "cpu" });
  const expected = await numbersOf(compute);
  for (const variant of variants) {
    await useBackend(variant);
    const before = tf.memory().numTensors;
    const actual = await numbersOf(compute);
    assertEquals(tf.memory().numTensors, before, "tensors leaked");
    assertClose(actual, expected, tolerance, JSON.stringify(variant));
  }
}

/** What a computation returns, read and freed. */
export async function numbersOf(compute: () => tf.Tensor[]): Promise<Numbers[]> {
  const tensors = tf.tidy(compute as unknown as () => tf.TensorContainer) as unknown as tf.Tensor[];
  const numbers = [];
  for (const tensor of tensors) {
    numbers.push({ shape: tensor.shape, values: await tensor.data() as Float32Array });
  }
  tf.dispose(tensors);
  return numbers;
}

/** Asserts equal shapes, and numbers equal to `tolerance` of the largest of each array. */
export function assertClose(
  actual: readonly Numbers[],
  expected: readonly Numbers[],
  tolerance: number,
  label = "",
): void {
  assertEquals(actual.map(({ shape }) => shape), expected.map(({ shape }) => shape), label);
  expected.forEach(({ values }, k) => {
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let worst = 0;
    values.forEach((value, i) => worst = Math.max(worst, Math.abs(actual[k].values[i] - value)));
    assert(
      worst <= tolerance * scale,
      `array ${k} of shape [${
        expected[k].shape
      }]: differs by ${worst}, largest is ${scale} ${label}`,
    );
  });
}
