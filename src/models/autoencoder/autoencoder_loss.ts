import { loss, type LossName, lossNames } from "../../losses/registry.ts";
import { normalised } from "../../losses/normalised.ts";
import type { TensorLoss } from "../../tensor/types.ts";
import { loadSurrogate } from "../surrogates/load_surrogate.ts";
import { surrogateKinds } from "../surrogates/surrogate_recipes.ts";
import type { Surrogate } from "../surrogates/types.ts";

/**
 * What an autoencoder can be trained with: the losses of wafers, and the surrogates of the EMD. Names
 * come from command lines and from files of trained networks, so that they are checked when they are
 * used, and not by their type; {@linkcode autoencoderLossNames} lists them.
 */
export type AutoencoderLossName = string;

/**
 * The names that {@linkcode autoencoderLoss} knows.
 *
 * @returns The names, in a fixed order.
 */
export function autoencoderLossNames(): AutoencoderLossName[] {
  return [..._lossesOfWafers(), ...surrogateKinds()];
}

/**
 * A loss between wafers normalised by a power of two and an autoencoder's outputs, of any sum. Losses
 * of charge fractions are lifted to such rows; a surrogate is frozen.
 *
 * @param source A name, for a loss with its default options or a shipped surrogate; or a surrogate.
 * @returns The loss, of 48 numbers a row.
 * @throws {RangeError} If there is no loss of that name, or it is not one of wafers.
 *
 * @example
 * ```ts
 * import { autoencoderLoss } from "@hexmover/hexmover/models";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float32Array(48), y = new Float32Array(48);
 * x[0] = 1.5;
 * y[1] = 0.1;
 * const { value } = await (await autoencoderLoss("exact_emd")).valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2);
 * ```
 */
export async function autoencoderLoss(
  source: AutoencoderLossName | Surrogate,
): Promise<TensorLoss> {
  if (typeof source !== "string") return _ofCharges(source);
  const kind = surrogateKinds().find((kind) => kind === source);
  if (kind !== undefined) return _ofCharges(await loadSurrogate(kind));
  const known = _lossesOfWafers().find((name) => name === source);
  if (known !== undefined) return _ofCharges(await loss(known));
  throw new RangeError(
    `Cannot find a loss of autoencoders: the name must be one of ` +
      `${autoencoderLossNames().join(", ")}, current value is ${source}`,
  );
}

/** Losses between classes take options that wafers do not have. */
const OF_CLASSES = /^(cross_entropy|squared_emd)/;

function _lossesOfWafers(): LossName[] {
  return lossNames().filter((name) => !OF_CLASSES.test(name));
}

/** Within tfjs, a loss of fractions that has a graph divides by sums itself. */
function _ofCharges(found: TensorLoss): TensorLoss {
  if (found.domain === "charge") return found;
  const { graph } = found;
  return { ...normalised(found), ...graph && { graph } };
}
