import type { tf } from "./tf.ts";
import type { Loss } from "../losses/types.ts";

/** Variables of a model by name, in a fixed order. */
export type Variables = ReadonlyMap<string, tf.Variable>;

/**
 * A network: a plain function over named variables.
 *
 * Variables are changed by assigning a new tensor, never in place: packed weights are cached by the
 * identity of a tensor's data.
 */
export interface Model {
  /** What it is, for messages and files. */
  readonly name: string;
  /** What training changes. */
  readonly parameters: Variables;
  /** What training keeps beside: running averages of batch normalisations. */
  readonly state: Variables;
  /**
   * The network's output.
   *
   * @param input A batch, the first axis counting samples.
   * @param training Whether to normalise by the batch and to renew the running averages.
   * @returns The output; the caller disposes of it, or calls within `tf.tidy`.
   */
  apply(input: tf.Tensor, training: boolean): tf.Tensor;
  /** Frees the variables. */
  dispose(): void;
}

/** A loss that can also be written as tfjs operations, and is then trained without leaving tfjs. */
export interface TensorLoss extends Loss {
  /**
   * The value of each row within the graph, differentiable in `output`.
   *
   * @param target `[B, size]`.
   * @param output `[B, size]`.
   * @returns `[B]`.
   */
  graph?(target: tf.Tensor2D, output: tf.Tensor2D): tf.Tensor1D;
}
