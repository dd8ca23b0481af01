/**
 * Trained networks on disk, and as one JSON module.
 *
 * @module
 */
import { type RawWeightsManifest, readRawWeights } from "./published/raw_weights.ts";
import { formatRawWeights } from "./published/raw_weights_format.ts";
import type { NamedWeights } from "./published/types.ts";

/** Where networks are kept: any place that reads files and writes them whole. */
export interface NetworkStore {
  /**
   * Reads a file whole.
   *
   * @param path Relative path with `/` between folders.
   * @returns The bytes, or `undefined` when there is no such file.
   */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Writes a file whole or not at all.
   *
   * @param path Relative path with `/` between folders.
   * @param bytes What the file shall hold.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
}

/** Facts by name. */
export type NetworkFacts = Readonly<Record<string, string | number | boolean>>;

/** A network: its weights, and facts of any kind that can be written as JSON. */
export interface Network {
  /** The tensors by name. */
  readonly weights: NamedWeights;
}

/** A network as one JSON value: its facts, and its weights as base64 of float32, little-endian. */
export type NetworkModule<N extends Network> = Omit<N, "weights"> & {
  /** Which tensor lies where. */
  readonly manifest: RawWeightsManifest;
  /** The numbers. */
  readonly weights: string;
};

/** Names of the files with weights in a network's folder. */
const MANIFEST = "weights.json", NUMBERS = "weights.f32";

/**
 * Writes a network to a folder: a file with its facts, and `weights.json` and `weights.f32` with its
 * weights, as `readRawWeights` reads them.
 *
 * @param store Where the folder is.
 * @param folder Path of the folder in the store; empty for the store itself.
 * @param name Name of the file with the facts.
 * @param network Its weights and its facts, which can be written as JSON.
 * @throws {TypeError} If a weight's values do not fit its shape.
 *
 * @example
 * ```ts
 * import { memoryStore } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 * import { readNetwork, writeNetwork } from "./network_files.ts";
 *
 * const weights = new Map([["bias", { shape: [2], values: Float32Array.of(1, 0.5) }]]);
 * const store = memoryStore();
 * await writeNetwork(store, "here", "facts.json", { seed: 1, weights });
 * const { facts } = await readNetwork(store, "here", "facts.json", "read an example");
 * assertEquals(facts, { seed: 1 });
 * ```
 */
export async function writeNetwork<N extends Network>(
  store: NetworkStore,
  folder: string,
  name: string,
  network: N,
): Promise<void> {
  const { weights, ...facts } = network;
  const { manifest, bytes } = formatRawWeights(weights);
  await store.write(_path(folder, NUMBERS), bytes);
  await store.write(_path(folder, MANIFEST), _jsonBytes(manifest));
  // Last: where it is, the others are.
  await store.write(_path(folder, name), _jsonBytes(facts));
}

/**
 * Reads what {@linkcode writeNetwork} wrote.
 *
 * @param store Where the folder is; it is only read.
 * @param folder Path of the folder in the store.
 * @param name Name of the file with the facts.
 * @param doing What is being done, for errors.
 * @returns The facts, not checked, and the weights.
 * @throws {TypeError} If a file is missing or is no such file.
 * @throws {RangeError} If the weights do not fit their manifest.
 */
export async function readNetwork(
  store: Pick<NetworkStore, "read">,
  folder: string,
  name: string,
  doing: string,
): Promise<{ readonly facts: Record<string, unknown>; readonly weights: NamedWeights }> {
  const read = async (file: string) => {
    const path = _path(folder, file), bytes = await store.read(path);
    if (bytes !== undefined) return bytes;
    throw new TypeError(`Cannot ${doing}: there is no file ${path}`);
  };
  const json = async (file: string) => {
    const text = new TextDecoder().decode(await read(file));
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new TypeError(`Cannot ${doing}: ${_path(folder, file)} is not JSON`, { cause });
    }
  };
  const facts = await json(name);
  return { facts, weights: readRawWeights(await json(MANIFEST), await read(NUMBERS)) };
}

/**
 * A network as one JSON value.
 *
 * @param network Its weights and facts.
 * @returns The value, for `JSON.stringify`.
 */
export function toNetworkModule<N extends Network>(
  network: N,
): NetworkModule<N> {
  const { weights, ...facts } = network;
  const { manifest, bytes } = formatRawWeights(weights);
  return { ...facts, manifest, weights: bytes.toBase64() };
}

/**
 * The network that {@linkcode toNetworkModule} made one JSON value of.
 *
 * @param module The value, as `JSON.parse` or an import returns it.
 * @param doing What is being done, for errors.
 * @returns Its weights, and its facts as they are.
 * @throws {TypeError} If it has no weights.
 * @throws {RangeError} If the weights do not fit their manifest.
 */
export function fromNetworkModule<N extends Network>(
  module: NetworkModule<N>,
  doing: string,
): N {
  const { manifest, weights, ...facts } = module;
  if (typeof weights !== "string") {
    throw new TypeError(`Cannot ${doing}: weights must be a text in base64`);
  }
  return {
    ...facts,
    weights: readRawWeights(manifest, Uint8Array.fromBase64(weights)),
  } as unknown as N;
}

function _path(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function _jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value, undefined, 2) + "\n");
}
