/**
 * Simulating events on several threads, in order.
 *
 * @module
 */
import type { EventSettings } from "./event_settings.ts";
import type { EventArrays } from "./event_table.ts";

/** What a worker is sent. */
export interface EventRequest {
  /** What to simulate. */
  readonly settings: EventSettings;
  /** Number of the first event. */
  readonly first: number;
  /** How many events. */
  readonly count: number;
}

/** What a worker answers. */
export type EventReply =
  | { readonly kind: "done"; readonly arrays: EventArrays }
  | { readonly kind: "failed"; readonly message: string };

/**
 * Simulates parts of a run on workers. Answers are given in the order of the requests, whichever worker
 * is first; of those that are ready or under way there are at most two for each worker, so that memory
 * does not grow with the run, however slowly answers are taken. The workers end with the iteration,
 * whatever ends it.
 *
 * @param requests The parts.
 * @param workers Number of workers.
 * @returns The arrays of each part.
 * @throws {Error} If a worker cannot be loaded or fails.
 */
export async function* simulateOnWorkers(
  requests: Iterable<EventRequest>,
  workers: number,
): AsyncGenerator<EventArrays, void, undefined> {
  const source = requests[Symbol.iterator]();
  const pool = Array.from({ length: workers }, () => new _EventWorker());
  const underWay: Promise<EventArrays>[] = [];
  try {
    while (true) {
      while (underWay.length < 2 * workers) {
        const next = source.next();
        if (next.done) break;
        const worker = pool.reduce((least, other) => other.waiting < least.waiting ? other : least);
        const answer = worker.simulate(next.value);
        // Awaited below, perhaps after another has failed.
        answer.catch(() => {});
        underWay.push(answer);
      }
      const answer = underWay.shift();
      if (answer === undefined) return;
      yield await answer;
    }
  } finally {
    for (const worker of pool) worker.end();
  }
}

/** A worker thread, which does its requests one after the other. */
class _EventWorker {
  readonly #worker = new Worker(new URL("./event_worker.ts", import.meta.url), { type: "module" });
  readonly #waiting: PromiseWithResolvers<EventArrays>[] = [];

  constructor() {
    this.#worker.onmessage = ({ data }: MessageEvent<EventReply>) => {
      const request = this.#waiting.shift();
      if (data.kind === "done") request?.resolve(data.arrays);
      else request?.reject(new Error(`Cannot simulate events: ${data.message}`));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const error = new Error(`Cannot simulate events: a worker failed: ${event.message}`);
      for (const request of this.#waiting.splice(0)) request.reject(error);
    };
  }

  /** Requests that it has not answered. */
  get waiting(): number {
    return this.#waiting.length;
  }

  simulate(request: EventRequest): Promise<EventArrays> {
    const answer = Promise.withResolvers<EventArrays>();
    this.#waiting.push(answer);
    this.#worker.postMessage(request);
    return answer.promise;
  }

  end(): void {
    this.#worker.terminate();
  }
}
