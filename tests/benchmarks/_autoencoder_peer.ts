/**
 * PyTorch and POT in a Python process beside ours, training the same autoencoder on the same wafers.
 *
 * @module
 */
import type { WaferTable } from "../../src/datasets/mod.ts";
import type { AutoencoderRecipe } from "../../src/models/mod.ts";
import { CELLS, normalise, toEncodingA, waferDistances } from "../../src/wafer/mod.ts";

/** What the peer trains. */
export interface PeerTraining {
  /** Wafers to learn from. */
  readonly wafers: WaferTable;
  /** Wafers that it reconstructs afterwards. */
  readonly apart: WaferTable;
  /** Batch, peak of the rate, first biases. */
  readonly recipe: AutoencoderRecipe;
  /** Steps in which the rate rises. */
  readonly warmUp: number;
  /** Steps in all. */
  readonly steps: number;
  /** Seed. */
  readonly seed: number;
  /** Threads of PyTorch and processes that solve EMDs. Default: the fastest of four forms is found. */
  readonly form?: PeerForm | undefined;
}

/** Threads of PyTorch, and processes that solve EMDs. */
export type PeerForm = readonly [threads: number, processes: number];

/** What came of it. */
export interface PeerResult {
  /** Versions by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** The form in which it ran. */
  readonly form: PeerForm;
  /** Forms that were tried: threads, processes, milliseconds a step. */
  readonly trials: readonly (readonly number[])[];
  /** Seconds of all steps. */
  readonly seconds: number;
  /** Milliseconds of the parts of a step, by name: medians. */
  readonly parts: Readonly<Record<string, number>>;
  /** Reconstructions of the wafers apart, 48 charges each of any sum. */
  readonly reconstructions: Float32Array;
}

/**
 * Trains in the peer.
 *
 * @param python The Python to run it with.
 * @param training What to train.
 * @returns What came of it, or the reason why nothing did.
 */
export async function trainPeer(
  python: string,
  training: PeerTraining,
): Promise<PeerResult | string> {
  const { wafers, apart, recipe, ...settings } = training;
  const { batchSize: batch, latentBias, outputBias, rate } = recipe;
  const request = {
    ...settings,
    rows: wafers.count,
    held: apart.count,
    batch,
    latentBias,
    outputBias,
    ...rate,
  };
  const script = new URL("./autoencoder_peer.py", import.meta.url).pathname;
  let output: Deno.CommandOutput;
  try {
    const command = new Deno.Command(python, {
      args: [script],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    });
    const process = command.spawn(), input = process.stdin.getWriter();
    const ended = process.output();
    await input.write(new TextEncoder().encode(JSON.stringify(request) + "\n"));
    for (const array of [waferDistances(), _pixels(), _rows(wafers), _rows(apart)]) {
      // Who lacks a package ends without reading.
      await input.write(new Uint8Array(array.buffer)).catch(() => {});
    }
    await input.close().catch(() => {});
    output = await ended;
  } catch (error) {
    return `${python} cannot be run: ${(error as Error).message}`;
  }
  const { success, stdout, stderr } = output;
  if (!success) return new TextDecoder().decode(stderr).trim().split("\n").at(-1)!;
  const end = stdout.indexOf(10) + 1;
  const { missing, ...result } = JSON.parse(new TextDecoder().decode(stdout.subarray(0, end)));
  if (missing !== undefined) {
    return `${python} lacks a package: ${missing} (on Debian: python3-torch, python3-pot)`;
  }
  return { ...result, reconstructions: new Float32Array(stdout.slice(end).buffer) };
}

/** Charges as the network sees them. */
function _rows({ charges }: WaferTable): Float32Array<ArrayBuffer> {
  return Float32Array.from(normalise(charges, "power_of_two"));
}

/** The pixel of each cell in the image of encoding A. */
function _pixels(): Int32Array<ArrayBuffer> {
  return Int32Array.from(
    { length: CELLS },
    (_, cell) => toEncodingA(new Float64Array(CELLS).with(cell, 1)).indexOf(1),
  );
}
