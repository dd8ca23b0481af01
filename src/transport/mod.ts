/**
 * Optimal transport between histograms: the exact Earth mover's distance, its plan, its gradients,
 * and proofs that they are right. It knows bins, costs and positions, and nothing of wafers.
 *
 * | wanted | call |
 * |---|---|
 * | least cost, as POT's `emd2` | {@linkcode emd2} |
 * | with plan and potentials | {@linkcode emd} |
 * | unequal totals, divided by the mass moved | {@linkcode rubnerEmd} |
 * | masses on a line | {@linkcode wasserstein1d} |
 * | bins in a row, or on a tree | {@linkcode chainEmd}, {@linkcode treeEmd} |
 * | point clouds, any power of the distance | {@linkcode wassersteinP} |
 * | events of unequal energy | {@linkcode energyMoversDistance} |
 * | events as vectors | {@linkcode LinearisedTransport} |
 * | shapes of point clouds, in closed form | {@linkcode spectralEmd}, {@linkcode fitSpectralShape} |
 * | regularised by entropy | {@linkcode sinkhorn}, {@linkcode sinkhornDivergence} |
 * | sorted along many directions | {@linkcode slicedWasserstein} |
 * | gradients | {@linkcode massGradients}, {@linkcode costGradient}, {@linkcode positionGradients} |
 * | derivatives of the plan | {@linkcode transportLayer} |
 * | proof of a result | {@linkcode certify} |
 * | many pairs | {@linkcode MetricSimplex}, {@linkcode EmdPool} |
 *
 * @module
 */
export type {
  DualPotentials,
  TransportMethod,
  TransportProblem,
  TransportResult,
  TransportSolution,
  TransportStatus,
} from "./types.ts";
export { emd, emd2 } from "./emd.ts";
export { rubnerEmd } from "./rubner.ts";
export { wasserstein1d, type Wasserstein1dOptions } from "./wasserstein_1d.ts";
export { chainEmd, type ChainEmdOptions, type ClosedFormEmd } from "./chain_emd.ts";
export { Tree, type TreeOptions } from "./tree.ts";
export { treeEmd, type TreeEmdOptions, TreeFlow } from "./tree_emd.ts";
export {
  type CheckedCloud,
  type CloudGradients,
  type PointCloud,
  pointCloud,
} from "./point_cloud.ts";
export {
  wassersteinP,
  type WassersteinPOptions,
  type WassersteinPResult,
} from "./wasserstein_p.ts";
export {
  energyMoversDistance,
  type EnergyMoversOptions,
  type EnergyMoversResult,
} from "./energy_movers.ts";
export { linearisedDistance, LinearisedTransport } from "./linearised.ts";
export {
  type TransportLayer,
  transportLayer,
  type TransportLayerGradients,
  type TransportLayerOptions,
} from "./transport_layer.ts";
export { type QuadraticTransport, quadraticTransport } from "./transport_layer_quadratic.ts";
export { sortedOrder } from "./sorted_order.ts";
export { spectralEmd, type SpectralEmdOptions, type SpectralEmdResult } from "./spectral.ts";
export { type PairAngle, pairSpectrum, powerAngle, type Spectrum } from "./spectral_spectrum.ts";
export {
  fitSpectralShape,
  RING,
  SEGMENT,
  shapeOfPoints,
  type SpectralFit,
  type SpectralShape,
} from "./spectral_shapes.ts";
export {
  fitProngs,
  type FitProngsOptions,
  fitTwoProngs,
  type ProngFit,
  type TwoProngFit,
} from "./spectral_prongs.ts";
export { sinkhorn, type SinkhornResult } from "./sinkhorn.ts";
export {
  sinkhornDivergence,
  type SinkhornDivergenceResult,
  SinkhornDivergenceSolver,
} from "./sinkhorn_divergence.ts";
export type { SinkhornOptions, SinkhornStatus } from "./sinkhorn_options.ts";
export { SinkhornSolver } from "./sinkhorn_solver.ts";
export { fixedDirections, randomDirections } from "./sliced_directions.ts";
export { SlicedSupport, type SlicedSupportOptions } from "./sliced_support.ts";
export {
  slicedWasserstein,
  type SlicedWassersteinOptions,
  type SlicedWassersteinResult,
} from "./sliced_wasserstein.ts";
export { type Certificate, certify, type CertifyOptions } from "./certify.ts";
export {
  costGradient,
  type MassGradients,
  massGradients,
  type PositionGradients,
  positionGradients,
  type PositionGradientsOptions,
} from "./gradients.ts";
export { type Uniqueness, uniqueness } from "./uniqueness.ts";
export { assertMetric, isMetric } from "./metric.ts";
export { transportProblem, type TransportProblemOptions } from "./problem.ts";
export { networkSimplex, type NetworkSimplexOptions } from "./network_simplex/solver.ts";
export { MetricSimplex, type MetricSimplexOptions } from "./metric_simplex/solver.ts";
export { MetricCertifier } from "./metric_simplex/certificate.ts";
export { type HistogramRows, normaliseRows, type NormaliseRowsOptions } from "./rows.ts";
export { countPairs, type Pairing, type PairJob, type PairTally, solvePairs } from "./pair_job.ts";
export { SharedMemory } from "./shared_memory.ts";
export { EmdPool, type EmdPoolOptions, type EmdPoolRunOptions } from "./pool.ts";
