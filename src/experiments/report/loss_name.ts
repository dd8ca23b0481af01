const NAMES: Readonly<Record<string, string>> = {
  weighted_mse: "Weighted MSE",
  telescope_mse: "Telescope",
  emd_cnn: "EMD CNN",
  exact_emd: "Exact EMD",
};

/**
 * A loss as people call it.
 *
 * @param loss Its name in the registry.
 * @returns For example `"Exact EMD"`; other names in words.
 *
 * @example
 * ```ts
 * import { lossName } from "./loss_name.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["exact_emd", "tree_emd"].map(lossName), ["Exact EMD", "tree emd"]);
 * ```
 */
export function lossName(loss: string): string {
  return Object.hasOwn(NAMES, loss) ? NAMES[loss] : loss.replaceAll("_", " ");
}
