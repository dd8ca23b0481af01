import { nearPairs } from "../../datasets/pairs/near_pairs.ts";
import { reconstructWafers } from "../../datasets/toy/toy_distortions.ts";
import { type Charges, selectWafers, type WaferTable } from "../../datasets/wafer_table.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import { normalise } from "../../wafer/normalise.ts";
import { type PairDraw, randomPairDraw } from "./emd_cnn_training.ts";

/** Options of {@linkcode mixedPairDraw}. */
export interface MixedPairDrawOptions {
  /**
   * The part of near pairs, between 0 and 1.
   *
   * @default {0.5}
   */
  readonly near?: number;
}

/**
 * Random pairs and near ones, so that a network also learns small EMDs: the published code calls
 * networks that learnt from pairs and from reconstructions `app`. Near pairs are one half smeared,
 * shifted and thinned copies ({@linkcode nearPairs}), one half what a decoder with an error of its own
 * would make of a wafer ({@linkcode reconstructWafers}); no trained network is needed.
 *
 * @param wafers At least two wafers, none empty; counts are thinned as counts.
 * @param options The part of near pairs.
 * @returns What draws them, as charge fractions with exact EMDs, random pairs first. A thinned copy
 * may be equal to its wafer, at an EMD of zero.
 * @throws {RangeError} If the part is not between 0 and 1, a charge is negative, NaN or infinite, or a
 * wafer is empty; from drawing, if there are fewer than two wafers.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assert } from "@std/assert";
 * import { mixedPairDraw } from "./mixed_pair_draw.ts";
 *
 * const draw = mixedPairDraw(toyWafers("shower", 50, 1));
 * const { emd } = draw(200, new RandomStream(1, "pairs"));
 * const mean = (values: Float64Array) => values.reduce((a, b) => a + b) / values.length;
 * assert(mean(emd.subarray(100)) < mean(emd.subarray(0, 100)));
 * ```
 */
export function mixedPairDraw(
  wafers: WaferTable<Charges>,
  options: MixedPairDrawOptions = {},
): PairDraw {
  const { near: share = 0.5 } = options;
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot draw pairs: near must be between 0 and 1, current value is ${share}`,
    );
  }
  const random = randomPairDraw(wafers.charges);
  return (count, stream) => {
    const near = Math.round(share * count), copies = Math.ceil(near / 2);
    const far = random(count - near, stream);
    const copied = nearPairs(wafers, copies, stream);
    const chosen = Array.from({ length: near - copies }, () => stream.integer(wafers.count));
    const { charges } = selectWafers(wafers, chosen);
    const reconstructed = { x: charges, y: reconstructWafers(charges, stream) };
    const x = new Float32Array(count * CELLS), y = new Float32Array(count * CELLS);
    let filled = 0;
    for (const part of [far, copied, reconstructed]) {
      x.set(normalise(part.x, "fraction"), filled);
      y.set(normalise(part.y, "fraction"), filled);
      filled += part.x.length;
    }
    return { x, y, emd: waferEmdBatch(x, y).values, count };
  };
}
