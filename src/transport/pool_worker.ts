/**
 * A worker of {@linkcode EmdPool}: claims parts of a job until none is left.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { type PairTally, solvePairs } from "./pair_job.ts";
import { CANCELLED, NEXT_PAIR, PAIRS_A_CLAIM, type PoolReply, type PoolRequest } from "./pool.ts";

self.onmessage = (event: MessageEvent<PoolRequest>) => {
  const { job, pairs, control } = event.data;
  const reply = (message: PoolReply) => self.postMessage(message);
  const tally: PairTally = { certified: 0, notOptimal: 0 };
  try {
    while (Atomics.load(control, CANCELLED) === 0) {
      const begin = Atomics.add(control, NEXT_PAIR, PAIRS_A_CLAIM);
      if (begin >= pairs) break;
      const end = Math.min(begin + PAIRS_A_CLAIM, pairs);
      const part = solvePairs(job, begin, end);
      tally.certified += part.certified;
      tally.notOptimal += part.notOptimal;
      reply({ kind: "progress", pairs: end - begin });
    }
    reply({ kind: "done", tally });
  } catch (error) {
    reply({ kind: "failed", message: String(error) });
  }
};
self.postMessage({ kind: "ready" } satisfies PoolReply);
