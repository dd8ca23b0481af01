import { tf } from "./tf.ts";
import type { Variables } from "./types.ts";

/** Numbers with a shape. */
export interface ShapedArray {
  /** Lengths of the axes. */
  readonly shape: readonly number[];
  /** The numbers, row-major. */
  readonly values: ArrayLike<number>;
}

/**
 * Variables of a model, on the backend in use.
 *
 * @param arrays Their first values, by name; the order is kept.
 * @param options `trainable`: whether gradients are taken in them. Default true.
 * @returns The variables by name.
 * @throws {TypeError} If a shape does not fit the number of values.
 *
 * @example
 * ```ts
 * import { makeVariables, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const variables = makeVariables({ bias: { shape: [2], values: [0, 1] } });
 * assertEquals([...variables.get("bias")!.dataSync()], [0, 1]);
 * ```
 */
export function makeVariables(
  arrays: Readonly<Record<string, ShapedArray>>,
  options: { readonly trainable?: boolean } = {},
): Variables {
  const variables = new Map<string, tf.Variable>();
  for (const [name, { shape, values }] of Object.entries(arrays)) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== values.length) {
      throw new TypeError(
        `Cannot make variable ${name}: shape [${shape}] takes ${size} values, ` +
          `current number is ${values.length}`,
      );
    }
    const tensor = tf.tensor(Float32Array.from(values), [...shape]);
    variables.set(name, tf.variable(tensor, options.trainable ?? true));
    tensor.dispose();
  }
  return variables;
}

/**
 * Gives a variable new values. Its tensor is replaced and never written to.
 *
 * @param variable The variable.
 * @param name Its name, for messages.
 * @param values As many numbers as it holds, row-major.
 * @throws {TypeError} If there are more or fewer.
 */
export function assignVariable(
  variable: tf.Variable,
  name: string,
  values: ArrayLike<number>,
): void {
  if (values.length !== variable.size) {
    throw new TypeError(
      `Cannot assign to variable ${name}: shape [${variable.shape}] takes ${variable.size} values, ` +
        `current number is ${values.length}`,
    );
  }
  const tensor = tf.tensor(Float32Array.from(values), variable.shape);
  variable.assign(tensor);
  tensor.dispose();
}

/**
 * Frees variables.
 *
 * @param variables The variables of a model.
 */
export function disposeVariables(variables: Variables): void {
  for (const variable of variables.values()) variable.dispose();
}
