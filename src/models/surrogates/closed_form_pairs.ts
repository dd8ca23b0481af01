import { nearPairs } from "../../datasets/pairs/near_pairs.ts";
import { type PairedWafers, pairedWafers, randomPairs } from "../../datasets/pairs/pairs.ts";
import { reconstructWafers } from "../../datasets/toy/toy_distortions.ts";
import { type Charges, selectWafers, type WaferTable } from "../../datasets/wafer_table.ts";
import { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import { normalise } from "../../wafer/normalise.ts";
import type { WeightedPairs } from "./closed_form_fit.ts";

/** Options of {@linkcode closedFormPairs}. */
export interface ClosedFormPairsOptions {
  /** Seed of all random numbers. */
  readonly seed: number;
  /**
   * Pairs of each of the three kinds.
   *
   * @default {10000}
   */
  readonly pairs?: number;
  /**
   * What an autoencoder makes of wafers: charges of B wafers in, B wafers of any scale out, none
   * empty. Default `reconstructWafers`, a blur with noise in every cell.
   */
  readonly reconstruct?: (charges: Float64Array) => Charges | Promise<Charges>;
}

/**
 * How much each kind of pair counts. Near pairs are harder than the others for a form without
 * unknowns: with more weight they would spoil reconstructions for a small gain of their own.
 */
const _WEIGHTS = { random: 1, reconstruction: 2, near: 0.1 };

/** Nearer pairs are left out: rounding to single precision would show in their labels. */
const _LEAST_DIFFERENCE = 1e-3;

/**
 * Pairs with exact EMDs to fit a closed form to: random ones, wafers with reconstructions, and wafers
 * with smeared, shifted or thinned copies.
 *
 * @param wafers Wafers with charge, of any scale, at least two.
 * @param options Seed, number and reconstructions.
 * @returns The kinds and what each counts. Pairs that are equal or nearly so are left out.
 * @throws {RangeError} If there are fewer than two wafers, or one has no charge.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 * import { closedFormPairs } from "./closed_form_pairs.ts";
 *
 * const kinds = await closedFormPairs(toyWafers("shower", 50, 1), { seed: 1, pairs: 100 });
 * assertEquals(kinds.map(({ weight }) => weight), [1, 2, 0.1]);
 * ```
 */
export async function closedFormPairs(
  wafers: WaferTable<Charges>,
  options: ClosedFormPairsOptions,
): Promise<WeightedPairs[]> {
  const { seed, pairs = 10_000 } = options;
  const stream = (purpose: string) => new RandomStream(seed, `closed form, ${purpose}`);
  const random = pairedWafers(wafers, randomPairs(wafers.count, pairs, stream("random pairs")));
  const near = nearPairs(wafers, pairs, stream("near pairs"));
  const drawn = stream("wafers");
  const numbers = Array.from({ length: pairs }, () => drawn.integer(wafers.count));
  const x = Float64Array.from(selectWafers(wafers, numbers).charges);
  const y = options.reconstruct === undefined
    ? reconstructWafers(x, stream("reconstructions"))
    : await options.reconstruct(x);
  return [
    _labelled(random, _WEIGHTS.random),
    _labelled({ count: pairs, x, y: Float64Array.from(y) }, _WEIGHTS.reconstruction),
    _labelled(near, _WEIGHTS.near),
  ];
}

function _labelled(pairs: PairedWafers, weight: number): WeightedPairs {
  const [x, y] = [pairs.x, pairs.y].map((charges) => normalise(charges, "fraction"));
  const kept = Array.from({ length: pairs.count }, (_, pair) => pair).filter((pair) => {
    let difference = 0;
    for (let k = pair * CELLS; k < (pair + 1) * CELLS; k++) difference += Math.abs(x[k] - y[k]);
    return difference >= _LEAST_DIFFERENCE;
  });
  const [keptX, keptY] = [x, y].map((rows) => {
    const out = new Float32Array(kept.length * CELLS);
    kept.forEach((pair, k) => out.set(rows.subarray(pair * CELLS, (pair + 1) * CELLS), k * CELLS));
    return out;
  });
  const { values: emd } = waferEmdBatch(keptX, keptY);
  return { pairs: { x: keptX, y: keptY, emd, count: kept.length }, weight };
}
