/// <reference lib="webworker" />
/**
 * Draws and labels training pairs beside the thread that trains; started by `pairs_ahead.ts`.
 *
 * @module
 */
import { waferTable } from "../../datasets/wafer_table.ts";
import { trainingPairs } from "./training_pairs.ts";
import type { PairStream } from "./types.ts";

/** What the worker is told: first the wafers, then steps. */
export type PairsRequest =
  | { readonly charges: Float64Array; readonly seed: number }
  | { readonly step: number; readonly count: number };

let pairs: PairStream | undefined;

self.onmessage = async ({ data }: MessageEvent<PairsRequest>) => {
  if ("charges" in data) {
    pairs = trainingPairs(waferTable(data.charges), { seed: data.seed });
    self.postMessage({ ready: true });
    return;
  }
  const { step, count } = data;
  try {
    self.postMessage({ step, count, batch: await pairs!.at(step, count) });
  } catch (error) {
    self.postMessage({ step, count, failure: (error as Error).message });
  }
};
