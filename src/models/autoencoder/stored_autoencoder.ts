/**
 * Trained autoencoders on disk, and as one JSON module.
 *
 * @module
 */
import {
  fromNetworkModule,
  type NetworkFacts,
  type NetworkModule,
  type NetworkStore,
  readNetwork,
  toNetworkModule,
  writeNetwork,
} from "../network_files.ts";
import type { NamedWeights } from "../published/types.ts";
import type { EconFormats } from "../types.ts";
import { type ConditionName, conditionNames } from "./conditions.ts";
import type { DecoderArchitecture } from "./architecture.ts";

/** How an autoencoder is built. */
export interface AutoencoderArchitecture {
  /** Fixed-point formats of the encoder, or `"float"`. */
  readonly formats: EconFormats | "float";
  /** The decoder. */
  readonly decoder: DecoderArchitecture;
  /** What the decoder is told of a wafer besides its latents, in order. */
  readonly conditions: readonly ConditionName[];
}

/** A trained autoencoder as plain data. */
export interface StoredAutoencoder {
  /** How it is built. */
  readonly architecture: AutoencoderArchitecture;
  /** Where its weights come from: loss, seed, checksum of the data, steps, backend, version. */
  readonly provenance: NetworkFacts;
  /** Its weights, by the names that `buildEconAutoencoder` gives them. */
  readonly weights: NamedWeights;
}

/** A trained autoencoder as one JSON value, as that in `data/autoencoder.json` is. */
export type AutoencoderModule = NetworkModule<StoredAutoencoder>;

const FACTS = "autoencoder.json", DOING = "read an autoencoder";

/**
 * Writes an autoencoder to a folder: `autoencoder.json` with architecture and provenance,
 * `weights.json` and `weights.f32` with its weights.
 *
 * @param store Where the folder is.
 * @param folder Path of the folder in the store; empty for the store itself.
 * @param autoencoder The autoencoder.
 * @throws {TypeError} If a weight's values do not fit its shape.
 */
export async function writeAutoencoder(
  store: NetworkStore,
  folder: string,
  autoencoder: StoredAutoencoder,
): Promise<void> {
  await writeNetwork(store, folder, FACTS, autoencoder);
}

/**
 * Reads what {@linkcode writeAutoencoder} wrote.
 *
 * @param store Where the folder is; it is only read.
 * @param folder Path of the folder in the store.
 * @returns The autoencoder; `loadEconAutoencoder` makes it encode.
 * @throws {TypeError} If a file is missing or is no such file.
 * @throws {RangeError} If the weights do not fit their manifest.
 */
export async function readAutoencoder(
  store: Pick<NetworkStore, "read">,
  folder: string,
): Promise<StoredAutoencoder> {
  const { facts, weights } = await readNetwork(store, folder, FACTS, DOING);
  return { ..._checkedFacts(facts), weights };
}

/**
 * An autoencoder as one JSON value.
 *
 * @param autoencoder The autoencoder.
 * @returns The value, for `JSON.stringify`.
 */
export function toAutoencoderModule(autoencoder: StoredAutoencoder): AutoencoderModule {
  return toNetworkModule(autoencoder);
}

/**
 * The autoencoder that {@linkcode toAutoencoderModule} made one JSON value of.
 *
 * @param module The value, as `JSON.parse` or an import returns it; it is checked.
 * @returns The autoencoder.
 * @throws {TypeError} If it is no such value.
 * @throws {RangeError} If the weights do not fit their manifest.
 */
export function fromAutoencoderModule(module: AutoencoderModule): StoredAutoencoder {
  const { weights, ...facts } = fromNetworkModule<StoredAutoencoder>(module, DOING);
  return { ..._checkedFacts(facts), weights };
}

function _checkedFacts(
  facts: Record<string, unknown> | object,
): Omit<StoredAutoencoder, "weights"> {
  const { architecture, provenance } = facts as Partial<StoredAutoencoder>;
  const { formats, decoder, conditions } = architecture ?? {};
  if (
    !_areFormats(formats) || !_isDecoder(decoder) || !_areConditions(conditions) ||
    typeof provenance !== "object" || provenance === null
  ) {
    throw new TypeError(
      `Cannot ${DOING}: it must have an architecture (formats, decoder, conditions) and a provenance`,
    );
  }
  return { architecture: { formats, decoder, conditions }, provenance };
}

function _areFormats(formats: unknown): formats is EconFormats | "float" {
  const { input, weights, hidden, latent } = Object(formats) as Partial<EconFormats>;
  return formats === "float" ||
    [input, weights, hidden, latent].every((format) =>
      Number.isInteger(format?.bits) && Number.isInteger(format?.integer)
    );
}

function _isDecoder(decoder: unknown): decoder is DecoderArchitecture {
  const { kind, units } = Object(decoder) as { kind?: unknown; units?: unknown };
  return kind === "convolutional" ||
    kind === "dense" && Array.isArray(units) && units.every(Number.isInteger);
}

function _areConditions(conditions: unknown): conditions is ConditionName[] {
  const known: readonly unknown[] = conditionNames();
  return Array.isArray(conditions) && conditions.every((name) => known.includes(name));
}
