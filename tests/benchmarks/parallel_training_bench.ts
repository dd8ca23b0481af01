/**
 * How much two workers gain over one when they train a network together, interleaved rounds, and whether
 * the weights are the same from run to run. Beside it what the machine itself gains in the same rounds,
 * when two single workers train apart at the same time.
 *
 *     deno run --lock=tests/deno.lock --no-prompt --allow-read --allow-ffi \
 *       tests/benchmarks/parallel_training_bench.ts
 *
 * @module
 */
import { createHash } from "node:crypto";
import { trainParallel } from "../../src/tensor/mod.ts";
import { median, table } from "./_report.ts";
import type { TrainingJobOptions } from "./_training_job.ts";

const ROUNDS = 3;
/** Batches, steps that warm up, and steps that are timed. */
const RUNS = [
  { network: "emd_cnn", batchSize: 1024, warmUp: 5, steps: 8 },
  { network: "autoencoder", batchSize: 1024, warmUp: 60, steps: 100 },
  { network: "autoencoder", batchSize: 4096, warmUp: 30, steps: 40 },
] as const;

/** Runs the benchmark and prints a table. */
export async function parallelTrainingBench(): Promise<void> {
  const rows = [[
    "samples a second",
    "batch",
    "one worker",
    "two",
    "gain",
    "two apart",
    "same weights",
  ]];
  for (const backend of ["wasm", "blas"] as const) {
    for (const timed of RUNS) {
      const run = (workers: number) => _run(timed, backend, workers);
      const one: number[] = [], two: number[] = [], apart: number[] = [];
      const weights = new Set<string>();
      for (let round = 0; round < ROUNDS; round++) {
        one.push((await run(1)).rate);
        const both = await run(2);
        two.push(both.rate);
        weights.add(both.weights);
        const [a, b] = await Promise.all([run(1), run(1)]);
        apart.push((a.rate + b.rate) / one[round]);
      }
      rows.push([
        `${timed.network}, ${backend}`,
        String(timed.batchSize),
        Math.round(median(one)).toLocaleString("en"),
        Math.round(median(two)).toLocaleString("en"),
        (median(two) / median(one)).toFixed(2),
        median(apart).toFixed(2),
        String(weights.size === 1),
      ]);
    }
  }
  console.log(`\nTwo workers train together, medians of ${ROUNDS} rounds`);
  table(rows);
}

/** Samples a second after a few steps, and a digest of the weights at the end. */
async function _run(
  { network, batchSize, warmUp, steps }: typeof RUNS[number],
  backend: "wasm" | "blas",
  workers: number,
): Promise<{ rate: number; weights: string }> {
  const options: TrainingJobOptions = { network, steps: warmUp + steps, batchSize };
  const module = new URL("./_training_job.ts", import.meta.url);
  let begin = 0, end = 0;
  const { weights } = await trainParallel({ module, export: "trainingJob", options }, {
    workers,
    backend: { backend },
    onProgress: ({ step }) => {
      if (step === warmUp) begin = performance.now();
      if (step === warmUp + steps) end = performance.now();
    },
  });
  const hash = createHash("sha256");
  for (const array of weights.parameters.values()) hash.update(array);
  return { rate: 1000 * batchSize * steps / (end - begin), weights: hash.digest("hex") };
}

if (import.meta.main) await parallelTrainingBench();
