/**
 * Fits the edges of the wafer tree, which the loss `tree_emd` uses, to exact EMDs.
 *
 *     deno run --no-prompt --allow-read scripts/fit_wafer_tree.ts
 *
 * @module
 */
import { readWafers } from "../src/datasets/files_deno.ts";
import { pairedWafers, randomPairs } from "../src/datasets/pairs/pairs.ts";
import { reconstructWafers } from "../src/datasets/toy/toy_distortions.ts";
import { type Charges, concatenateWafers, type WaferTable } from "../src/datasets/wafer_table.ts";
import { WAFER_TREE_LENGTHS, WAFER_TREE_WEIGHTS, waferTree } from "../src/losses/wafer_tree.ts";
import { nonNegativeLeastSquares, RandomStream } from "../src/numerics/mod.ts";
import { TreeFlow } from "../src/transport/tree_emd.ts";
import { CELLS, normalise, waferEmdBatch } from "../src/wafer/mod.ts";
import { type Command, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";

const OPTIONS = {
  input: {
    ...WAFER_OPTIONS.input,
    describe: "Wafers, .csv, .parquet or .npz: columns CALQ_0 to CALQ_47 in train order",
  },
  pairs: {
    kind: "integer",
    describe: "Random pairs, and as many pairs of a wafer and its distorted copy",
    least: 1,
    default: 5000,
  },
  seed: { kind: "integer", describe: "Seed of pairs and copies", default: 1 },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/fit_wafer_tree.ts",
  summary: "Fits the lengths of the edges of the wafer tree (cell, 2 x 2, 4 x 4, wafer) to exact " +
    "EMDs and prints them beside those that are shipped in src/losses/wafer_tree.ts.",
  permissions: { "--allow-read": "the input file" },
  options: OPTIONS,
  example: "--pairs 20000 --seed 2",
};

/** What {@linkcode fitWaferTree} found. */
export interface WaferTreeFit {
  /** The six lengths, as `waferTree` takes them. */
  readonly weights: Float64Array;
  /** Root mean square of tree EMD / exact EMD - 1. */
  readonly relativeError: number;
}

if (import.meta.main) {
  await runCommand(COMMAND, async ({ input, pairs, seed }) => {
    const wafers = concatenateWafers(await Array.fromAsync(readWafers(input)));
    const { weights, relativeError } = fitWaferTree(wafers, pairs, seed);
    const show = (lengths: Iterable<number>) => [...lengths].map((w) => w.toFixed(4)).join(", ");
    console.log(`fitted   ${show(weights)}`);
    console.log(`shipped  ${show(WAFER_TREE_WEIGHTS)}`);
    console.log(`relative error, root mean square: ${(100 * relativeError).toFixed(1)} %`);
  });
}

/**
 * Fits the tree to random pairs and to as many pairs of a wafer and its distorted copy, by least squares
 * of relative differences with lengths >= 0.
 *
 * @param wafers Wafers with charge.
 * @param pairs Number of pairs of each kind.
 * @param seed Seed of pairs and copies.
 * @returns The lengths and what is left over.
 */
export function fitWaferTree(
  wafers: WaferTable<Charges>,
  pairs: number,
  seed: number,
): WaferTreeFit {
  const drawn = pairedWafers(
    wafers,
    randomPairs(wafers.count, pairs, new RandomStream(seed, "pairs")),
  );
  const copies = reconstructWafers(drawn.x, new RandomStream(seed, "reconstructions"));
  const ratios = [drawn.y, copies].map((y) =>
    _ratios(normalise(drawn.x, "fraction"), normalise(y, "fraction"))
  );
  const matrix = new Float64Array(2 * pairs * WAFER_TREE_LENGTHS);
  ratios.forEach((rows, k) => matrix.set(rows, k * rows.length));
  const { solution, residualNorm } = nonNegativeLeastSquares(
    matrix,
    new Float64Array(2 * pairs).fill(1),
  );
  return { weights: solution, relativeError: residualNorm / Math.sqrt(2 * pairs) };
}

/** For each pair what a unit of each length adds to the EMD of the tree, over the exact EMD. */
function _ratios(x: Float64Array, y: Float64Array): Float64Array {
  const exact = waferEmdBatch(x, y).values;
  const unit = (length: number) =>
    Array.from({ length: WAFER_TREE_LENGTHS }, (_, k) => +(k === length));
  const flows = unit(0).map((_, length) => new TreeFlow(waferTree(unit(length))));
  const ratios = new Float64Array(exact.length * WAFER_TREE_LENGTHS);
  exact.forEach((emd, pair) => {
    flows.forEach((flow, length) => {
      const crossed = flow.solve(x, pair * CELLS, y, pair * CELLS);
      ratios[pair * WAFER_TREE_LENGTHS + length] = crossed / emd;
    });
  });
  return ratios;
}
