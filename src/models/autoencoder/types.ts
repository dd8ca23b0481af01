import type { tf } from "../../tensor/tf.ts";
import type { Variables } from "../../tensor/types.ts";
import type { ShapedArray } from "../../tensor/variables.ts";

/** Numbers in the code of a wafer. */
export const LATENTS = 16;

/** How a decoder is built; it runs off the detector, so that its size is free. */
export type DecoderArchitecture =
  /** The published one: dense, two transposed convolutions, a sigmoid of each cell; 2,833 parameters. */
  | { readonly kind: "convolutional" }
  /** Dense layers of so many units, and a softmax over the cells; 256, 256 are 82,224 parameters. */
  | { readonly kind: "dense"; readonly units: readonly number[] };

/** A half of the network, over variables of a model. */
export interface NetworkHalf {
  /** First values of its variables, by name. */
  readonly initial: Readonly<Record<string, ShapedArray>>;
  /**
   * Binds it to its variables.
   *
   * @param variables Those of the model.
   * @returns The half as a function of a batch.
   */
  bind(variables: Variables): (batch: tf.Tensor2D) => tf.Tensor2D;
  /** Frees what it holds besides variables. */
  dispose(): void;
}
