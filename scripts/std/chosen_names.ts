import { didYouMean } from "./nearest_word.ts";

/**
 * The names that an option chooses, as "exact_emd,telescope_mse".
 *
 * @param text The option's value: names with commas between.
 * @param known The names that there are.
 * @param asking How an error begins: what cannot be done, and the option, for example
 * "Cannot draw Fig. 6: --losses".
 * @returns The names, each once, in the order given; none for an empty text.
 * @throws {RangeError} If there is no such name, which error says what may have been meant; or if there
 * are only commas.
 *
 * @example
 * ```ts
 * import { chosenNames } from "./chosen_names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const known = ["exact_emd", "telescope_mse", "weighted_mse"];
 * const asking = "Cannot draw Fig. 6: --losses";
 * assertEquals(chosenNames("weighted_mse, exact_emd", known, asking), ["weighted_mse", "exact_emd"]);
 * ```
 */
export function chosenNames<N extends string>(
  text: string,
  known: readonly N[],
  asking: string,
): N[] {
  const names = text.split(",").map((name) => name.trim()).filter(Boolean);
  for (const name of names) {
    if ((known as readonly string[]).includes(name)) continue;
    throw new RangeError(
      `${asking} must be of ${known.join(", ")}, current value is ${name}` +
        didYouMean(name, known),
    );
  }
  if (text !== "" && names.length === 0) {
    throw new RangeError(`${asking} must be of ${known.join(", ")}, current value is ${text}`);
  }
  return [...new Set(names)] as N[];
}
