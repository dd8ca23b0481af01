import type { ReproducedExperiment } from "../reproduction.ts";

/**
 * The title of an experiment: the figure or table of the paper that it stands for, and what it shows.
 *
 * @param experiment Its row of the reproduction.
 * @returns For example `"Fig. 6: the autoencoder by its loss"`, `"Pile-up removal"`.
 *
 * @example
 * ```ts
 * import { partTitle } from "./part_title.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const of = "Fig. 6";
 * assertEquals(partTitle({ of, shows: "Fig. 6, the autoencoder" }), "Fig. 6: the autoencoder");
 * assertEquals(partTitle({ shows: "pile-up removal" }), "Pile-up removal");
 * ```
 */
export function partTitle({ of, shows }: Pick<ReproducedExperiment, "of" | "shows">): string {
  if (of === undefined) return shows.charAt(0).toUpperCase() + shows.slice(1);
  // What it shows may begin with the same words.
  const rest = shows.startsWith(of) ? shows.slice(of.length).replace(/^(, |: )/, "") : shows;
  return rest === "" ? of : `${of}${/^['’]s /.test(rest) ? "" : ": "}${rest}`;
}
