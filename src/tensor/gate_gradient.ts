import { tf } from "./tf.ts";

/**
 * What a clipped ReLU passes back: dy where low < x <= high, else 0. One pass where the backend has the
 * kernel, three operations where not.
 *
 * @param dy Gradient in the output.
 * @param x Input, of the same shape.
 * @param low The largest input that passes nothing; 0 for a ReLU.
 * @param high The largest input that passes its gradient. Default infinity.
 * @returns Gradient in the input.
 *
 * @example
 * ```ts
 * import { gateGradient, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const dx = gateGradient(tf.tensor1d([1, 2, 3]), tf.tensor1d([-1, 0.5, 7]), 0, 6);
 * assertEquals([...dx.dataSync()], [0, 2, 0]);
 * dx.dispose();
 * ```
 */
export function gateGradient(
  dy: tf.Tensor,
  x: tf.Tensor,
  low: number,
  high: number = Infinity,
): tf.Tensor {
  if (tf.getKernel("GateGradient", tf.getBackend()) !== undefined) {
    const inputs = { dy, x } as unknown as tf.NamedTensorMap;
    return tf.engine().runKernel("GateGradient", inputs, { low, high }) as tf.Tensor;
  }
  return tf.tidy(() => {
    const passes = tf.greater(x, low);
    const gate = high === Infinity ? passes : tf.logicalAnd(passes, tf.lessEqual(x, high));
    return tf.mul(dy, tf.cast(gate, "float32"));
  });
}

/** Gives `tf.relu` the gradient above, in place of tfjs's three operations. */
export function registerReluGradient(): void {
  if (tf.getGradient("Relu") !== undefined) tf.unregisterGradient("Relu");
  tf.registerGradient({
    kernelName: "Relu",
    inputsToSave: ["x"],
    gradFunc: (dy, [x]) => ({ x: () => gateGradient(dy as tf.Tensor, x, 0) }),
  });
}
