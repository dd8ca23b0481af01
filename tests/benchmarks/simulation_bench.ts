/**
 * Events with 200 pile-up interactions a second, in one thread, on one worker and on two, with the
 * memory of the process after each round.
 *
 *     deno run --no-prompt --allow-read tests/benchmarks/simulation_bench.ts
 *
 * @module
 */
import { simulate } from "../../src/datasets/mod.ts";
import { median, table } from "./_report.ts";

const EVENTS = 1024, ROUNDS = 3;

/** Runs the benchmark and prints a table. */
export async function simulationBench(): Promise<void> {
  const seconds: number[][] = [[], []];
  const memory: number[] = [];
  await _run(1, 64, 0); // warms up
  for (let round = 0; round < ROUNDS; round++) {
    for (const workers of [1, 2]) {
      seconds[workers - 1].push(await _run(workers, EVENTS, round * EVENTS));
    }
    memory.push(Math.round(Deno.memoryUsage().rss / 1e6));
  }
  const [one, two] = seconds.map(median);
  console.log(`\nSimulation at 200 pile-up, ${EVENTS} events, ${ROUNDS} rounds`);
  table([
    ["threads", "events/s", "gain"],
    ["1", (EVENTS / one).toFixed(0), "1.00"],
    ["2 workers", (EVENTS / two).toFixed(0), (one / two).toFixed(2)],
  ]);
  console.log(`  memory after each round: ${memory.join(", ")} MB`);
}

async function _run(workers: number, events: number, firstEvent: number): Promise<number> {
  const begin = performance.now();
  let wafers = 0;
  const tables = simulate({ seed: 1, events, firstEvent, workers, eventsATable: 32 });
  for await (const { count } of tables) wafers += count;
  if (wafers < events) throw new Error(`${events} events gave ${wafers} wafers`);
  return (performance.now() - begin) / 1000;
}

if (import.meta.main) await simulationBench();
