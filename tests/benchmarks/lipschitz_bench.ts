/**
 * How near fits of Lipschitz networks come to the exact EMD, and how long they take.
 *
 *     deno run --no-prompt --allow-read tests/benchmarks/lipschitz_bench.ts
 *
 * Random pairs of `data/sample.csv`, one network for each, all side by side.
 *
 * @module
 */
import { readWafers } from "../../src/datasets/files_deno.ts";
import { exactEmd } from "../../src/losses/mod.ts";
import { lipschitzLoss, type LipschitzLossOptions } from "../../src/models/mod.ts";
import { quantiles, RandomStream } from "../../src/numerics/mod.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { CELLS, normalise } from "../../src/wafer/mod.ts";
import { table } from "./_report.ts";

const PAIRS = 32;
const FITS: readonly (readonly [string, LipschitzLossOptions])[] = [
  ["100", { steps: 100 }],
  ["300", { steps: 300 }],
  ["1,000", { steps: 1000 }],
  ["1,000, no approach", { steps: 1000, approach: 0 }],
];

/** Runs the benchmark and prints a table. */
export async function lipschitzBench(): Promise<void> {
  const { description } = await useBackend({ backend: "wasm" });
  const { x, y } = await _pairs();
  const exact = await exactEmd().valueAndGradient(x, y);
  const percent = (value: number) => (100 * value).toFixed(1);
  const rows = [["steps", "gap, %, median", "16 to 84 %", "largest", "cosine", "ms a step, pair"]];
  for (const [name, options] of FITS) {
    const loss = lipschitzLoss({ layers: 3, units: 32, groupSize: 4, gap: true, ...options });
    const begin = performance.now();
    const { gradient, diagnostics } = await loss.valueAndGradient(x, y);
    const milliseconds = performance.now() - begin;
    const gaps = diagnostics!.gap as Float64Array;
    const [low, median, high] = quantiles(gaps, [0.16, 0.5, 0.84]);
    rows.push([
      name,
      percent(median),
      `${percent(low)} to ${percent(high)}`,
      percent(Math.max(...gaps)),
      _meanCosine(gradient, exact.gradient).toFixed(3),
      (milliseconds / options.steps! / PAIRS).toFixed(2),
    ]);
  }
  console.log(`\nLipschitz networks on ${PAIRS} random pairs of wafers, ${description}`);
  table(rows);
}

async function _pairs(): Promise<{ x: Float64Array; y: Float64Array }> {
  const [{ charges, count }] = await Array.fromAsync(
    readWafers(new URL("../../data/sample.csv", import.meta.url).pathname),
  );
  const random = new RandomStream(1, "lipschitz bench");
  const draw = () => {
    const rows = new Float64Array(PAIRS * CELLS);
    for (let pair = 0; pair < PAIRS; pair++) {
      const wafer = random.integer(count);
      rows.set(charges.subarray(wafer * CELLS, (wafer + 1) * CELLS), pair * CELLS);
    }
    return normalise(rows, "fraction");
  };
  return { x: draw(), y: draw() };
}

function _meanCosine(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let begin = 0; begin < a.length; begin += CELLS) {
    let ab = 0, aa = 0, bb = 0;
    for (let k = begin; k < begin + CELLS; k++) {
      ab += a[k] * b[k];
      aa += a[k] ** 2;
      bb += b[k] ** 2;
    }
    sum += ab / Math.sqrt(aa * bb) / (a.length / CELLS);
  }
  return sum;
}

if (import.meta.main) await lipschitzBench();
