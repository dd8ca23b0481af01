import { tf } from "../tf.ts";
import type { Variables } from "../types.ts";

/**
 * The numbers of named tensors, copied off the backend.
 *
 * @param tensors Tensors or variables by name.
 * @returns Their numbers by name, in the same order.
 *
 * @example
 * ```ts
 * import { namedArrays, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const arrays = await namedArrays(new Map([["bias", tf.variable(tf.tensor1d([1, 2]))]]));
 * assertEquals(arrays.get("bias"), Float32Array.of(1, 2));
 * ```
 */
export async function namedArrays(
  tensors: ReadonlyMap<string, tf.Tensor>,
): Promise<Map<string, Float32Array>> {
  const arrays = new Map<string, Float32Array>();
  // The cpu backend gives its own array away, hence a copy.
  for (const [name, tensor] of tensors) arrays.set(name, Float32Array.from(await tensor.data()));
  return arrays;
}

/**
 * Gives variables the numbers that {@linkcode namedArrays} read; each is assigned a new tensor.
 *
 * @param variables Variables by name.
 * @param arrays Numbers for each of them; copied.
 * @throws {TypeError} If an array is missing or of another length; nothing is changed then.
 *
 * @example
 * ```ts
 * import { assignArrays, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const bias = tf.variable(tf.zeros([2]));
 * assignArrays(new Map([["bias", bias]]), new Map([["bias", Float32Array.of(1, 2)]]));
 * assertEquals([...bias.dataSync()], [1, 2]);
 * ```
 */
export function assignArrays(
  variables: Variables,
  arrays: ReadonlyMap<string, Float32Array>,
): void {
  for (const [name, { size }] of variables) {
    const length = arrays.get(name)?.length;
    if (length === size) continue;
    throw new TypeError(
      `Cannot assign to ${name}: it needs ${size} numbers, current length is ${length}`,
    );
  }
  tf.tidy(() => {
    for (const [name, variable] of variables) {
      variable.assign(tf.tensor(arrays.get(name)!.slice(), variable.shape));
    }
  });
}
