import { fileStore } from "../../src/experiments/store_deno.ts";
import {
  readSurrogate,
  type StoredSurrogate,
} from "../../src/models/surrogates/surrogate_files.ts";
import { surrogateKinds } from "../../src/models/surrogates/surrogate_recipes.ts";
import { didYouMean } from "./nearest_word.ts";

/**
 * Reads a surrogate that `scripts/train_surrogate.ts` has trained.
 *
 * @param folder Its folder, or what somebody took for the name of a shipped one.
 * @returns The surrogate.
 * @throws {TypeError} If it is no such folder; the error names it, and the kind that may have been meant.
 * @throws {RangeError} If the weights do not fit their manifest.
 */
export async function readSurrogateFolder(folder: string): Promise<StoredSurrogate> {
  const store = fileStore(folder);
  if (await store.read("surrogate.json") !== undefined) return await readSurrogate(store, "");
  throw new TypeError(
    `Cannot read a surrogate: there is no file ${folder}/surrogate.json` +
      didYouMean(folder, surrogateKinds()),
  );
}
