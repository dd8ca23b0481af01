/**
 * Networks that reach the trigger's comparison from the command line.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  loadEconAutoencoder,
  PUBLISHED_FORMATS,
} from "../../src/models/inference/mod.ts";
import type { CodecNetwork } from "../../src/trigger/mod.ts";
import { rawNumbersPath, readPublishedWeights } from "./published_weights.ts";
import { fileChecksum } from "./run_experiment.ts";

/** A network under its name in figures. */
export interface TriggerNetwork {
  /** Its curve: networks of one name are trained alike, and shown as one. */
  readonly name: string;
  /** Checksum of its weights. */
  readonly checksum: string;
  /** The network. */
  readonly network: CodecNetwork;
}

const DEFAULT_NETWORK = fileURLToPath(new URL("../../data/autoencoder.json", import.meta.url));

/**
 * Reads networks.
 *
 * @param list `NAME=PATH`, with commas between: a path is a folder that
 * `scripts/train_autoencoder.ts` wrote, or the manifest (.json) of published weights, or `default` for
 * the network in data/. "" for none.
 * @param quantised Whether encoders of published weights have the published formats.
 * @returns The networks, in the list's order.
 * @throws {TypeError} If an entry has no name or no path, or a decoder wants to know more than the
 * latents.
 */
export async function readTriggerNetworks(
  list: string,
  quantised: boolean,
): Promise<TriggerNetwork[]> {
  const entries = list.split(",").map((entry) => entry.trim()).filter((entry) => entry !== "");
  return await Promise.all(entries.map((entry) => {
    const [name, path] = entry.split(/=(.*)/);
    if (!name || !path) {
      throw new TypeError(
        `Cannot read networks: each must be NAME=PATH, current one is ${JSON.stringify(entry)}`,
      );
    }
    return path.endsWith(".json") ? _published(name, path, quantised) : _trained(name, path);
  }));
}

async function _published(
  name: string,
  path: string,
  quantised: boolean,
): Promise<TriggerNetwork> {
  const [{ weights }] = await readPublishedWeights(path);
  const autoencoder = econAutoencoderWeights(weights, quantised ? PUBLISHED_FORMATS : undefined);
  return {
    name,
    checksum: await fileChecksum(rawNumbersPath(path)) + (quantised ? " quantised" : ""),
    network: { encoder: autoencoder.encoder, ...econAutoencoderInference(autoencoder) },
  };
}

async function _trained(name: string, path: string): Promise<TriggerNetwork> {
  const isDefault = path === "default";
  const network = await loadEconAutoencoder(isDefault ? undefined : path);
  const { conditions } = network.architecture;
  if (conditions.length > 0) {
    throw new TypeError(
      `Cannot use network ${name}: its decoder must know of the latents alone, ` +
        `current conditions are ${conditions.join(", ")}`,
    );
  }
  return {
    name,
    checksum: await fileChecksum(isDefault ? DEFAULT_NETWORK : `${path}/weights.f32`),
    network,
  };
}
