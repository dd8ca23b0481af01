/**
 * Networks that experiments share: each is trained once, and found again by whoever needs the same.
 *
 * @module
 */
import { canonicalJson, type JsonObject } from "../../src/experiments/canonical_json.ts";
import { checksum } from "../../src/experiments/key.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import {
  readAutoencoder,
  type StoredAutoencoder,
  writeAutoencoder,
} from "../../src/models/autoencoder/stored_autoencoder.ts";
import type { BackendName } from "../../src/tensor/backend.ts";
import type { AutoencoderJob } from "./autoencoder_job.ts";
import { codeVersion } from "./code_checksum.ts";
import { trainStarts } from "./train_starts.ts";

/** The module that trains, in workers: a network is found again as long as its code is the same. */
const TRAINING = new URL("./train_starts.ts", import.meta.url);

/** A training that is wanted; its name in results and messages comes with it. */
export interface WantedNetwork extends Omit<AutoencoderJob, "checkpoint"> {
  /** What it is called, for example the name of its loss. */
  readonly name: string;
}

/** Options of {@linkcode trainedNetworks}. */
export interface TrainedNetworksOptions {
  /** Folder of results; networks lie in `networks/KEY` below it. */
  readonly results: string;
  /** The backend of every worker. */
  readonly backend: BackendName;
  /** What computes, in words. */
  readonly description: string;
  /** Whether to train again what is there. */
  readonly force?: boolean;
  /** Told how many of the steps of all missing networks are done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Trains networks side by side, but for those that have been trained before from the same wafers with
 * the same loss, architecture, recipe, seed and steps by the same code on the same backend. A training
 * that was cut off goes on from its checkpoint.
 *
 * @param wanted The trainings.
 * @param options Where networks are kept, backend, progress.
 * @returns The networks, in the order of the trainings.
 * @throws {Error} If a training diverges.
 */
export async function trainedNetworks(
  wanted: readonly WantedNetwork[],
  options: TrainedNetworksOptions,
): Promise<StoredAutoencoder[]> {
  const { results, backend, description, force = false, onProgress } = options;
  const store = fileStore(results);
  const version = await codeVersion(TRAINING);
  const folders = await Promise.all(wanted.map((job) => networkFolder(job, description)));
  const isThere = await Promise.all(
    folders.map(async (folder) =>
      !force && await store.read(`${folder}/autoencoder.json`) !== undefined
    ),
  );
  const missing = wanted.keys().filter((k) => !isThere[k]).toArray();
  const steps = missing.map(() => 0);
  const total = missing.reduce((sum, k) => sum + wanted[k].steps, 0);
  const jobs = missing.map((k) => ({
    ...wanted[k],
    checkpoint: { folder: `${results}/${folders[k]}`, name: "checkpoint", resume: !force },
  }));
  await trainStarts(jobs, {
    backend,
    onProgress: ({ job, step }) => {
      steps[job] = step;
      onProgress?.(steps.reduce((a, b) => a + b), total);
    },
    onTrained: async ({ weights, history }, job) => {
      const { architecture, seed, loss, steps } = jobs[job];
      await writeAutoencoder(store, folders[missing[job]], {
        architecture,
        provenance: {
          loss: typeof loss === "string" ? loss : loss.kind,
          seed,
          steps,
          lastLoss: history.at(-1)!.loss,
          backend: description,
          version,
        },
        weights,
      });
    },
  });
  return await Promise.all(folders.map((folder) => readAutoencoder(store, folder)));
}

/**
 * Where {@linkcode trainedNetworks} keeps a network.
 *
 * @param job The training.
 * @param backend What computes, in words: networks of two backends are not the same to the last bit.
 * @returns Path of its folder in the folder of results.
 */
export async function networkFolder(
  job: Omit<AutoencoderJob, "checkpoint">,
  backend: string,
): Promise<string> {
  return `networks/${await trainingKey(job, backend)}`;
}

/**
 * What a network depends on, as one word: equal trainings have equal keys.
 *
 * @param job The training.
 * @param backend What computes, where that matters.
 * @returns Sixteen hexadecimal digits.
 */
export async function trainingKey(
  job: Omit<AutoencoderJob, "checkpoint">,
  backend = "",
): Promise<string> {
  const { wafers, architecture, loss, recipe, steps, seed, start } = job;
  const numbers = async (arrays: readonly Iterable<number>[]) =>
    await checksum(
      new Uint8Array(
        Float64Array.from(arrays.flatMap((array) => [...array])).buffer,
      ),
    );
  const text = canonicalJson({
    wafers: await numbers([wafers.charges]),
    conditions: await numbers(
      architecture.conditions.map((name) => Array.from(wafers.columns[name] ?? [], Number)),
    ),
    architecture: architecture as unknown as JsonObject,
    loss: typeof loss === "string" ? loss : await numbers(_values(loss.weights)),
    options: typeof loss === "string" ? {} : loss.options,
    recipe: recipe as unknown as JsonObject,
    steps,
    seed,
    backend,
    start: start === undefined ? "" : await numbers(_values(start.weights)),
    version: await codeVersion(TRAINING),
  });
  return (await checksum(new TextEncoder().encode(text))).slice(0, 16);
}

function _values(weights: StoredAutoencoder["weights"]): Float32Array[] {
  return weights.values().map(({ values }) => values).toArray();
}
