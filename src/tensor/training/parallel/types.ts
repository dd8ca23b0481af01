/**
 * What {@linkcode trainParallel} and its workers tell each other.
 *
 * @module
 */
import type { Weights } from "../run_state.ts";
import type { TrainingResult } from "../train.ts";
import type { TrainingProgress } from "../training_options.ts";
import type { BackendOptions } from "../../backend.ts";

/** The first message to a worker: what to build. */
export interface BuildRequest {
  readonly kind: "build";
  /** URL of the module. */
  readonly module: string;
  /** Name of its function. */
  readonly export: string;
  /** What to call it with. */
  readonly options: unknown;
  readonly backend: BackendOptions;
}

/** The second: train it, together with the others. */
export interface TrainRequest {
  readonly kind: "train";
  readonly rank: number;
  readonly workers: number;
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly slots: Float32Array<SharedArrayBuffer>;
  readonly timeout: number;
}

/** What a worker answers. */
export type ReplicaReply =
  /** It has built its network; each sum is over `shared` numbers at most. */
  | { readonly kind: "built"; readonly shared: number }
  | { readonly kind: "progress"; readonly progress: TrainingProgress }
  | { readonly kind: "warning"; readonly message: string }
  | { readonly kind: "done"; readonly result: TrainingResult; readonly weights: Weights }
  /** It stopped because it was asked to. */
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };
