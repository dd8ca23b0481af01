/**
 * Surrogates to train autoencoders with, by what the command line calls them.
 *
 * @module
 */
import { basename } from "node:path";
import { checksum } from "../../src/experiments/mod.ts";
import { emdCnnWeights } from "../../src/models/inference/mod.ts";
import { shippedSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import type { StoredSurrogate } from "../../src/models/surrogates/surrogate_files.ts";
import { surrogateKinds } from "../../src/models/surrogates/surrogate_recipes.ts";
import { readPublishedWeights } from "./published_weights.ts";
import { storedEmdCnn } from "./stored_emd_cnn.ts";
import { readSurrogateFolder } from "./surrogate_folder.ts";

/** A surrogate with its name. */
export interface LossSurrogate {
  /** What tables call it. */
  readonly name: string;
  /** The surrogate. */
  readonly stored: StoredSurrogate;
}

/** What is named; paths and kinds with commas between. */
export interface LossSurrogateLists {
  /** Kinds that are shipped, and folders of `scripts/train_surrogate.ts`. */
  readonly surrogates: string;
  /** Manifests of published EMD CNNs. */
  readonly published: string;
}

/**
 * Reads surrogates. A backend must be in use.
 *
 * @param lists Their names.
 * @returns The surrogates, in the order of the lists.
 * @throws {RangeError} If there is none, or two have one name.
 */
export async function lossSurrogates(lists: LossSurrogateLists): Promise<LossSurrogate[]> {
  const kinds: readonly string[] = surrogateKinds(), found: LossSurrogate[] = [];
  for (const word of lists.surrogates.split(",").map((word) => word.trim()).filter(Boolean)) {
    const kind = surrogateKinds()[kinds.indexOf(word)];
    const stored = kind ? await shippedSurrogate(kind) : await readSurrogateFolder(word);
    found.push({ name: basename(word), stored });
  }
  for (const { name, weights } of await readPublishedWeights(lists.published)) {
    found.push({ name, stored: await storedEmdCnn(emdCnnWeights(weights), { source: name }) });
  }
  const names = found.map(({ name }) => name);
  const twice = names.find((name, k) => names.indexOf(name) < k);
  if (names.length > 0 && twice === undefined) return found;
  throw new RangeError(
    `Cannot train with surrogates: ` +
      (twice === undefined ? "at least one must be named" : `two are called ${twice}`),
  );
}

/**
 * What tells surrogates from others of the same name.
 *
 * @param surrogates The surrogates.
 * @returns Checksums of their weights, by name.
 */
export async function checksums(
  surrogates: readonly LossSurrogate[],
): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(
      surrogates.map(async ({ name, stored }) => [name, await surrogateChecksum(stored)]),
    ),
  );
}

/**
 * What tells a surrogate from others of its kind.
 *
 * @param surrogate The surrogate.
 * @returns Checksum of its weights.
 */
export async function surrogateChecksum({ weights }: StoredSurrogate): Promise<string> {
  const numbers = Float32Array.from(weights.values().flatMap(({ values }) => values));
  return await checksum(new Uint8Array(numbers.buffer));
}
