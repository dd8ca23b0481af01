/**
 * Wafers into the 16 codes of an autoencoder, and codes back into wafers.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/encode.ts
 *
 * @module
 */
import { dirname } from "node:path";
import { readWafers, writeWafers } from "../src/datasets/files_deno.ts";
import type { WaferTable } from "../src/datasets/wafer_table.ts";
import {
  loadEconAutoencoder,
  type LoadedAutoencoder,
} from "../src/models/autoencoder/load_autoencoder.ts";
import { PUBLISHED_FORMATS } from "../src/models/inference/mod.ts";
import { CODE_COLUMNS, codesToWafers, SUM_COLUMN, waferCodes } from "./std/code_tables.ts";
import { readColumns, writeColumns } from "./std/column_tables.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { NETWORK_HELP, readNetwork } from "./std/read_network.ts";

const OPTIONS = {
  to: {
    kind: "choice",
    choices: ["codes", "wafers"],
    describe: "Encode wafers, or decode codes",
    default: "codes",
  },
  input: { ...WAFER_OPTIONS.input, describe: "Wafers or codes, .csv, .parquet or .npz" },
  out: {
    kind: "text",
    value: "FILE",
    describe: "What to write, .csv, .parquet or .npz [default: results/codes.csv or wafers.csv]",
    names: "output file",
  },
  network: {
    kind: "text",
    value: "NAME",
    describe: "The autoencoder, see above",
    default: "default",
  },
  quantised: {
    kind: "flag",
    describe: "Gives the published formats to the encoder of a file of tensors, else a float one",
  },
  integer: {
    kind: "flag",
    describe: "Encodes in integers alone, as on the detector: the same codes",
  },
  order: {
    ...WAFER_OPTIONS.order,
    describe: "How the columns of wafers to encode are numbered",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/encode.ts",
  summary: `\
Encodes the wafers of a file by an autoencoder, or decodes such codes.

  --to codes   reads wafers: columns CALQ_0 to CALQ_47 and any further ones
               writes ${CODE_COLUMNS[0]} to ${
    CODE_COLUMNS.at(-1)
  }, ${SUM_COLUMN} and the further columns
  --to wafers  reads codes and any further columns
               writes CALQ_0 to CALQ_47 (train order) and the further columns

A code is the latent divided by its step, an integer below 2^bits; a float encoder has no step, its
codes are the latents. ${SUM_COLUMN} is the sum of a wafer's charges, by which decoded charges are
multiplied; without that column they are fractions. A wafer without charge has the sum 0 and codes 0.
A decoder that is told more than latents needs the columns that it was trained with.

A network is one of

${NETWORK_HELP}

Files are read and written piece by piece, but for .npz.`,
  permissions: {
    "--allow-read": "input and network, and giving the output its name when it is complete",
    "--allow-write=results": "the output",
  },
  options: OPTIONS,
  example: "--to wafers --input results/codes.csv --out results/decoded.parquet",
};

/** Options of {@linkcode encode}, as given on the command line. */
export type EncodeOptions = CommandValues<typeof OPTIONS>;

/**
 * Encodes or decodes a file.
 *
 * @param options The options of the command line.
 * @throws {TypeError} If a file is not what it should be, or lacks a column.
 * @throws {RangeError} If a code is none of the network's.
 */
export async function encode(options: EncodeOptions): Promise<void> {
  const { to, input, out = `results/${to}.csv`, order, integer } = options;
  const autoencoder = await _autoencoder(options);
  await Deno.mkdir(dirname(out), { recursive: true });
  if (to === "codes") {
    const encodeTable = waferCodes(autoencoder, { integer });
    const isWhole = autoencoder.architecture.formats !== "float";
    const count = await writeColumns(
      out,
      _map(readWafers(input, { order }), encodeTable),
      isWhole ? CODE_COLUMNS : [],
    );
    console.log(`Wrote the codes of ${count.toLocaleString("en")} wafers to ${out}`);
    return;
  }
  if (integer) throw new TypeError("Cannot decode codes: --integer is for --to codes");
  const decodeTable = codesToWafers(autoencoder, input);
  const tables: AsyncIterable<WaferTable> = _map(readColumns(input), decodeTable);
  const count = await writeWafers(out, tables);
  console.log(`Wrote ${count.toLocaleString("en")} wafers to ${out}`);
}

async function _autoencoder({ network, quantised }: EncodeOptions): Promise<LoadedAutoencoder> {
  const stored = await readNetwork(network, {
    doing: "encode wafers",
    ...quantised && { formats: PUBLISHED_FORMATS },
  });
  return await loadEconAutoencoder(stored);
}

async function* _map<A, B>(
  tables: AsyncIterable<A>,
  change: (table: A, row: number) => B,
): AsyncGenerator<B> {
  let row = 0;
  for await (const table of tables) {
    yield change(table, row);
    row += (table as { count: number }).count;
  }
}

if (import.meta.main) await runCommand(COMMAND, encode);
