/**
 * Surrogates by what the command line calls them.
 *
 * @module
 */
import { basename } from "node:path";
import { closedForm } from "../../src/models/surrogates/closed_form.ts";
import { type Estimator, exactEstimator } from "../../src/models/surrogates/evaluation_exact.ts";
import type { StoredSurrogate } from "../../src/models/surrogates/surrogate_files.ts";
import type { SurrogateKind } from "../../src/models/surrogates/types.ts";
import type { BackendName } from "../../src/tensor/backend.ts";
import type { Telling } from "./experiment_events.ts";

/** A surrogate, with what it is called and where it comes from. */
export interface NamedSurrogate {
  /** What tables call it. */
  readonly name: string;
  /** The surrogate. */
  readonly estimator: Estimator;
  /** What its estimates depend on, as text: the same for the same weights. */
  readonly identity: string;
  /** Seed and checksum of the file that it was trained on, where they are known. */
  readonly trainedOn?: { readonly seed: number; readonly data: string };
}

/** Kinds of which one is shipped in `data/surrogates` and needs tensors. */
const _SHIPPED: readonly string[] = ["scale_free", "dual_potential"] satisfies SurrogateKind[];

/**
 * Makes ready what a list names:
 *
 * - `exact`: the exact solver;
 * - a kind, such as `closed_form`: the one that is shipped;
 * - `published:FILE.json`: an EMD CNN by the manifest of its weights;
 * - anything else: a folder of `scripts/train_surrogate.ts`.
 *
 * Tensors are loaded only where one of them needs them.
 *
 * @param list The names, with commas between.
 * @param backend What computes tensors.
 * @param telling How much is said. Default: for people.
 * @returns The surrogates in the list's order, and what computes.
 * @throws {RangeError} If the list is empty, or two have one name.
 */
export async function namedSurrogates(
  list: string,
  backend: BackendName,
  telling: Telling = {},
): Promise<{ surrogates: NamedSurrogate[]; backend: string }> {
  const words = list.split(",").map((word) => word.trim()).filter((word) => word !== "");
  if (words.length === 0) {
    throw new RangeError("Cannot evaluate surrogates: at least one must be named");
  }
  const started = words.some(_needsTensors)
    ? await (await import("./start_backend.ts")).startBackend(backend, telling)
    : "typescript";
  const surrogates: NamedSurrogate[] = [];
  for (const word of words) {
    const surrogate = await _surrogate(word);
    if (surrogates.some(({ name }) => name === surrogate.name)) {
      throw new RangeError(`Cannot evaluate surrogates: two are called ${surrogate.name}`);
    }
    surrogates.push(surrogate);
  }
  return { surrogates, backend: started };
}

/** A folder may hold one that needs none; that is not known before it is read. */
function _needsTensors(word: string): boolean {
  return word !== "exact" && word !== "closed_form";
}

async function _surrogate(word: string): Promise<NamedSurrogate> {
  if (word === "exact") return { name: word, estimator: exactEstimator(), identity: word };
  if (word === "closed_form") {
    const estimator = closedForm();
    return { name: word, estimator, identity: JSON.stringify(estimator.terms) };
  }
  if (word.startsWith("published:")) return await _published(word.slice("published:".length));
  const files = await import("../../src/models/surrogates/surrogate_files.ts");
  const { loadSurrogate, shippedSurrogate } = await import(
    "../../src/models/surrogates/load_surrogate.ts"
  );
  const stored = _SHIPPED.includes(word)
    ? await shippedSurrogate(word as SurrogateKind)
    : await (await import("./surrogate_folder.ts")).readSurrogateFolder(word);
  return {
    name: basename(word),
    estimator: await loadSurrogate(stored),
    identity: JSON.stringify(files.toSurrogateModule(stored)),
    ..._origin(stored),
  };
}

function _origin({ provenance }: StoredSurrogate): Pick<NamedSurrogate, "trainedOn"> {
  const { seed, data } = provenance;
  return typeof seed === "number" && typeof data === "string" ? { trainedOn: { seed, data } } : {};
}

async function _published(path: string): Promise<NamedSurrogate> {
  const { readPublishedWeights, rawNumbersPath } = await import("./published_weights.ts");
  const { emdCnnWeights } = await import("../../src/models/inference/mod.ts");
  const { emdCnnSurrogate } = await import("../../src/models/surrogates/emd_cnn_surrogate.ts");
  const { fileChecksum } = await import("./run_experiment.ts");
  const [{ name, weights }] = await readPublishedWeights(path);
  return {
    name,
    estimator: emdCnnSurrogate(emdCnnWeights(weights)),
    identity: await fileChecksum(rawNumbersPath(path)),
  };
}
