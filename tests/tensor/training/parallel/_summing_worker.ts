/**
 * A worker that takes part in sums, for the tests.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import {
  SharedSum,
  type SharedSumOptions,
} from "../../../../src/tensor/training/parallel/shared_sum.ts";

export const ROUNDS = 200, LENGTH = 50;

/** Any numbers whose sums are rounded. */
export function contribution(rank: number, round: number): Float32Array {
  return Float32Array.from(
    { length: LENGTH },
    (_, k) => Math.sin(1 + rank + 10 * round + 0.1 * k) * 10 ** (k % 7),
  );
}

/** The sums of all rounds, each cut in two somewhere. */
function takePart(options: SharedSumOptions): Float32Array[] {
  const shared = new SharedSum(options);
  return Array.from({ length: ROUNDS }, (_, round) => {
    const numbers = contribution(options.rank, round), cut = round % LENGTH;
    const [a, b] = shared.sum([numbers.subarray(0, cut), numbers.subarray(cut)]);
    return Float32Array.of(...a, ...b);
  });
}

if (typeof DedicatedWorkerGlobalScope !== "undefined") {
  self.onmessage = ({ data }: MessageEvent<SharedSumOptions>) => self.postMessage(takePart(data));
  self.postMessage("ready");
}
