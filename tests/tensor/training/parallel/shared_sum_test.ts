import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  newControl,
  newSlots,
  reportFailure,
  requestStop,
  SharedSum,
  stopRequested,
} from "../../../../src/tensor/training/parallel/shared_sum.ts";
import { permission, testNeeding } from "../../../_support/skips.ts";
import { contribution, LENGTH, ROUNDS } from "./_summing_worker.ts";

const ROOT = new URL("../../../../", import.meta.url);
const NEEDS = [permission({ name: "read", path: ROOT })];

testNeeding(NEEDS, "SharedSum gives all workers the same sums, in the order of ranks", async () => {
  const results = await _onWorkers(3);
  for (let round = 0; round < ROUNDS; round++) {
    // In single precision, so that another order of ranks would round differently.
    const [a, b, c] = [0, 1, 2].map((rank) => contribution(rank, round));
    const expected = a.map((x, k) => Math.fround(x + b[k]) + c[k]);
    for (const sums of results) assertEquals(sums[round], expected);
  }
});

Deno.test("SharedSum of one gives copies of what it got", () => {
  const shared = _alone(1, 3);
  const a = Float32Array.of(1, 2), b = Float32Array.of(3);
  for (let round = 0; round < 3; round++) {
    const sums = shared.sum([a, b]);
    assertEquals(sums, [a, b]);
    assert(
      sums[0].buffer !== a.buffer && !((sums[0].buffer as unknown) instanceof SharedArrayBuffer),
    );
  }
  assertThrows(
    () => shared.sum([a, a]),
    RangeError,
    "Cannot add up 4 numbers in shared memory for 3",
  );
});

Deno.test("SharedSum does not wait for ever", () => {
  const control = newControl();
  assertThrows(
    () => _alone(2, 1, control, 20).sum([Float32Array.of(1)]),
    Error,
    "another worker did not come for 0.02 seconds",
  );
  reportFailure(control);
  assertThrows(
    () => _alone(3, 1, control, 60_000).sum([new Float32Array(1)]),
    Error,
    "another worker failed",
  );
});

Deno.test("a request to stop is seen", () => {
  const control = newControl();
  assertEquals(stopRequested(control), false);
  requestStop(control);
  assertEquals(stopRequested(control), true);
});

function _alone(workers: number, length: number, control = newControl(), timeout = 1000) {
  return new SharedSum({ rank: 0, workers, control, slots: newSlots(workers, length), timeout });
}

/** The sums that each worker saw, round by round. */
async function _onWorkers(workers: number): Promise<Float32Array[][]> {
  const control = newControl(), slots = newSlots(workers, LENGTH);
  const url = new URL("_summing_worker.ts", import.meta.url);
  const pool = Array.from({ length: workers }, () => new Worker(url, { type: "module" }));
  const next = (worker: Worker) =>
    new Promise<unknown>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
    });
  try {
    await Promise.all(pool.map(next));
    const answers = pool.map(next);
    pool.forEach((worker, rank) =>
      worker.postMessage({ rank, workers, control, slots, timeout: 60_000 })
    );
    return await Promise.all(answers) as Float32Array[][];
  } finally {
    for (const worker of pool) worker.terminate();
  }
}
