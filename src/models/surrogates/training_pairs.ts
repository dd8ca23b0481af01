/**
 * Pairs of wafers to train surrogates on: random ones, and ones as a network that reconstructs wafers
 * would be judged by.
 *
 * @module
 */
import { augmentPairs } from "../../datasets/pairs/augment.ts";
import { nearPairs } from "../../datasets/pairs/near_pairs.ts";
import { pairedWafers, randomPairs } from "../../datasets/pairs/pairs.ts";
import { reconstructWafers } from "../../datasets/toy/toy_distortions.ts";
import { type Charges, selectWafers, type WaferTable } from "../../datasets/wafer_table.ts";
import { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import { normalise } from "../../wafer/normalise.ts";
import type { PairStream } from "./types.ts";

/** Options of {@linkcode trainingPairs}. */
export interface TrainingPairsOptions {
  /** Seed of all random numbers. */
  readonly seed: number;
  /**
   * What an autoencoder makes of wafers: charges of B wafers as they stand in the table in, B wafers
   * of any scale out; for a stream that is the same twice it must depend on its input alone. Default
   * `reconstructWafers`, a blur with noise in every cell.
   */
  readonly reconstruct?: (charges: Float32Array) => Float32Array | Promise<Float32Array>;
}

/** Every so many near pairs one is blended with a random wafer. */
const BLENDED = 4;
/**
 * The least sum of |x - y| of a pair. Fractions in single precision are off by up to 6e-8 of
 * themselves, hence labels of nearer pairs by more than 1e-4 of themselves.
 */
const LEAST_DIFFERENCE = 1e-3;
/** Random pairs to try before a table is said to hold one wafer only. */
const TRIES = 1000;

/**
 * An endless stream of pairs with exact EMDs. A batch has
 *
 * - random pairs, one half: two wafers of the table;
 * - near pairs, one half: a wafer and its reconstruction, or for a third of them a smeared, shifted or
 *   thinned copy ({@linkcode nearPairs}). Of every four near pairs one is blended: with a random wafer z
 *   and t uniform in [0, 1), y becomes (1 - t) y + t z, all as fractions.
 *
 * All pairs are turned by random thirds of a turn, and half of them swapped. Pairs of equal or nearly
 * equal fractions make way for random pairs: every EMD is above zero.
 *
 * A batch depends on seed, step and number of pairs alone.
 *
 * @param wafers Wafers with charge, of any scale; counts are thinned as counts.
 * @param options Seed, reconstructions.
 * @returns The stream.
 * @throws {RangeError} If there are fewer than two wafers, or one has no charge; from `at`, if all
 * wafers are the same.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { trainingPairs } from "./training_pairs.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pairs = trainingPairs(toyWafers("shower", 100, 1), { seed: 1 });
 * const { x, emd, count } = await pairs.at(0, 16);
 * assertEquals([x.length, emd.length, count], [16 * 48, 16, 16]);
 * ```
 */
export function trainingPairs(
  wafers: WaferTable<Charges>,
  options: TrainingPairsOptions,
): PairStream {
  if (wafers.count < 2) {
    throw new RangeError(
      `Cannot draw training pairs: there must be two wafers, current number is ${wafers.count}`,
    );
  }
  const fractions = normalise(wafers.charges, "fraction");
  return {
    async at(step, count) {
      const stream = new RandomStream(options.seed, "training pairs", step);
      const { x, y } = await _draw({ wafers, fractions, stream, count, options });
      return { x, y, emd: waferEmdBatch(x, y).values, count };
    },
  };
}

interface _Drawing {
  readonly wafers: WaferTable<Charges>;
  readonly fractions: Float64Array;
  readonly stream: RandomStream;
  readonly count: number;
  readonly options: TrainingPairsOptions;
}

/** Pairs of fractions, not yet labelled. */
async function _draw(drawing: _Drawing): Promise<{ x: Float32Array; y: Float32Array }> {
  const { fractions, stream, count } = drawing;
  const near = Math.floor(count / 2);
  const x = new Float64Array(count * CELLS), y = new Float64Array(count * CELLS);
  let filled = 0;
  for (const part of await _parts(drawing, near)) {
    x.set(normalise(part.x, "fraction"), filled);
    y.set(_fractionsOr(x, filled, part.y), filled);
    filled += part.x.length;
  }
  for (let pair = count - near; pair < count; pair += BLENDED) {
    const share = stream.uniform(), from = CELLS * stream.integer(fractions.length / CELLS);
    for (let cell = 0; cell < CELLS; cell++) {
      const k = pair * CELLS + cell;
      y[k] = (1 - share) * y[k] + share * fractions[from + cell];
    }
  }
  _replaceEqual(x, y, fractions, stream);
  const turned = augmentPairs({ x, y, count }, stream);
  return { x: Float32Array.from(turned.x), y: Float32Array.from(turned.y) };
}

/** Random pairs, distorted copies, reconstructions: charges of any scale. */
async function _parts({ wafers, stream, count, options }: _Drawing, near: number) {
  const random = pairedWafers(wafers, randomPairs(wafers.count, count - near, stream));
  const distorted = nearPairs(wafers, Math.ceil(near / 3), stream), rest = near - distorted.count;
  const chosen = Array.from({ length: rest }, () => stream.integer(wafers.count));
  const { charges } = selectWafers(wafers, chosen);
  const reconstructed = options.reconstruct === undefined
    ? reconstructWafers(charges, stream)
    : await options.reconstruct(Float32Array.from(charges));
  return [random, distorted, { x: charges, y: reconstructed }];
}

/** Fractions of reconstructions; those without charge become the wafers themselves, in x from there. */
function _fractionsOr(x: Float64Array, from: number, charges: ArrayLike<number>): Float64Array {
  const fractions = normalise(charges, "fraction", { empty: "zeros" });
  for (let at = 0; at < fractions.length; at += CELLS) {
    const wafer = fractions.subarray(at, at + CELLS);
    if (wafer.every((charge) => charge === 0)) wafer.set(x.subarray(from + at, from + at + CELLS));
  }
  return fractions;
}

/** Puts random pairs where x and y are the same, or nearly. */
function _replaceEqual(
  x: Float64Array,
  y: Float64Array,
  fractions: Float64Array,
  stream: RandomStream,
): void {
  const wafers = fractions.length / CELLS;
  const random = () => {
    const from = CELLS * stream.integer(wafers);
    return fractions.subarray(from, from + CELLS);
  };
  for (let at = 0; at < x.length; at += CELLS) {
    for (let tries = 0; !_differ(x, y, at); tries++) {
      if (tries === TRIES) {
        throw new RangeError("Cannot draw training pairs: all wafers seem to be the same");
      }
      x.set(random(), at);
      y.set(random(), at);
    }
  }
}

function _differ(x: Float64Array, y: Float64Array, at: number): boolean {
  let difference = 0;
  for (let k = at; k < at + CELLS; k++) difference += Math.abs(x[k] - y[k]);
  return difference >= LEAST_DIFFERENCE;
}
