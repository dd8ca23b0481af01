/**
 * Pairs of wafers with exact EMDs and gradients, to train surrogates on, here or in Python.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/label_pairs.ts
 *
 * @module
 */
import { dirname } from "node:path";
import { emdLabels } from "../src/datasets/pairs/emd_labels.ts";
import { readWafers } from "../src/datasets/files_deno.ts";
import type { LabelledPairs } from "../src/datasets/pairs/labelled_pairs.ts";
import { nearPairs } from "../src/datasets/pairs/near_pairs.ts";
import { pairFileFormat, pairFilePieces } from "../src/datasets/pairs/pair_files.ts";
import {
  allPairs,
  type PairedWafers,
  pairedWafers,
  randomPairs,
} from "../src/datasets/pairs/pairs.ts";
import { pairsAmong, pairsUnseen } from "../src/datasets/pairs/split_pairs.ts";
import { splitWafers, type WaferSplit } from "../src/datasets/pairs/splits.ts";
import {
  chargesOf,
  concatenateWafers,
  selectWafers,
  type WaferTable,
  waferTable,
} from "../src/datasets/wafer_table.ts";
import { writeWholeFile } from "../src/datasets/formats/whole_file_deno.ts";
import { RandomStream } from "../src/numerics/mod.ts";
import { type CellOrder, CELLS } from "../src/wafer/mod.ts";
import { type Command, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS, WORKERS_OPTION } from "./std/common_options.ts";
import { ProgressBar } from "./std/progress_bar.ts";

const OPTIONS = {
  input: WAFER_OPTIONS.input,
  order: {
    ...WAFER_OPTIONS.order,
    describe: "How the columns are numbered; pairs are written in train order",
  },
  kind: {
    kind: "choice",
    choices: ["random", "all", "near", "reconstruction"],
    describe: "Which pairs, see above",
    default: "random",
  },
  reconstructions: {
    kind: "text",
    value: "FILE",
    describe: "For kind reconstruction: row k is the reconstruction of row k of the input",
    names: "input",
  },
  pairs: {
    kind: "integer",
    describe: "Pairs of both sides together; of kinds all and reconstruction the most allowed",
    least: 2,
    default: 340_000,
  },
  wafers: {
    kind: "integer",
    describe: "Use only so many wafers, drawn at random; 0 for all",
    least: 0,
    default: 0,
  },
  "both-orders": {
    kind: "flag",
    describe: "Kind all: (x, y) and (y, x), and each wafer by itself",
  },
  "train-percent": {
    kind: "integer",
    describe: "Part of the wafers, and of the pairs, to train on",
    least: 1,
    default: 70,
  },
  "split-by": {
    kind: "choice",
    choices: ["wafer", "event"],
    describe: "Keep same wafers on one side, or all wafers of an event (needs a column event)",
    default: "wafer",
  },
  gradients: { kind: "flag", describe: "Write the gradient of each EMD in y too" },
  output: {
    kind: "text",
    value: "FILE",
    describe: "File to write: .npz, .parquet or .csv",
    default: "results/pairs.npz",
    names: "output file",
  },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 1 },
  workers: WORKERS_OPTION,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/label_pairs.ts",
  summary: `\
Makes pairs of wafers to train surrogates on, computes their exact EMDs on all cores, and writes
both to a file that NumPy or pandas reads:

  pairs = numpy.load("results/pairs.npz")
  train = pairs["split"] == 0
  x, y, emd = pairs["x"][train], pairs["y"][train], pairs["emd"][train]

Kinds of pairs:
  random          two different wafers of the input, drawn at random
  all             all pairs of wafers of the input, each once
  near            a wafer and a copy of it that is smeared, shifted by a trigger cell, or thinned
  reconstruction  a wafer and what an autoencoder made of it, from a second file

Arrays in the file, for N pairs, those to train on first:
  x, y            [N, 48]  float32  charges in train order, as they were given
  emd             [N]      float64  exact EMD in half trigger-cell pitches; 0 for proportional wafers
  gradient        [N, 48]  float32  d emd / d y, with --gradients; dividing y by its sum is part of
                                    what is differentiated
  first, second   [N]      uint32   rows of the wafers in their files, from 0; for near pairs second
                                    is the row of the wafer that was copied
  split           [N]      uint8    0 to train on, 1 to validate with

Parquet and CSV have a column for each number instead: X_0 to X_47, Y_0 to Y_47, EMD, GRADIENT_0 to
GRADIENT_47, FIRST, SECOND, SPLIT.

Wafers are split first, then paired on each side: no wafer stands on both, nor one that differs from
it in scale alone. Training pairs of near and reconstruction with a wafer that also occurs in
validation pairs are left out. Wafers without charge are left out. Labels are those of x and y as
written, after rounding to float32; counts up to 16 million are exact. Equal options give equal bytes,
on any number of workers.`,
  permissions: {
    "--allow-read": "the input files, this project's src (workers), and the output's folder",
    "--allow-write=results": "the output",
  },
  options: OPTIONS,
  example: "--input wafers.csv --kind near --gradients",
};

/** Options of {@linkcode labelPairs}, as given on the command line. */
export interface LabelPairsOptions {
  input: string;
  order: CellOrder;
  kind: "random" | "all" | "near" | "reconstruction";
  reconstructions: string | undefined;
  pairs: number;
  wafers: number;
  "both-orders": boolean;
  "train-percent": number;
  "split-by": "wafer" | "event";
  gradients: boolean;
  output: string;
  seed: number;
  workers: number;
}

/** Wafers with charge, and where each was in its file. */
interface _Wafers {
  readonly table: WaferTable;
  /** Row of each wafer, from 0. */
  readonly rows: Uint32Array;
  /** Reconstructions of the same wafers. */
  readonly reconstructions?: WaferTable;
}

/** The pairs of one side: charges, and numbers of the wafers that they came from. */
interface _Side extends PairedWafers {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

if (import.meta.main) await runCommand(COMMAND, labelPairs);

/**
 * Makes pairs, labels them and writes them to a file, which appears when it is complete.
 *
 * @param options The options of the command line.
 */
export async function labelPairs(options: LabelPairsOptions): Promise<void> {
  const { seed, output } = options;
  const format = pairFileFormat(output);
  _check(options);
  const wafers = await _readInput(options);
  const split = splitWafers(wafers.table, {
    share: options["train-percent"] / 100,
    by: options["split-by"],
    stream: new RandomStream(seed, "split of wafers"),
  });
  if (split.leftOut.length > 0) {
    const known = _count(split.leftOut.length);
    console.error(`Left out ${known} wafers of validation events that are also ones to train on`);
  }
  const [train, validation] = _pairsOfSides(wafers, split, options);
  const labelled = await _label([train, validation], wafers.rows, options);
  await Deno.mkdir(dirname(output), { recursive: true });
  await writeWholeFile(output, pairFilePieces(labelled, format), "pairs");
  const sides = `${_count(train.count)} to train on, ${_count(validation.count)} to validate with`;
  console.log(`Wrote ${_count(labelled.count)} pairs (${sides}) to ${output}`);
}

function _check({ kind, reconstructions, "train-percent": percent, ...more }: LabelPairsOptions) {
  const fail = (problem: string) => {
    throw new RangeError(`Cannot label pairs: ${problem}`);
  };
  if (percent > 99) fail(`--train-percent must be below 100, current value is ${percent}`);
  if ((kind === "reconstruction") !== (reconstructions !== undefined)) {
    fail(`kind reconstruction and --reconstructions go together, current kind is ${kind}`);
  }
  if (more["both-orders"] && kind !== "all") {
    fail(`--both-orders is for kind all, current kind is ${kind}`);
  }
}

async function _readInput(options: LabelPairsOptions): Promise<_Wafers> {
  const { order, input } = options;
  const read = async (path: string) =>
    concatenateWafers(await Array.fromAsync(readWafers(path, { order })));
  const table = await read(input);
  const decoded = options.reconstructions === undefined
    ? undefined
    : await read(options.reconstructions);
  if (decoded !== undefined && decoded.count !== table.count) {
    throw new RangeError(
      `Cannot pair wafers with reconstructions: there must be one for each of ${table.count} wafers, ` +
        `current number is ${decoded.count}`,
    );
  }
  const hasCharge = (wafers: WaferTable, wafer: number) =>
    chargesOf(wafers, wafer).some((charge) => charge > 0);
  let rows = Uint32Array.from({ length: table.count }, (_, row) => row)
    .filter((row) => hasCharge(table, row) && (decoded === undefined || hasCharge(decoded, row)));
  if (rows.length < table.count) {
    console.error(`Left out ${_count(table.count - rows.length)} wafers without charge`);
  }
  if (options.wafers > rows.length) {
    throw new RangeError(
      `Cannot draw ${options.wafers} wafers from ${input}: ` +
        `it must hold as many with charge, current number is ${rows.length}`,
    );
  }
  if (options.wafers > 0) {
    const shuffled = new RandomStream(options.seed, "wafers to pair").shuffle(rows);
    rows = shuffled.slice(0, options.wafers).sort();
  }
  return {
    table: selectWafers(table, rows),
    rows,
    ...(decoded === undefined ? {} : { reconstructions: selectWafers(decoded, rows) }),
  };
}

function _pairsOfSides(
  wafers: _Wafers,
  split: WaferSplit,
  options: LabelPairsOptions,
): [train: _Side, validation: _Side] {
  const toTrain = Math.round(options.pairs * options["train-percent"] / 100);
  _checkNumber(split, options);
  const train = _pairsAmong(wafers, split.train, toTrain, 0, options);
  const validation = _pairsAmong(wafers, split.validation, options.pairs - toTrain, 1, options);
  // Two different wafers of either side may have copies or reconstructions in common.
  if (options.kind === "random" || options.kind === "all") return [train, validation];
  const unseen = pairsUnseen(train, validation);
  if (unseen.length < train.count) {
    const seen = _count(train.count - unseen.length);
    console.error(`Left out ${seen} training pairs with a wafer that is also in validation pairs`);
  }
  return [_selectPairs(train, unseen), validation];
}

/** Kinds that take all pairs there are must not take more than is wanted. */
function _checkNumber({ train, validation }: WaferSplit, options: LabelPairsOptions): void {
  const pairsOf: Partial<Record<LabelPairsOptions["kind"], (wafers: number) => number>> = {
    all: (wafers) => options["both-orders"] ? wafers ** 2 : wafers * (wafers - 1) / 2,
    reconstruction: (wafers) => wafers,
  };
  const among = pairsOf[options.kind];
  if (among === undefined) return;
  const total = among(train.length) + among(validation.length);
  if (total <= options.pairs) return;
  throw new RangeError(
    `Cannot take all pairs: --pairs allows ${options.pairs}, current number is ${total}; ` +
      `allow more, or use fewer wafers with --wafers`,
  );
}

/** Pairs among some of the wafers. */
function _pairsAmong(
  { table, reconstructions }: _Wafers,
  numbers: Uint32Array,
  count: number,
  side: 0 | 1,
  { kind, seed, "both-orders": bothOrders }: LabelPairsOptions,
): _Side {
  const stream = new RandomStream(seed, `${kind} pairs`, side);
  switch (kind) {
    case "random": {
      const pairs = pairsAmong(numbers, randomPairs(numbers.length, count, stream));
      return { ...pairs, ...pairedWafers(table, pairs) };
    }
    case "all": {
      const pairs = pairsAmong(numbers, allPairs(numbers.length, { self: bothOrders, bothOrders }));
      return { ...pairs, ...pairedWafers(table, pairs) };
    }
    case "near": {
      const near = nearPairs(selectWafers(table, numbers), count, stream);
      const first = near.first.map((place) => numbers[place]);
      return { count, x: near.x, y: near.y, first, second: first };
    }
    case "reconstruction": {
      const pairs = { first: numbers, second: numbers };
      return { ...pairs, ...pairedWafers(table, pairs, reconstructions) };
    }
  }
}

function _selectPairs(side: _Side, numbers: Uint32Array): _Side {
  if (numbers.length === side.count) return side;
  const [x, y] = [waferTable(side.x), waferTable(side.y)];
  return {
    ...pairedWafers(x, { first: numbers, second: numbers }, y),
    first: numbers.map((pair) => side.first[pair]),
    second: numbers.map((pair) => side.second[pair]),
  };
}

/** Pairs of both sides with their EMDs. */
async function _label(
  sides: readonly _Side[],
  rows: Uint32Array,
  { gradients, workers }: LabelPairsOptions,
): Promise<LabelledPairs> {
  const count = sides.reduce((sum, side) => sum + side.count, 0);
  const x = new Float32Array(count * CELLS), y = new Float32Array(count * CELLS);
  const first = new Uint32Array(count), second = new Uint32Array(count);
  const split = new Uint8Array(count);
  let filled = 0;
  for (const [number, side] of sides.entries()) {
    x.set(side.x, filled * CELLS);
    y.set(side.y, filled * CELLS);
    first.set(side.first.map((wafer) => rows[wafer]), filled);
    second.set(side.second.map((wafer) => rows[wafer]), filled);
    split.fill(number, filled, filled + side.count);
    filled += side.count;
  }
  const bar = new ProgressBar({ max: count, label: "EMDs" });
  const labels = await emdLabels({ x, y }, {
    gradients,
    ...(workers === 0 ? {} : { workers }),
    onProgress: (done) => bar.value = done,
  });
  bar.stop();
  return { count, x, y, ...labels, first, second, split };
}

function _count(count: number): string {
  return count.toLocaleString("en");
}
