import { nearPairs } from "../../datasets/pairs/near_pairs.ts";
import { type PairedWafers, pairedWafers, randomPairs } from "../../datasets/pairs/pairs.ts";
import {
  type Charges,
  chargesOf,
  filterWafers,
  selectWafers,
  type WaferTable,
} from "../../datasets/wafer_table.ts";
import { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import { normalise } from "../../wafer/normalise.ts";

/** Pairs of one kind to judge surrogates by. */
export interface EvaluationPairs {
  /** What the pairs are. */
  readonly name: string;
  /** Number of pairs. */
  readonly count: number;
  /** B rows of 48 charge fractions. */
  readonly x: Float64Array;
  /** B rows of 48 charge fractions. */
  readonly y: Float64Array;
  /** Exact EMDs, all above zero. */
  readonly exact: Float64Array;
  /** d EMD / d y of each pair, by the optimal potential. */
  readonly gradient: Float64Array;
}

/** Options of {@linkcode evaluationPairs}. */
export interface EvaluationPairsOptions {
  /** Seed of all random numbers. */
  readonly seed: number;
  /**
   * Pairs of each kind.
   *
   * @default {10000}
   */
  readonly pairs?: number;
  /**
   * Autoencoders by name: charges of B wafers in, B wafers of any scale out. Each gives a kind
   * `reconstruction (NAME)` of its own.
   */
  readonly reconstruct?: ReadonlyMap<string, (charges: Float64Array) => ArrayLike<number>>;
}

/** Cells with charge that wafers of the second kind have at least. */
export const LEAST_CELLS = 6;
/** Pairs whose |x - y| sums to less are equal but for rounding. */
const _EQUAL = 1e-9;

/**
 * Pairs of several kinds to judge surrogates by:
 *
 * - `random`: two different wafers;
 * - `random, 6 cells`: two wafers with charge in at least 6 cells each; left out where there are no two;
 * - `reconstruction (NAME)`: a wafer and what an autoencoder makes of it, each wafer once, up to the
 *   number of pairs;
 * - `near`: a wafer and a smeared, shifted or thinned copy.
 *
 * @param wafers Wafers that the surrogate has not seen, none empty, at least two.
 * @param options Seed, number, autoencoders.
 * @returns The kinds, in this order. Pairs of equal wafers are left out, and kinds without a pair.
 * @throws {RangeError} If there are fewer than two wafers, or one has no charge.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 * import { evaluationPairs } from "./evaluation_pairs.ts";
 *
 * const kinds = evaluationPairs(toyWafers("shower", 50, 1), { seed: 1, pairs: 100 });
 * assertEquals(kinds.map(({ name }) => name), ["random", "random, 6 cells", "near"]);
 * ```
 */
export function evaluationPairs(
  wafers: WaferTable<Charges>,
  options: EvaluationPairsOptions,
): EvaluationPairs[] {
  const { seed, pairs = 10_000, reconstruct = new Map() } = options;
  const stream = (purpose: string) => new RandomStream(seed, `evaluation, ${purpose}`);
  const among = (table: WaferTable<Charges>, purpose: string) =>
    pairedWafers(table, randomPairs(table.count, pairs, stream(purpose)));
  const kinds = [_judged("random", among(wafers, "random pairs"))];

  const charged = filterWafers(
    wafers,
    (wafer) => chargesOf(wafers, wafer).filter((charge) => charge > 0).length >= LEAST_CELLS,
  );
  if (charged.count >= 2) {
    kinds.push(_judged(`random, ${LEAST_CELLS} cells`, among(charged, "random pairs, 6 cells")));
  }
  const numbers = stream("reconstructed wafers").shuffle([...Array(wafers.count).keys()]);
  const x = Float64Array.from(selectWafers(wafers, numbers.slice(0, pairs)).charges);
  for (const [name, network] of reconstruct) {
    const y = Float64Array.from<number>(network(x));
    kinds.push(_judged(`reconstruction (${name})`, { x, y, count: x.length / CELLS }));
  }
  kinds.push(_judged("near", nearPairs(wafers, pairs, stream("near pairs"))));
  return kinds.filter(({ count }) => count > 0);
}

function _judged(name: string, pairs: PairedWafers): EvaluationPairs {
  const [x, y] = [pairs.x, pairs.y].map((charges) => normalise(charges, "fraction"));
  const kept = Array.from({ length: pairs.count }, (_, pair) => pair).filter((pair) => {
    let difference = 0;
    for (let k = pair * CELLS; k < (pair + 1) * CELLS; k++) difference += Math.abs(x[k] - y[k]);
    return difference > _EQUAL;
  });
  const select = (rows: Float64Array) => {
    const out = new Float64Array(kept.length * CELLS);
    kept.forEach((pair, k) => out.set(rows.subarray(pair * CELLS, (pair + 1) * CELLS), k * CELLS));
    return out;
  };
  const [keptX, keptY] = [select(x), select(y)];
  const { values, gradients } = waferEmdBatch(keptX, keptY, { gradients: true });
  return { name, count: kept.length, x: keptX, y: keptY, exact: values, gradient: gradients! };
}
