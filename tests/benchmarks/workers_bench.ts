/**
 * How much two workers gain over one: 100,000 pairs of toy showers and blurred copies, pools started
 * beforehand, interleaved rounds. Beside it what the machine itself gains in the same rounds, on
 * arithmetic that shares nothing: virtual machines often have less than two cores to give.
 *
 *     deno run --no-prompt --allow-read=src,tests,data tests/benchmarks/workers_bench.ts
 *
 * @module
 */
import { blurWafers, toyWafers } from "../../src/datasets/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { EmdPool } from "../../src/transport/mod.ts";
import { waferEmdParallel } from "../../src/wafer/mod.ts";
import { median, table } from "./_report.ts";

const PAIRS = 100_000, ROUNDS = 9;

/** Runs the benchmark and prints a table. */
export async function workersBench(): Promise<void> {
  const x = toyWafers("shower", PAIRS, 1).charges;
  const y = blurWafers(x, new RandomStream(1, "blur"));
  using one = await EmdPool.start({ workers: 1 });
  using two = await EmdPool.start({ workers: 2 });
  const spinners = [_spinner(), _spinner()];
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
    if (round > 0) machine.push(await _machineGain(spinners));
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
  console.log(`  the machine itself gains ${median(machine).toFixed(2)} on arithmetic alone`);
  console.log(`  results equal to the last bit: ${isEqual}`);
  for (const spinner of spinners) spinner.terminate();
}

/** Time of two units of arithmetic in one worker, over that of one unit in each of two. */
async function _machineGain(spinners: readonly Worker[]): Promise<number> {
  const spin = (spinner: Worker, units: number) =>
    new Promise<void>((resolve) => {
      spinner.onmessage = () => resolve();
      spinner.postMessage(units);
    });
  const begin = performance.now();
  await spin(spinners[0], 2);
  const middle = performance.now();
  await Promise.all(spinners.map((spinner) => spin(spinner, 1)));
  return (middle - begin) / (performance.now() - middle);
}

function _spinner(): Worker {
  const program = `self.onmessage = ({ data: units }) => {
    let x = 1;
    for (let k = 0; k < 4e7 * units; k++) x = x * 1.0000001 % 3;
    self.postMessage(x);
  };`;
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  return new Worker(url, { type: "module" });
}

if (import.meta.main) await workersBench();
