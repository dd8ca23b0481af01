import type { Charges, WaferTable } from "../../datasets/wafer_table.ts";
import { trainingPairs } from "./training_pairs.ts";
import type { LabelledBatch, PairStream } from "./types.ts";

/** Steps that are drawn and labelled before they are asked for. */
const AHEAD = 3;

/** What the worker is told: first the wafers, then steps. */
export type PairsRequest =
  | { readonly charges: Float64Array; readonly seed: number }
  | { readonly step: number; readonly count: number };

/**
 * The pairs of {@linkcode trainingPairs}, drawn and labelled by a worker while the caller trains on
 * those before: the next steps are begun with each that is asked for. Drawing and labelling take some
 * 30 microseconds a pair, about as much as a step of a small network.
 *
 * The worker is loaded by URL; from a file that takes `--allow-read` of this package.
 *
 * @param wafers Wafers with charge, of any scale.
 * @param options The seed.
 * @returns The stream; disposing of it ends the worker.
 * @throws {RangeError} As `trainingPairs`.
 * @throws {Error} If the worker cannot be loaded.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 * import { pairsAhead } from "./pairs_ahead.ts";
 * import { trainingPairs } from "./training_pairs.ts";
 *
 * const wafers = toyWafers("shower", 100, 1);
 * using pairs = await pairsAhead(wafers, { seed: 1 });
 * assertEquals(await pairs.at(0, 16), await trainingPairs(wafers, { seed: 1 }).at(0, 16));
 * ```
 */
export async function pairsAhead(
  wafers: WaferTable<Charges>,
  options: { readonly seed: number },
): Promise<PairStream & Disposable> {
  const { seed } = options;
  trainingPairs(wafers, { seed }); // For its errors, which come from here then.
  const worker = new Worker(new URL("./training_pairs_worker.ts", import.meta.url), {
    type: "module",
  });
  const ask = (request: PairsRequest) => worker.postMessage(request);
  const steps = new Map<number, PromiseWithResolvers<LabelledBatch>>();
  let asked = -1;

  await new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot draw training pairs: the worker failed: ${event.message}`));
    };
    ask({ charges: Float64Array.from(wafers.charges), seed });
  });
  worker.onmessage = ({ data }) => {
    const waiting = data.count === asked ? steps.get(data.step) : undefined;
    if (data.failure === undefined) waiting?.resolve(data.batch);
    else waiting?.reject(new RangeError(data.failure));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    const error = new Error(`Cannot draw training pairs: the worker failed: ${event.message}`);
    for (const waiting of steps.values()) waiting.reject(error);
  };

  async function at(step: number, count: number): Promise<LabelledBatch> {
    // Answers of another size that are still to come are dropped.
    if (count !== asked) steps.clear();
    asked = count;
    for (let next = step; next <= step + AHEAD; next++) {
      if (steps.has(next)) continue;
      const waiting = Promise.withResolvers<LabelledBatch>();
      waiting.promise.catch(() => {}); // Told to who asks for that step, if anybody does.
      steps.set(next, waiting);
      ask({ step: next, count });
    }
    const batch = await steps.get(step)!.promise;
    for (const known of steps.keys()) if (known <= step) steps.delete(known);
    return batch;
  }

  return { at, [Symbol.dispose]: () => worker.terminate() };
}
