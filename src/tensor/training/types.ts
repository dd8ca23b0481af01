import type { TensorLoss } from "../types.ts";

/** Rows to train or to validate with: row-major, as many of inputs as of targets. */
export interface TrainingData {
  /** Inputs of the network, `rows * inputShape[0] * inputShape[1] * ...` numbers. */
  readonly inputs: Float32Array;
  /** Shape of one input, for example `[8, 8, 1]`. */
  readonly inputShape: readonly number[];
  /** Targets, `rows * size` numbers with the size of the loss. */
  readonly targets: Float32Array;
}

/** A loss that learns ({@linkcode TensorLoss.update}) and can be stored in checkpoints. */
export interface ResumableLoss extends TensorLoss {
  /** What it has learnt, as arrays by name. */
  exportState?(): Record<string, Float32Array>;
  /**
   * Goes on where another left off.
   *
   * @param state What `exportState` gave.
   */
  importState?(state: Readonly<Record<string, Float32Array>>): void;
}

/**
 * Where checkpoints are kept: any place that reads files and writes them whole, so that a file holds
 * the new bytes or, when writing failed, the old ones.
 */
export interface CheckpointStore {
  /**
   * Reads a file whole.
   *
   * @param path Relative path with `/` between folders.
   * @returns The bytes, or `undefined` when there is no such file.
   */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Writes a file whole or not at all.
   *
   * @param path Relative path with `/` between folders.
   * @param bytes What the file shall hold.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/**
 * One of several equal copies of a network that are trained together, each on its part of every
 * batch. Their arrays are added up, so that all take the same steps.
 */
export interface Replica {
  /** Which one this is, from 0. Only 0 writes checkpoints and tells of progress. */
  readonly rank: number;
  /** How many there are. */
  readonly workers: number;
  /**
   * Adds arrays up over all replicas; each calls this equally often with arrays of equal lengths.
   *
   * @param arrays What this replica contributes; not changed.
   * @returns The sums, the same bits for every replica.
   */
  sum(arrays: readonly Float32Array[]): Promise<Float32Array[]>;
  /** Whether somebody asked for the end of the run. */
  stopRequested(): boolean;
}
