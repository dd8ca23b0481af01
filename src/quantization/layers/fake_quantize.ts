import { gateGradient } from "../../tensor/gate_gradient.ts";
import { tf } from "../../tensor/tf.ts";
import type { AutoScaledQuantizer, FixedPointRule, Gate, Quantizer } from "../types.ts";

/**
 * Quantises a tensor and lets the gradient straight through: values as `quantizer.apply` gives them,
 * gradients as `quantizer.gradient`.
 *
 * Where the quantiser is plain rounding and clipping (`fixedPoint`: quantized_bits and quantized_relu
 * without sigmoid or slope), this is one kernel, `FakeQuantize`, on backends that have it, else
 *
 * y = alpha clip(round(x scale), low, high) / scale
 *
 * of tfjs operations, whose `round` takes halves to even (tested on the cpu and wasm backends). Any
 * other quantiser goes through the host: its numbers are read from the backend and written back, which
 * suits small tensors and backends that can be read synchronously.
 *
 * Zeros may have either sign. A tensor with NaN is not for here: what a backend's clipping makes of it
 * differs.
 *
 * @param x Float32, any shape.
 * @param quantizer The quantiser.
 * @returns The quantised tensor, of the same shape; the caller disposes of it.
 * @throws {TypeError} If the quantiser has channels and the last axis has another length.
 *
 * Source: Y. Bengio, N. Leonard, A. Courville, arXiv:1308.3432, for the straight-through estimator.
 *
 * @example The gradient passes where the value is within the range
 * ```ts
 * import { quantizedRelu } from "@hexmover/hexmover/quantization";
 * import { fakeQuantize } from "@hexmover/hexmover/quantization/layers";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const relu = quantizedRelu({ bits: 3, integer: 1 });
 * const x = tf.tensor1d([-1, 0.3, 5]);
 * const dx = tf.grad((x) => tf.sum(fakeQuantize(x, relu)))(x);
 * assertEquals([...fakeQuantize(x, relu).dataSync()], [0, 0.25, 1.75]);
 * assertEquals([...dx.dataSync()], [0, 1, 0]);
 * tf.dispose([x, dx]);
 * ```
 */
export function fakeQuantize<T extends tf.Tensor>(
  x: T,
  quantizer: Quantizer | AutoScaledQuantizer,
): T {
  const rule = "fixedPoint" in quantizer ? quantizer.fixedPoint : undefined;
  if (rule === undefined) return _onHost(x, quantizer);
  const { gate } = rule;
  return gate === undefined ? _ungated(x, rule) : _gated(x, rule, gate);
}

function _ungated<T extends tf.Tensor>(x: T, rule: FixedPointRule): T {
  return tf.customGrad<T>((input) => ({
    value: _quantized(input as T, rule),
    // A copy, since the gradient that comes in may be passed on to other tensors too.
    gradFunc: (dy) => tf.clone(dy),
  }))(x);
}

function _gated<T extends tf.Tensor>(x: T, rule: FixedPointRule, { low, high }: Gate): T {
  return tf.customGrad<T>((input, save) => {
    (save as tf.GradSaveFunc)([input as T]);
    return {
      value: _quantized(input as T, rule),
      gradFunc: (dy, [x]) => gateGradient(dy, x, low, high),
    };
  })(x);
}

function _quantized<T extends tf.Tensor>(x: T, { scale, low, high, alpha }: FixedPointRule): T {
  const quantized = _hasKernel()
    ? tf.engine().runKernel<T>("FakeQuantize", { x }, { scale, low, high })
    : tf.div<T>(tf.clipByValue(tf.round(tf.mul<T>(x, scale)), low, high), scale);
  return alpha === 1 ? quantized : tf.mul<T>(quantized, alpha);
}

function _hasKernel(): boolean {
  return tf.getKernel("FakeQuantize", tf.getBackend()) !== undefined;
}

function _onHost<T extends tf.Tensor>(x: T, quantizer: Quantizer | AutoScaledQuantizer): T {
  const last = x.shape.at(-1);
  if ("channels" in quantizer && last !== quantizer.channels) {
    throw new TypeError(
      `Cannot quantise a tensor by ${quantizer}: the last axis must have ${quantizer.channels} channels, current shape is [${x.shape}]`,
    );
  }
  return tf.customGrad<T>((input, save) => {
    (save as tf.GradSaveFunc)([input as T]);
    const { shape } = input as T;
    return {
      value: tf.tensor(quantizer.apply((input as T).dataSync()), shape) as T,
      gradFunc: (dy, [x]) => tf.mul(dy, tf.tensor(quantizer.gradient(x.dataSync()), shape)),
    };
  })(x);
}
