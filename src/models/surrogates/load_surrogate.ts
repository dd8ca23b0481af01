import {
  fromSurrogateModule,
  type StoredSurrogate,
  type SurrogateModule,
} from "./surrogate_files.ts";
import { surrogateRecipe } from "./surrogate_recipes.ts";
import type { Surrogate, SurrogateKind } from "./types.ts";

/**
 * A trained surrogate, ready to estimate.
 *
 * @param source A kind, for the one of this kind in `data/surrogates`, trained on simulated wafers; or
 * one that was read by {@linkcode readSurrogate}.
 * @returns The surrogate, on the backend in use where its kind needs one.
 * @throws {RangeError} If there is no recipe of its kind, or none is shipped.
 * @throws {TypeError} If weights are missing or not as many as they must be.
 *
 * @example One cell against its neighbour, 2 half pitches away
 * ```ts
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 * import { loadSurrogate } from "./load_surrogate.ts";
 *
 * await useBackend({ backend: "wasm" });
 * const surrogate = await loadSurrogate("scale_free");
 * const x = new Float64Array(48).fill(1 / 48), y = x.slice();
 * y[0] -= 0.01;
 * y[1] += 0.01;
 * assertAlmostEquals((await surrogate.value(x, y))[0], 0.01 * 2, 0.01);
 * ```
 */
export async function loadSurrogate(source: SurrogateKind | StoredSurrogate): Promise<Surrogate> {
  const kind = typeof source === "string" ? source : source.kind;
  const recipe = await surrogateRecipe(kind);
  return await recipe.restore(typeof source === "string" ? await shippedSurrogate(source) : source);
}

/**
 * The data of a shipped surrogate.
 *
 * @param kind Its kind.
 * @returns Weights, options and provenance.
 * @throws {RangeError} If there is none.
 */
export async function shippedSurrogate(kind: SurrogateKind): Promise<StoredSurrogate> {
  const module = await (await surrogateRecipe(kind)).shipped?.();
  if (module === undefined) {
    throw new RangeError(`Cannot load a surrogate: none of kind ${kind} is shipped`);
  }
  return fromSurrogateModule(module.default as SurrogateModule);
}
