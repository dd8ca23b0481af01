import type { tf } from "../../tensor/tf.ts";
import type { Variables } from "../../tensor/types.ts";
import type { ShapedArray } from "../../tensor/variables.ts";

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
