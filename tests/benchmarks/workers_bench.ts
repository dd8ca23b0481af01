/**
 * How much two workers gain over one: 100,000 pairs of toy showers and blurred copies, pools started
 * beforehand, interleaved rounds. Beside it what the machine itself gains in the same rounds, when two
 * pools of one worker solve the same pairs in memory of their own: cores of virtual machines often
 * share more than they seem to.
 *
 *     deno run --no-prompt --allow-read=src,tests,data tests/benchmarks/workers_bench.ts
 *
 * @module
 */
import { blurWafers, toyWafers } from "../../src/datasets/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { EmdPool, normaliseRows, type PairJob, SharedMemory } from "../../src/transport/mod.ts";
import { CELLS, waferDistances, waferEmdParallel } from "../../src/wafer/mod.ts";
import { median, table } from "./_report.ts";

const PAIRS = 100_000, ROUNDS = 9;

/** Runs the benchmark and prints a table. */
export async function workersBench(): Promise<void> {
  const x = toyWafers("shower", PAIRS, 1).charges;
  const y = blurWafers(x, new RandomStream(1, "blur"));
  using one = await EmdPool.start({ workers: 1 });
  using two = await EmdPool.start({ workers: 2 });
  using other = await EmdPool.start({ workers: 1 });
  const jobs = [_job(x, y), _job(x, y)];
  const seconds: Record<string, number[]> = { one: [], two: [] };
  const machine: number[] = [];
  let isEqual = true;
  for (let round = 0; round <= ROUNDS; round++) {
    const values: Float64Array[] = [];
    for (const [name, pool] of [["one", one], ["two", two]] as const) {
      const begin = performance.now();
      values.push((await waferEmdParallel(x, y, { pool })).values);
      // The first round warms up.
      if (round > 0) seconds[name].push((performance.now() - begin) / 1000);
    }
    if (round > 0) machine.push(await _machineGain([one, other], jobs));
    isEqual &&= values[0].every((value, pair) => Object.is(value, values[1][pair]));
  }
  const [t1, t2] = [median(seconds.one), median(seconds.two)];
  console.log(`\nTwo workers against one, ${PAIRS.toLocaleString("en")} pairs, ${ROUNDS} rounds`);
  table([
    ["workers", "pairs/s", "gain"],
    ...[[1, t1], [2, t2]].map(([workers, t]) => [
      String(workers),
      Math.round(PAIRS / t).toLocaleString("en"),
      (t1 / t).toFixed(2),
    ]),
  ]);
  console.log(`  two workers that share nothing: ${median(machine).toFixed(2)}`);
  console.log(`  results equal to the last bit: ${isEqual}`);
}

/** Twice the time of one job alone, over that of two at a time, each in a pool and memory of its own. */
async function _machineGain(pools: readonly EmdPool[], jobs: readonly PairJob[]): Promise<number> {
  const begin = performance.now();
  await pools[0].run(jobs[0]);
  const middle = performance.now();
  await Promise.all(pools.map((pool, k) => pool.run(jobs[k])));
  return 2 * (middle - begin) / (performance.now() - middle);
}

function _job(x: Float64Array, y: Float64Array): PairJob {
  const memory = new SharedMemory();
  const allocate = (length: number) => memory.float64(length);
  return {
    distances: waferDistances(),
    x: normaliseRows(x, CELLS, { allocate }),
    y: normaliseRows(y, CELLS, { allocate }),
    pairing: "aligned",
    values: allocate(PAIRS),
    emptyValue: NaN,
    certify: false,
  };
}

if (import.meta.main) await workersBench();
