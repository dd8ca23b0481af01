import { tf } from "./tf.ts";
import type { TensorLoss } from "./types.ts";

/** How an estimate y of a number t is judged; the losses of the paper's search. */
export type RegressionKind = "mse" | "msle" | "huber" | "relative";

/** Value and slope of each kind: the loss of target t and output y, and its derivative in y. */
const KINDS: Readonly<
  Record<RegressionKind, {
    value(t: number, y: number): number;
    slope(t: number, y: number): number;
    graph(t: tf.Tensor, y: tf.Tensor): tf.Tensor;
  }>
> = {
  mse: {
    value: (t, y) => (y - t) ** 2,
    slope: (t, y) => 2 * (y - t),
    graph: (t, y) => tf.square(tf.sub(y, t)),
  },
  msle: {
    value: (t, y) => (_log(y) - _log(t)) ** 2,
    slope: (t, y) => y > _LEAST ? 2 * (_log(y) - _log(t)) / (1 + y) : 0,
    graph: (t, y) => tf.square(tf.sub(_logGraph(y), _logGraph(t))),
  },
  huber: {
    value: (t, y) => Math.abs(y - t) <= 1 ? 0.5 * (y - t) ** 2 : Math.abs(y - t) - 0.5,
    slope: (t, y) => Math.max(-1, Math.min(1, y - t)),
    graph(t, y) {
      const size = tf.abs(tf.sub(y, t)), inside = tf.minimum(size, 1);
      return tf.add(tf.mul(0.5, tf.square(inside)), tf.sub(size, inside));
    },
  },
  relative: {
    value: (t, y) => ((y - t) / t) ** 2,
    slope: (t, y) => 2 * (y - t) / t ** 2,
    graph: (t, y) => tf.square(tf.div(tf.sub(y, t), t)),
  },
};

/** Below it Keras takes no logarithms. */
const _LEAST = 1e-7;

function _log(x: number): number {
  return Math.log1p(Math.max(x, _LEAST));
}

function _logGraph(x: tf.Tensor): tf.Tensor {
  return tf.log1p(tf.maximum(x, _LEAST));
}

/**
 * A loss for networks that estimate one number, such as an EMD, from target t and output y:
 *
 * - `mse`: (y - t)^2
 * - `msle`: (log(1 + y) - log(1 + t))^2, both cut off below 1e-7 as in Keras
 * - `huber`: (y - t)^2 / 2 where |y - t| <= 1, |y - t| - 1/2 elsewhere
 * - `relative`: ((y - t) / t)^2, for targets that are not zero
 *
 * @param kind Which.
 * @returns The loss, of size 1, within tfjs (`graph`) or on plain numbers.
 *
 * Source: arXiv 2306.04712, Appendix B, for the first three.
 *
 * @example
 * ```ts
 * import { regressionLoss } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * const { value, gradient } = await regressionLoss("huber").valueAndGradient(
 *   Float64Array.of(1, 1),
 *   Float64Array.of(1.5, 4),
 * );
 * assertEquals([[...value], [...gradient]], [[0.125, 2.5], [0.5, 1]]);
 * ```
 */
export function regressionLoss(kind: RegressionKind): TensorLoss {
  const { value, slope, graph } = KINDS[kind];
  return {
    name: kind,
    size: 1,
    domain: "charge",
    symmetric: kind !== "relative",
    valueAndGradient: (target, output) => ({
      value: Float64Array.from(target, (t, k) => value(t, output[k])),
      gradient: Float64Array.from(target, (t, k) => slope(t, output[k])),
    }),
    graph: (target, output) => tf.reshape(graph(target, output), [-1]) as tf.Tensor1D,
  };
}
