/** What a loss says of a batch: one value a row, and its gradient in the output. */
export interface LossResult {
  /** Loss of each row, length B. */
  readonly value: Float64Array;
  /** Row b is d value[b] / d output[b]; length B * size. */
  readonly gradient: Float64Array;
  /** Further numbers by name, each of length B, for example pivots. */
  readonly diagnostics?: Readonly<Record<string, Float64Array>>;
}

/** Numbers of a batch: row-major, B rows of `size` numbers. */
export type Batch = Float64Array | Float32Array;

/**
 * A loss between targets and outputs, with its gradient in the outputs.
 *
 * Values are per row; trainers take means. A loss acts on the numbers that it is given:
 * {@linkcode normalised} lifts a simplex loss to raw charges.
 */
export interface Loss {
  /** The name in the registry. */
  readonly name: string;
  /** Numbers in a row: 48 for wafers, C for classes. */
  readonly size: number;
  /** `charge`: any scale. `simplex`: rows that are not negative and sum to one. */
  readonly domain: "charge" | "simplex";
  /** Whether exchanging target and output leaves the value unchanged. */
  readonly symmetric: boolean;
  /**
   * Value and gradient of each row of a batch.
   *
   * @param target B rows of `size` numbers.
   * @param output B rows of `size` numbers.
   * @returns Values and gradients; for simplex losses a gradient is centred (sums to zero). Inputs
   * are not changed.
   */
  valueAndGradient(target: Batch, output: Batch): LossResult | Promise<LossResult>;
  /** Called after each epoch by trainers, for losses that learn. */
  update?(epoch: number): void | Promise<void>;
}
