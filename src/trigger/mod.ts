/**
 * What the trigger makes of wafers: transmission by a codec, seeds, clusters, calibration, and the
 * resolution of electrons. Section 5 of the paper.
 *
 * @module
 */
export type { Cluster, TriggerCells, TriggerEvent, TriggerParticle, WaferCodec } from "./types.ts";
export { COUNTS_PER_MIP_T, GEV_PER_MIP_T } from "./units.ts";

// From the detector to the trigger.
export { autoencoderCodec, type CodecNetwork } from "./codecs/autoencoder_codec.ts";
export { bestChoiceCodec, type BestChoiceCodecOptions } from "./codecs/best_choice_codec.ts";
export { shareCodec, type ShareCodecOptions } from "./codecs/share_codec.ts";
export {
  superTriggerCellCodec,
  type SuperTriggerCellCodecOptions,
} from "./codecs/super_trigger_cell_codec.ts";
export { thresholdCodec, type ThresholdCodecOptions } from "./codecs/threshold_codec.ts";
export { truncatedFloat } from "./codecs/truncated_float.ts";
export { uncompressedCodec } from "./codecs/uncompressed_codec.ts";

// From cells to clusters.
export { triggerCells } from "./trigger_cells.ts";
export { triggerEvents } from "./trigger_events.ts";
export { type HitCells, type Seed, SeedMap } from "./seed_map.ts";
export { type ClusterOptions, clustersAround, type HitCellsOfLayers } from "./clusters.ts";
export { matchedCluster } from "./matching.ts";
export {
  EVENT_OUTCOMES,
  type EventCuts,
  type EventOutcome,
  EventReconstruction,
  type ReconstructedEvent,
} from "./reconstruct_event.ts";
export { runTrigger, type RunTriggerOptions } from "./run_trigger.ts";
export { type TriggerSample, TriggerSampleBuilder } from "./trigger_sample.ts";

// Calibration.
export {
  calibrateClusters,
  type CalibrateClustersOptions,
  type Calibration,
  ETA_EDGES,
} from "./calibration.ts";
export { layerWeights, weightedPt } from "./layer_weights.ts";
export {
  type CalibrationClusters,
  pileUpBins,
  type PileUpCorrection,
  type PileUpForm,
  pileUpLine,
} from "./pile_up_correction.ts";

// Resolution.
export { type ClusterResponse, clusterResponse } from "./cluster_response.ts";
export {
  type CurveMembers,
  type Measured,
  type PairedResolution,
  pairedResolution,
  type ResolutionCurve,
  type ResolutionOptions,
} from "./resolution.ts";
export { PUBLISHED_TRIGGER, type PublishedCurve } from "./published_resolution.ts";

// Types of other rooms that these speak of.
export type { Charges, Column, WaferTable } from "../datasets/wafer_table.ts";
export type {
  EconEncoderWeights,
  EconFormats,
  FixedPoint,
  LayerWeights,
} from "../models/inference/mod.ts";
export type { EffectiveRmsMethod } from "../numerics/effective_rms.ts";
