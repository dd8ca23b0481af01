/**
 * Training: gradients of any loss, Adam, schedules, checkpoints, replicas on workers.
 *
 * @module
 */
export { Adam, type AdamOptions, type AdamState } from "./adam.ts";
export { type Augmentation, Batches, type BatchesOptions, type TrainingBatch } from "./batches.ts";
export {
  type CheckpointValue,
  decodeCheckpoint,
  encodeCheckpoint,
  type TrainingCheckpoint,
} from "./checkpoint.ts";
export { CheckpointFile, type StoredCheckpoint } from "./checkpoint_file.ts";
export { type LossGradient, lossGradient, type LossGradientOptions } from "./loss_gradient.ts";
export { meanLoss, type MeanLossOptions } from "./mean_loss.ts";
export { assignArrays, namedArrays } from "./named_arrays.ts";
export { exportWeights, importWeights, type TrainingRecord, type Weights } from "./run_state.ts";
export {
  constantRate,
  cosineRate,
  type CosineRateOptions,
  type LearningRateSchedule,
  plateauRate,
  type PlateauRateOptions,
  type ScheduleState,
} from "./schedules.ts";
export { recordForward, type Recording } from "./tape.ts";
export { train, type TrainingResult } from "./train.ts";
export type {
  CheckpointOptions,
  EarlyStoppingOptions,
  TrainingOptions,
  TrainingProgress,
} from "./training_options.ts";
export type { CheckpointStore, Replica, ResumableLoss, TrainingData } from "./types.ts";
export {
  type ParallelTrainingResult,
  type TrainingJob,
  trainParallel,
  type TrainParallelOptions,
} from "./parallel/train_parallel.ts";
