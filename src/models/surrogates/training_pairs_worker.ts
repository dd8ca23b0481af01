/**
 * Draws and labels training pairs beside the thread that trains; started by `pairs_ahead.ts`.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { waferTable } from "../../datasets/wafer_table.ts";
import type { PairsRequest } from "./pairs_ahead.ts";
import { trainingPairs } from "./training_pairs.ts";
import type { PairStream } from "./types.ts";

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
