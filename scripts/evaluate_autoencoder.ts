/**
 * Autoencoders of the ECON-T, judged by the exact EMD of wafers and their reconstructions, beside
 * codecs of as many bits that need no learning.
 *
 *     deno run --no-prompt --allow-read scripts/evaluate_autoencoder.ts
 *
 * @module
 */
import { basename } from "node:path";
import { codecsAt } from "../src/codecs/mod.ts";
import { readWafers } from "../src/datasets/files_deno.ts";
import {
  chargesOf,
  concatenateWafers,
  filterWafers,
  selectWafers,
  type WaferTable,
} from "../src/datasets/wafer_table.ts";
import { checksum } from "../src/experiments/key.ts";
import { LATENTS } from "../src/models/autoencoder/architecture.ts";
import {
  type AutoencoderEvaluation,
  evaluateAutoencoder,
} from "../src/models/autoencoder/evaluate_autoencoder.ts";
import {
  loadEconAutoencoder,
  type LoadedAutoencoder,
} from "../src/models/autoencoder/load_autoencoder.ts";
import { PUBLISHED_FORMATS } from "../src/models/inference/mod.ts";
import { summarise, summariseByBin } from "../src/numerics/mod.ts";
import { CELLS, occupancies, waferEmdBatch } from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WAFER_OPTIONS } from "./std/common_options.ts";
import { readDistinctWafers, splitToTrain } from "./std/distinct_wafers.ts";
import { NETWORK_HELP, readNetwork } from "./std/read_network.ts";

const OPTIONS = {
  network: {
    kind: "text",
    value: "NAME,...",
    describe: "What to judge, see above",
    default: "default",
  },
  quantised: {
    kind: "flag",
    describe: "Gives the published formats to the encoders of all files of tensors",
  },
  ...WAFER_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/evaluate_autoencoder.ts",
  summary: `\
Compares wafers with what autoencoders make of them, by the exact EMD in half trigger-cell pitches:
median, interval of 68 % and mean, and medians by occupancy and, where there is a column eta, by |eta|.
Tells latents that are zero for all wafers, the part of codes at their largest, outputs without charge
(judged as even wafers) and EMDs that were not proved optimal. Codecs that need no learning stand
beside, at the bits of each quantised network; they were fitted to simulated wafers.

Networks, with commas between:

${NETWORK_HELP}

FILE.json:quantised is a network of tensors whose encoder has the published formats: 5-bit weights, 9-bit
latents. Others are what scripts/export_encoder.ts makes of it with --to json.

Wafers without charge are left out. Where a network was trained on this very file, all are judged by
the wafers that it was not trained on.`,
  permissions: { "--allow-read": "wafers and networks" },
  options: OPTIONS,
  example: "--network default,results/autoencoder --input wafers.csv",
};

/** Options of {@linkcode evaluateAutoencoders}, as given on the command line. */
export type EvaluateAutoencodersOptions = CommandValues<typeof OPTIONS>;

/** A network or a codec, as the tables have it. */
interface _Judged {
  readonly name: string;
  /** Bits of a wafer; none for a float encoder. */
  readonly bits?: number;
  readonly emd: Float64Array;
  /** What is told of networks alone. */
  readonly state?: AutoencoderEvaluation;
}

/** First occupancies and first |eta| of bins, and what is beyond the last one. */
const OCCUPANCIES = [0, 10, 15, 20, 25, 30, CELLS + 1];
const ETAS = [1.4, 1.6, 1.8, 2, 2.2, 2.4, 2.6, 2.8, 3, 3.2];
/** Bits beside float networks. */
const PUBLISHED_BITS = LATENTS * PUBLISHED_FORMATS.latent.bits;

/**
 * Judges autoencoders, and prints tables.
 *
 * @param options The options of the command line.
 * @throws {RangeError} If no network is named, two have one name, or no wafer is left to judge by.
 */
export async function evaluateAutoencoders(options: EvaluateAutoencodersOptions): Promise<void> {
  const networks = await _networks(options);
  const wafers = await _wafers(options, networks);
  const judged = networks.map(({ name, autoencoder }) => _judgeNetwork(name, autoencoder, wafers));
  const budgets = new Set(judged.map(({ bits }) => bits ?? PUBLISHED_BITS));
  for (const bits of [...budgets].sort((a, b) => b - a)) judged.push(..._judgeCodecs(bits, wafers));

  console.log(`${wafers.count.toLocaleString("en")} wafers; EMDs in half trigger-cell pitches\n`);
  console.log(_summaryTable(judged));
  console.log(`\nMedians by number of charged cells\n`);
  console.log(_binTable(judged, occupancies(wafers.charges), OCCUPANCIES));
  const { eta } = wafers.columns;
  if (!(eta instanceof Float64Array)) return;
  console.log(`\nMedians by |eta|\n`);
  console.log(_binTable(judged, eta.map(Math.abs), ETAS));
}

async function _networks({ network, quantised }: EvaluateAutoencodersOptions) {
  const words = network.split(",").map((word) => word.trim()).filter((word) => word !== "");
  if (words.length === 0) {
    throw new RangeError("Cannot evaluate autoencoders: at least one must be named");
  }
  const networks: { name: string; autoencoder: LoadedAutoencoder }[] = [];
  for (const word of words) {
    const path = word.replace(/:quantised$/, ""), name = basename(word);
    if (networks.some((other) => other.name === name)) {
      throw new RangeError(`Cannot evaluate autoencoders: two are called ${name}`);
    }
    const stored = await readNetwork(path, {
      doing: "evaluate autoencoders",
      ...path !== word && { formats: PUBLISHED_FORMATS },
      ...quantised && { otherwise: PUBLISHED_FORMATS },
    });
    networks.push({ name, autoencoder: await loadEconAutoencoder(stored) });
  }
  return networks;
}

/** The wafers with charge, or those of them that no network was trained on. */
async function _wafers(
  { input, order }: EvaluateAutoencodersOptions,
  networks: readonly { readonly autoencoder: LoadedAutoencoder }[],
): Promise<WaferTable> {
  const all = concatenateWafers(await Array.fromAsync(readWafers(input, { order })));
  const charged = filterWafers(all, (wafer) => chargesOf(all, wafer).some((charge) => charge > 0));
  const data = await checksum(await Deno.readFile(input));
  const seeds = new Set(
    networks.map(({ autoencoder: { provenance } }) => provenance)
      .filter((provenance) => provenance.data === data)
      .map(({ seed }) => Number(seed)),
  );
  const wafers = seeds.size === 0 ? charged : await _unseen(input, order, seeds);
  if (wafers.count > 0) return wafers;
  throw new RangeError(`Cannot evaluate autoencoders: ${input} holds no wafer to judge by`);
}

async function _unseen(
  input: string,
  order: EvaluateAutoencodersOptions["order"],
  seeds: ReadonlySet<number>,
): Promise<WaferTable> {
  const distinct = await readDistinctWafers(input, order);
  let numbers = Array.from({ length: distinct.count }, (_, wafer) => wafer);
  for (const seed of seeds) {
    const unseen = new Set(splitToTrain(distinct, seed).validation);
    numbers = numbers.filter((wafer) => unseen.has(wafer));
  }
  console.error(
    `Judging by ${numbers.length} of ${distinct.count} different wafers: those not trained on`,
  );
  return selectWafers(distinct, numbers);
}

function _judgeNetwork(name: string, autoencoder: LoadedAutoencoder, wafers: WaferTable): _Judged {
  const state = evaluateAutoencoder(autoencoder, wafers), { formats } = autoencoder.architecture;
  return {
    name,
    ...formats !== "float" && { bits: LATENTS * formats.latent.bits },
    emd: state.emd,
    state,
  };
}

function _judgeCodecs(bits: number, { charges }: WaferTable): _Judged[] {
  return codecsAt(bits).map((codec) => ({
    name: codec.name,
    bits: codec.bits,
    emd: waferEmdBatch(charges, codec.reconstruct(charges)).values,
  }));
}

function _summaryTable(judged: readonly _Judged[]): string {
  const rows = judged.map(({ name, bits, emd, state }) => {
    const { median, low, high, mean } = summarise(emd);
    return [
      name,
      bits === undefined ? "float" : String(bits),
      ...[median, low, high, mean].map(_emd),
      ...state === undefined ? ["", "", "", ""] : [
        `${state.deadLatents} of ${LATENTS}`,
        `${(100 * state.saturated).toFixed(1)} %`,
        String(state.zeroOutputs),
        String(state.unproved),
      ],
    ];
  });
  const heads = ["", "bits", "median", "16 %", "84 %", "mean"];
  return _table([[...heads, "dead latents", "saturated", "zero outputs", "not proved"], ...rows]);
}

/** Medians in bins of a quantity of the wafers; bins without wafers are left out. */
function _binTable(
  judged: readonly _Judged[],
  values: Float64Array,
  edges: readonly number[],
): string {
  const perNetwork = judged.map(({ emd }) => summariseByBin(emd, values, edges));
  const bins = perNetwork[0].flatMap(({ from, to, count }, bin) => {
    const summaries = perNetwork.map((summaries) => summaries[bin]);
    const name = Number.isInteger(to - from) ? `${from} to ${to - 1}` : `${from} to ${to}`;
    return count === 0 ? [] : [{ name, summaries }];
  });
  return _table([
    ["", "bits", ...bins.map(({ name }) => name)],
    ["wafers", "", ...bins.map(({ summaries }) => summaries[0].count.toLocaleString("en"))],
    ...judged.map(({ name, bits }, k) => [
      name,
      bits === undefined ? "float" : String(bits),
      ...bins.map(({ summaries }) => _emd(summaries[k].median)),
    ]),
  ]);
}

function _emd(value: number): string {
  return value.toFixed(3);
}

/** Rows in Markdown, the first as the head, with columns that line up. */
function _table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) =>
    `| ${
      row.map((cell, k) => k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k])).join(" | ")
    } |`;
  const rule = widths.map((width, k) => k === 0 ? "-".repeat(width) : "-".repeat(width - 1) + ":");
  return [line(rows[0]), line(rule), ...rows.slice(1).map(line)].join("\n");
}

if (import.meta.main) await runCommand(COMMAND, evaluateAutoencoders);
