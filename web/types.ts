import type { EconAutoencoderWeights } from "../src/models/types.ts";
import type { CellOrder } from "../src/wafer/cells.ts";

/** What can be minimised on the page. */
export type TrainedLoss = "exact_emd" | "telescope_mse";

/** A training that the page asks a worker for. */
export interface TrainingOrder {
  /** What is minimised. */
  readonly loss: TrainedLoss;
  /** A dropped file; without it the wafers that come with the page. */
  readonly file?: File;
  /** How its columns are numbered. */
  readonly order: CellOrder;
  /** Steps in all. */
  readonly steps: number;
  /** Seed of split, weights and batches. */
  readonly seed: number;
}

/** What the page tells a worker that trains. */
export type TrainingRequest = { readonly train: TrainingOrder } | { readonly stop: true };

/** How the network stands, on the wafers held out. */
export interface TrainingJudgement {
  /** Steps done. */
  readonly step: number;
  /** Median EMD of wafers and their reconstructions, half pitches. */
  readonly median: number;
  /** Reconstructions of the wafers shown, rows of 48 charge fractions. */
  readonly reconstructions: Float32Array;
  /** The EMD of each of them. */
  readonly emd: Float64Array;
}

/** What a worker that trains tells the page. */
export type TrainingNews =
  | {
    readonly kind: "begun";
    /** Number of wafers learnt from, and held out. */
    readonly wafers: { readonly train: number; readonly heldOut: number };
    /** The wafers shown: the first ones held out, rows of 48 charges. */
    readonly shown: Float64Array;
    /** What computes. */
    readonly backend: string;
  }
  | { readonly kind: "judged"; readonly judgement: TrainingJudgement }
  | {
    readonly kind: "ended";
    /** Steps done, fewer than asked for when it was stopped. */
    readonly steps: number;
    /** The weights, as trained. */
    readonly weights: EconAutoencoderWeights;
  }
  | {
    readonly kind: "failed";
    /** What went wrong, for people. */
    readonly message: string;
  };
