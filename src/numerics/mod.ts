/**
 * Small numerical pieces without physics or tensors: random streams, rounding, quantiles, summaries,
 * rank correlation, least squares, effective RMS.
 *
 * @module
 */
export { RandomStream } from "./random.ts";
export { roundHalfEven } from "./rounding.ts";
export { quantiles } from "./quantile.ts";
export { type BinSummary, summarise, summariseByBin, type Summary } from "./summary.ts";
export { rankCorrelation } from "./rank_correlation.ts";
export {
  type NnlsOptions,
  type NnlsResult,
  nonNegativeLeastSquares,
  nonNegativeNormalEquations,
  type NormalEquations,
} from "./nnls.ts";
export {
  type BoundedLeastSquares,
  boundedLeastSquares,
  type BoundedLeastSquaresOptions,
} from "./bounded_least_squares.ts";
export {
  effectiveRms,
  type EffectiveRmsMethod,
  type EffectiveRmsOptions,
} from "./effective_rms.ts";
export { failuresBeforeSuccess, gamma, normalAbove, poisson } from "./distributions.ts";
export { type SymmetricEigen, symmetricEigen } from "./symmetric_eigen.ts";
