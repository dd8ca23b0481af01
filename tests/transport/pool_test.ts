import { assert, assertEquals, assertRejects } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { type PairJob, solvePairs } from "../../src/transport/pair_job.ts";
import { EmdPool } from "../../src/transport/pool.ts";
import { normaliseRows } from "../../src/transport/rows.ts";
import { SharedMemory } from "../../src/transport/shared_memory.ts";
import { drawPair, PAIR_KINDS, randomMetric } from "../_support/histograms.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const SIZE = 24, PAIRS = 12_345;
const DISTANCES = randomMetric(SIZE, new RandomStream(1, "metric"));
const NEEDS = [permission({ name: "read", path: new URL("../../src/", import.meta.url) })];

testNeeding(NEEDS, "EmdPool gives the same bits as one thread, whatever its size", async () => {
  const alone = _job(true);
  const tally = solvePairs(alone, 0, PAIRS);
  assertEquals(tally, { certified: PAIRS, notOptimal: 0 });
  for (const workers of [1, 2, 3]) {
    using pool = await EmdPool.start({ workers });
    assertEquals(pool.workers, workers);
    const job = _job(true);
    assertEquals(await pool.run(job), tally);
    assertEquals(_bytes(job.values), _bytes(alone.values));
    assertEquals(_bytes(job.potentials!), _bytes(alone.potentials!));
  }
});

testNeeding(NEEDS, "EmdPool reports progress and does several jobs in turn", async () => {
  using pool = await EmdPool.start({ workers: 2 });
  const seen: number[] = [];
  const jobs = [_job(true), _job(true)];
  const onProgress = (done: number, total: number) => {
    assertEquals(total, PAIRS);
    seen.push(done);
  };
  await Promise.all(jobs.map((job) => pool.run(job, { onProgress })));
  assertEquals(seen.filter((done) => done === PAIRS).length, 2);
  assertEquals(_bytes(jobs[0].values), _bytes(jobs[1].values));
});

testNeeding(NEEDS, "EmdPool stops on a signal, and works on afterwards", async () => {
  using pool = await EmdPool.start({ workers: 2 });
  const controller = new AbortController();
  const job = _job(true);
  const stopped = pool.run(job, {
    signal: controller.signal,
    onProgress: () => controller.abort(new Error("enough")),
  });
  await assertRejects(() => stopped, Error, "enough");
  assert(job.values.some((value) => value === 0), "some pairs were not done");
  await assertRejects(() => pool.run(_job(true), { signal: controller.signal }), Error, "enough");
  assertEquals((await pool.run(_job(true))).certified, PAIRS);
});

testNeeding(NEEDS, "EmdPool refuses memory that its workers would not share", async () => {
  using pool = await EmdPool.start({ workers: 1 });
  await assertRejects(
    () => pool.run(_job(false)),
    TypeError,
    "Cannot compute EMDs in a pool: x.fractions must lie in shared memory",
  );
});

testNeeding(NEEDS, "EmdPool says what went wrong in a worker", async () => {
  using pool = await EmdPool.start({ workers: 2 });
  const job = { ..._job(true), distances: new Float64Array(7) };
  await assertRejects(() => pool.run(job), Error, "distances must be a square matrix");
});

testNeeding(NEEDS, "EmdPool refuses work when it is closed", async () => {
  const pool = await EmdPool.start({ workers: 1 });
  pool[Symbol.dispose]();
  await assertRejects(() => pool.run(_job(true)), Error, "Cannot compute EMDs: the pool is closed");
});

Deno.test("EmdPool.start() refuses numbers of workers that are not positive integers", async () => {
  for (const workers of [0, -1, 1.5, NaN]) {
    await assertRejects(
      () => EmdPool.start({ workers }),
      RangeError,
      `workers must be a positive integer, current value is ${workers}`,
    );
  }
});

function _job(shared: boolean): PairJob {
  const kinds = Object.keys(PAIR_KINDS);
  const x = new Float64Array(PAIRS * SIZE), y = new Float64Array(PAIRS * SIZE);
  for (let pair = 0; pair < PAIRS; pair++) {
    const drawn = drawPair(kinds[pair % kinds.length], SIZE, new RandomStream(7, "pool", pair));
    x.set(drawn.x, pair * SIZE);
    y.set(drawn.y, pair * SIZE);
  }
  const memory = new SharedMemory();
  const allocate = (length: number) => shared ? memory.float64(length) : new Float64Array(length);
  return {
    distances: DISTANCES,
    x: normaliseRows(x, SIZE, { allocate }),
    y: normaliseRows(y, SIZE, { allocate }),
    pairing: "aligned",
    values: allocate(PAIRS),
    potentials: allocate(PAIRS * SIZE),
    emptyValue: NaN,
    certify: true,
  };
}

function _bytes(numbers: Float64Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength).slice();
}
