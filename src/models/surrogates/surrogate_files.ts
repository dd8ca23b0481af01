/**
 * Trained surrogates on disk, and as one JSON module.
 *
 * @module
 */
import type { CheckpointStore } from "../../tensor/training/types.ts";
import { type RawWeightsManifest, readRawWeights } from "../published/raw_weights.ts";
import { formatRawWeights } from "../published/raw_weights_format.ts";
import type { NamedWeights } from "../published/types.ts";
import type { SurrogateKind } from "./types.ts";

/** Facts by name. */
export type SurrogateFacts = Readonly<Record<string, string | number | boolean>>;

/** A trained surrogate as plain data. */
export interface StoredSurrogate {
  /** How it estimates. */
  readonly kind: SurrogateKind;
  /** What it is built with, such as the units of its layers. */
  readonly options: SurrogateFacts;
  /** Where its weights come from: seed, checksum of the data, steps, backend, version. */
  readonly provenance: SurrogateFacts;
  /** Its weights. */
  readonly weights: NamedWeights;
}

/** A trained surrogate as one JSON value, as those in `data/surrogates` are. */
export interface SurrogateModule extends Omit<StoredSurrogate, "weights"> {
  /** Which tensor lies where. */
  readonly manifest: RawWeightsManifest;
  /** The numbers, base64 of float32, little-endian. */
  readonly weights: string;
}

/** Names of the three files in a surrogate's folder. */
const FILES = { facts: "surrogate.json", manifest: "weights.json", numbers: "weights.f32" };

/**
 * Writes a surrogate to a folder: `surrogate.json` with kind, options and provenance, `weights.json`
 * and `weights.f32` with its weights, as {@linkcode readRawWeights} reads them.
 *
 * @param store Where the folder is.
 * @param folder Path of the folder in the store; empty for the store itself.
 * @param surrogate The surrogate.
 * @throws {TypeError} If a weight's values do not fit its shape.
 *
 * @example
 * ```ts
 * import { memoryStore } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 * import { readSurrogate, type StoredSurrogate, writeSurrogate } from "./surrogate_files.ts";
 *
 * const surrogate: StoredSurrogate = {
 *   kind: "closed_form",
 *   options: {},
 *   provenance: { seed: 1 },
 *   weights: new Map([["terms", { shape: [2], values: Float32Array.of(1, 0.5) }]]),
 * };
 * const store = memoryStore();
 * await writeSurrogate(store, "closed_form", surrogate);
 * assertEquals(await readSurrogate(store, "closed_form"), surrogate);
 * ```
 */
export async function writeSurrogate(
  store: CheckpointStore,
  folder: string,
  surrogate: StoredSurrogate,
): Promise<void> {
  const { weights, ...facts } = surrogate;
  const { manifest, bytes } = formatRawWeights(weights);
  await store.write(_path(folder, FILES.numbers), bytes);
  await store.write(_path(folder, FILES.manifest), _jsonBytes(manifest));
  // Last: where it is, the others are.
  await store.write(_path(folder, FILES.facts), _jsonBytes(facts));
}

/**
 * Reads what {@linkcode writeSurrogate} wrote.
 *
 * @param store Where the folder is.
 * @param folder Path of the folder in the store.
 * @returns The surrogate; {@linkcode loadSurrogate} makes it estimate.
 * @throws {TypeError} If a file is missing or is no such file.
 * @throws {RangeError} If the weights do not fit their manifest.
 */
export async function readSurrogate(
  store: CheckpointStore,
  folder: string,
): Promise<StoredSurrogate> {
  const read = async (name: string) => {
    const path = _path(folder, name), bytes = await store.read(path);
    if (bytes !== undefined) return bytes;
    throw new TypeError(`Cannot read a surrogate: there is no file ${path}`);
  };
  const json = async (name: string) => {
    const text = new TextDecoder().decode(await read(name));
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new TypeError(`Cannot read a surrogate: ${_path(folder, name)} is not JSON`, { cause });
    }
  };
  const facts = _checkedFacts(await json(FILES.facts));
  return {
    ...facts,
    weights: readRawWeights(await json(FILES.manifest), await read(FILES.numbers)),
  };
}

/**
 * A surrogate as one JSON value.
 *
 * @param surrogate The surrogate.
 * @returns The value, for `JSON.stringify`.
 */
export function toSurrogateModule({ weights, ...facts }: StoredSurrogate): SurrogateModule {
  const { manifest, bytes } = formatRawWeights(weights);
  return { ...facts, manifest, weights: bytes.toBase64() };
}

/**
 * The surrogate that {@linkcode toSurrogateModule} made one JSON value of.
 *
 * @param module The value, as `JSON.parse` or an import returns it; it is checked.
 * @returns The surrogate.
 * @throws {TypeError} If it is no such value.
 * @throws {RangeError} If the weights do not fit their manifest.
 */
export function fromSurrogateModule(module: SurrogateModule): StoredSurrogate {
  const facts = _checkedFacts(module);
  if (typeof module.weights !== "string") {
    throw new TypeError("Cannot read a surrogate: weights must be a text in base64");
  }
  const weights = readRawWeights(module.manifest, Uint8Array.fromBase64(module.weights));
  return { ...facts, weights };
}

type _Facts = Omit<StoredSurrogate, "weights">;

/** Kind, options and provenance; what reads the kind knows which there are. */
function _checkedFacts(value: Partial<_Facts>): _Facts {
  const { kind, options, provenance } = value ?? {};
  if (typeof kind !== "string" || !_isRecord(options) || !_isRecord(provenance)) {
    throw new TypeError("Cannot read a surrogate: it must have kind, options and provenance");
  }
  return { kind, options, provenance };
}

function _isRecord(value: SurrogateFacts | undefined): value is SurrogateFacts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function _path(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function _jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value, undefined, 2) + "\n");
}
