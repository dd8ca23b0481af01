/**
 * Trained surrogates on disk, and as one JSON module.
 *
 * @module
 */
import type { CheckpointStore } from "../../tensor/training/types.ts";
import {
  fromNetworkModule,
  type NetworkFacts,
  type NetworkModule,
  readNetwork,
  toNetworkModule,
  writeNetwork,
} from "../network_files.ts";
import type { NamedWeights } from "../published/types.ts";
import type { SurrogateKind } from "./types.ts";

/** A trained surrogate as plain data. */
export interface StoredSurrogate {
  /** How it estimates. */
  readonly kind: SurrogateKind;
  /** What it is built with, such as the units of its layers. */
  readonly options: NetworkFacts;
  /** Where its weights come from: seed, checksum of the data, steps, backend, version. */
  readonly provenance: NetworkFacts;
  /** Its weights. */
  readonly weights: NamedWeights;
}

/** A trained surrogate as one JSON value, as those in `data/surrogates` are. */
export type SurrogateModule = NetworkModule<StoredSurrogate>;

/** Which of the files in its folder tells what it is. */
const FACTS = "surrogate.json";

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
  await writeNetwork(store, folder, FACTS, surrogate);
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
  const { facts, weights } = await readNetwork(store, folder, FACTS, "read a surrogate");
  return { ..._checkedFacts(facts), weights };
}

/**
 * A surrogate as one JSON value.
 *
 * @param surrogate The surrogate.
 * @returns The value, for `JSON.stringify`.
 */
export function toSurrogateModule(surrogate: StoredSurrogate): SurrogateModule {
  return toNetworkModule(surrogate);
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
  const { weights, ...facts } = fromNetworkModule(module, "read a surrogate");
  return { ..._checkedFacts(facts), weights };
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

function _isRecord(value: NetworkFacts | undefined): value is NetworkFacts {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
