/**
 * The best that can be done without looking at a wafer.
 *
 * @module
 */
import type { Charges, WaferTable } from "../../src/datasets/wafer_table.ts";
import { CELLS, normalise, waferEmdBatch } from "../../src/wafer/mod.ts";

/** One image for all wafers. */
export interface ConstantImage {
  /** 48 charge fractions in train order. */
  readonly fractions: Float64Array;
  /** Mean exact EMD of the wafers to it, half pitches. */
  readonly mean: number;
  /** No image has a mean EMD below this. */
  readonly bound: number;
}

/** Options of {@linkcode bestConstantImage}. */
export interface ConstantImageOptions {
  /** Steps of the descent, at least 2. @default {60} */
  readonly steps?: number;
  /** Told of each step. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Size of the first step, one over half a pitch; slopes are some half pitches. */
const FIRST_STEP = 1;

/**
 * The charge fractions q that minimise the mean exact EMD of the wafers p to it,
 *
 * f(q) = 1/N sum_i EMD(p_i, q)
 *
 * by subgradient descent on the simplex, q_k <- q_k exp(-s_t g_k) / Z with s_t ~ t^(-1/2), from halfway
 * between the mean wafer and an even one, since what is zero stays zero. The dual potentials give g.
 *
 * As f is convex, f(r) >= f(q) + g (r - q) for all r. The mean of these planes over the second half of
 * the steps has its least value on the simplex in a corner, and this is the bound.
 *
 * @param wafers The wafers, none empty.
 * @param options Steps.
 * @returns The best image on the way, the mean wafer among them.
 */
export function bestConstantImage(
  wafers: WaferTable<Charges>,
  options: ConstantImageOptions = {},
): ConstantImage {
  const { steps = 60, onProgress } = options;
  const rows = normalise(wafers.charges, "fraction");
  const fractions = meanImage(wafers);
  let best = { fractions, mean: _meanEmd(rows, fractions).mean };
  let q: Float64Array = fractions.map((fraction) => (fraction + 1 / CELLS) / 2);
  const plane = new Float64Array(CELLS), half = Math.floor(steps / 2);
  for (let step = 1; step <= steps; step++) {
    const { mean, slope } = _meanEmd(rows, q);
    if (mean < best.mean) best = { fractions: q, mean };
    // The plane's height in corner k: f + g_k - g q, of which the last is zero.
    if (step > half) slope.forEach((g, k) => plane[k] += (mean + g) / (steps - half));
    const size = FIRST_STEP / Math.sqrt(step);
    q = _fractions(q.map((fraction, k) => fraction * Math.exp(-size * slope[k])));
    onProgress?.(step, steps);
  }
  return { ...best, bound: Math.min(...plane) };
}

/**
 * The mean of the charge fractions of wafers.
 *
 * @param wafers The wafers, none empty.
 * @returns 48 charge fractions.
 */
export function meanImage(wafers: WaferTable<Charges>): Float64Array {
  const mean = new Float64Array(CELLS);
  normalise(wafers.charges, "fraction").forEach((fraction, k) => {
    mean[k % CELLS] += fraction / wafers.count;
  });
  return mean;
}

/**
 * The exact EMDs of wafers to one image.
 *
 * @param wafers The wafers, none empty.
 * @param fractions The image.
 * @returns One EMD a wafer, half pitches.
 */
export function emdToImage(wafers: WaferTable<Charges>, fractions: Float64Array): Float64Array {
  return waferEmdBatch(wafers.charges, _repeated(fractions, wafers.count)).values;
}

/** f(q), and a subgradient g with g q = 0: the one that holds the division of q by its sum. */
function _meanEmd(rows: Float64Array, q: Float64Array) {
  const count = rows.length / CELLS, slope = new Float64Array(CELLS);
  const { values, gradients } = waferEmdBatch(rows, _repeated(q, count), { gradients: true });
  gradients!.forEach((g, k) => slope[k % CELLS] += g / count);
  return { mean: values.reduce((a, b) => a + b) / count, slope };
}

function _repeated(row: Float64Array, count: number): Float64Array {
  const rows = new Float64Array(count * CELLS);
  for (let begin = 0; begin < rows.length; begin += CELLS) rows.set(row, begin);
  return rows;
}

function _fractions(row: Float64Array): Float64Array {
  const sum = row.reduce((a, b) => a + b);
  return row.map((charge) => charge / sum);
}
