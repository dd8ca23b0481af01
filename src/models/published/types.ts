/** A tensor of weights as read from a file. */
export interface WeightTensor {
  /** Lengths of its axes; none for a scalar. */
  readonly shape: readonly number[];
  /** Its numbers, row-major. */
  readonly values: Float32Array;
}

/** Tensors of a network by the names that its file gives them. */
export type NamedWeights = ReadonlyMap<string, WeightTensor>;
