import type { Batch, Loss } from "../../losses/types.ts";

/** How an EMD is estimated; the scripts' `--kind`. */
export type SurrogateKind =
  | "emd_cnn"
  | "scale_free"
  | "dual_potential"
  | "closed_form";

/**
 * An estimate of the EMD of two wafers, frozen: a loss on the simplex, of size 48, in train order, in
 * half trigger-cell pitches.
 */
export interface Surrogate extends Loss {
  /** How it estimates. */
  readonly kind: SurrogateKind;
  /**
   * The estimates alone.
   *
   * @param target B rows of 48 charge fractions.
   * @param output B rows of 48 charge fractions.
   * @returns One estimate a row.
   */
  value(target: Batch, output: Batch): Float64Array | Promise<Float64Array>;
  /** Frees what the estimate holds outside of JavaScript's memory. */
  dispose(): void;
}

/** Pairs of wafers with their exact EMDs, as surrogates are trained on. */
export interface LabelledBatch {
  /** B rows of 48 charge fractions. */
  readonly x: Float32Array;
  /** B rows of 48 charge fractions. */
  readonly y: Float32Array;
  /** Exact EMDs, one a row, all above zero. */
  readonly emd: Float64Array;
  /** Number of pairs. */
  readonly count: number;
}

/** Where training pairs come from. */
export interface PairStream {
  /**
   * The pairs of a step; the same whenever it is asked for.
   *
   * @param step From 0.
   * @param count Number of pairs.
   */
  at(step: number, count: number): LabelledBatch | Promise<LabelledBatch>;
}
