/**
 * Autoencoders as the command line names them.
 *
 * @module
 */
import { fileReader } from "../../src/models/autoencoder/file_reader_deno.ts";
import { shippedAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import {
  readAutoencoder,
  type StoredAutoencoder,
} from "../../src/models/autoencoder/stored_autoencoder.ts";
import { parseEncoderJson } from "../../src/models/export/encoder_json.ts";
import {
  type EconAutoencoderWeights,
  econAutoencoderWeights,
  type EconFormats,
  type NamedWeights,
  readRawWeights,
} from "../../src/models/inference/mod.ts";
import { rawNumbersPath } from "./published_weights.ts";

/** What a network may be called, for `--help`. */
export const NETWORK_HELP = `\
  default      the network in data/, trained on simulated wafers
  FOLDER       one that scripts/train_autoencoder.ts has trained
  FILE.json    a list of tensors beside their numbers in FILE.f32, or what
               scripts/export_encoder.ts --to json has written
  FILE.h5      a Keras file of an autoencoder`;

/** Options of {@linkcode readNetwork}. */
export interface ReadNetworkOptions {
  /** What is being done, for errors: "Cannot ${doing}: ...". */
  readonly doing: string;
  /** Formats of the encoder, for a file of tensors, which does not say them. */
  readonly formats?: EconFormats | "float";
  /** Those of such a file when none are given. @default "float" */
  readonly otherwise?: EconFormats | "float";
}

/**
 * Reads an autoencoder.
 *
 * @param network `default`, a folder or a file, see {@linkcode NETWORK_HELP}.
 * @param options Formats, where the network does not say them.
 * @returns The network.
 * @throws {TypeError} If it is not what it should be, or formats are given to one that says its own.
 */
export async function readNetwork(
  network: string,
  { doing, formats, otherwise = "float" }: ReadNetworkOptions,
): Promise<StoredAutoencoder> {
  const given = formats ?? otherwise;
  if (/\.(h5|hdf5)$/i.test(network)) {
    const tensors = await _kerasTensors(network);
    return _published(tensors, given);
  }
  const text = /\.json$/i.test(network) ? await Deno.readTextFile(network) : undefined;
  const manifest = text === undefined ? undefined : _parse(text, network, doing);
  if (Array.isArray(manifest?.tensors)) {
    return _published(
      readRawWeights(manifest, await Deno.readFile(rawNumbersPath(network))),
      given,
    );
  }
  if (formats !== undefined) {
    throw new TypeError(`Cannot ${doing}: ${network} says its bits itself, none can be given`);
  }
  if (text !== undefined) return _stored(parseEncoderJson(text));
  return network === "default"
    ? await shippedAutoencoder()
    : await readAutoencoder(fileReader(), network);
}

/** The tensors of a file, with formats for its encoder. */
function _published(tensors: NamedWeights, formats: EconFormats | "float"): StoredAutoencoder {
  return _stored(econAutoencoderWeights(tensors, ...formats === "float" ? [] : [formats]));
}

function _stored({ encoder, decoder }: EconAutoencoderWeights): StoredAutoencoder {
  const layers = {
    "encoder/conv": { ...encoder.conv, shape: [3, 3, 1, 8] },
    "encoder/dense": { ...encoder.dense, shape: [128, 16] },
    "decoder/dense": { ...decoder.dense, shape: [16, 128] },
    "decoder/conv1": { ...decoder.conv1, shape: [3, 3, 8, 8] },
    "decoder/conv2": { ...decoder.conv2, shape: [3, 3, 1, 8] },
  };
  return {
    architecture: {
      formats: encoder.formats ?? "float",
      decoder: { kind: "convolutional" },
      conditions: [],
    },
    provenance: {},
    weights: new Map(
      Object.entries(layers).flatMap(([layer, { kernel, bias, shape }]) => [
        [`${layer}/kernel`, { shape, values: kernel }],
        [`${layer}/bias`, { shape: [bias.length], values: bias }],
      ]),
    ),
  };
}

// deno-lint-ignore no-explicit-any
function _parse(text: string, path: string, doing: string): any {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TypeError(`Cannot ${doing}: ${path} is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * The tensors of a Keras file. The name of the reader is put together here because it needs a package,
 * and Deno downloads what a literal name brings, also when it is never imported.
 */
async function _kerasTensors(path: string): Promise<NamedWeights> {
  const reader = "models/published/keras_weights.ts";
  const { readKerasWeights }: { readKerasWeights(bytes: Uint8Array): Promise<NamedWeights> } =
    await import(new URL(`../../src/${reader}`, import.meta.url).href);
  return await readKerasWeights(await Deno.readFile(path));
}
