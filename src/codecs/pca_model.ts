import { symmetricEigen } from "../numerics/mod.ts";
import { CELLS, normalise } from "../wafer/mod.ts";
import { lloydLevels } from "./levels.ts";

/** Coefficients that there are: charge fractions of 48 cells sum to one. */
export const PCA_COEFFICIENTS: number = CELLS - 1;

/** Bits up to which levels are fitted; finer ones are put between these. */
const FITTED_BITS = 5;

/** Numbers of the levels of 1 to 5 bits: 2 + 4 + 8 + 16 + 32. */
const LEVELS_EACH = 2 ** (FITTED_BITS + 1) - 2;

/** Principal components of charge fractions, with levels for their coefficients. */
export interface PcaModel {
  /** Mean charge fraction of each cell, 48 numbers. */
  readonly mean: Float64Array;
  /** The 47 principal components, each of length one and of 48 numbers, by falling variance. */
  readonly components: Float64Array;
  /** Variance of each coefficient, 47 numbers. */
  readonly variances: Float64Array;
  /** Levels of each coefficient for 1 to 5 bits, 62 numbers: see {@linkcode pcaLevels}. */
  readonly levels: Float64Array;
}

/**
 * Principal components of the charge fractions of wafers, and levels for the coefficients
 *
 *     c_k = sum_i (f_i - mean_i) v_ki
 *
 * by Lloyd's method ({@linkcode lloydLevels}), each coefficient on its own.
 *
 * @param charges Wafers to learn from, B * 48 charges in train order, any positive scale.
 * @returns The model.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a wafer has no charge, or there are
 * fewer than 2 wafers.
 *
 * @example Wafers that differ in one direction alone
 * ```ts
 * import { fitPca } from "@hexmover/hexmover/codecs";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const wafers = new Float64Array(2 * 48);
 * wafers[0] = wafers[48 + 1] = 1;
 * const { components, variances } = fitPca(wafers);
 * assertAlmostEquals(Math.abs(components[0]), Math.SQRT1_2);
 * assertAlmostEquals(variances[0], 0.5);
 * assertAlmostEquals(variances[1], 0);
 * ```
 */
export function fitPca(charges: ArrayLike<number>): PcaModel {
  const fractions = normalise(charges, "fraction"), wafers = fractions.length / CELLS;
  if (wafers < 2) {
    throw new RangeError(
      `Cannot fit components: there must be at least 2 wafers, current number is ${wafers}`,
    );
  }
  const { mean, covariance } = _moments(fractions);
  const { values, vectors } = symmetricEigen(covariance, CELLS);
  const components = vectors.slice(0, PCA_COEFFICIENTS * CELLS);
  const levels = new Float64Array(PCA_COEFFICIENTS * LEVELS_EACH);
  const coefficients = new Float64Array(wafers);
  for (let k = 0; k < PCA_COEFFICIENTS; k++) {
    for (let wafer = 0; wafer < wafers; wafer++) {
      const row = fractions.subarray(wafer * CELLS, (wafer + 1) * CELLS);
      coefficients[wafer] = pcaCoefficient({ mean, components }, row, k);
    }
    for (let bits = 1; bits <= FITTED_BITS; bits++) {
      levels.set(lloydLevels(coefficients, 2 ** bits), _firstLevel(k, bits));
    }
  }
  // What has no variance may come out a little below zero.
  const variances = values.slice(0, PCA_COEFFICIENTS).map((variance) => Math.max(variance, 0));
  return { mean, components, variances, levels };
}

/**
 * A coefficient of a wafer.
 *
 * @param model Mean and components.
 * @param fractions 48 charge fractions.
 * @param k Which coefficient, an integer in [0, 47).
 * @returns The coefficient.
 */
export function pcaCoefficient(
  { mean, components }: Pick<PcaModel, "mean" | "components">,
  fractions: Float64Array,
  k: number,
): number {
  let sum = 0;
  for (let i = 0; i < CELLS; i++) sum += (fractions[i] - mean[i]) * components[k * CELLS + i];
  return sum;
}

/**
 * Levels of a coefficient. Up to 5 bits they are those that were fitted. For more bits they are those
 * of 5 bits with others in equal steps between them, as many between any two neighbours: where levels
 * are many, their density should not change with their number.
 *
 * @param model The model.
 * @param k Which coefficient, an integer in [0, 47).
 * @param bits Bits of a coefficient, an integer in [0, 16].
 * @returns 2^bits levels, ascending; for no bits, the mean coefficient, which is zero.
 */
export function pcaLevels(model: PcaModel, k: number, bits: number): Float64Array {
  if (bits === 0) return Float64Array.of(0);
  const fitted = Math.min(bits, FITTED_BITS), first = _firstLevel(k, fitted);
  const levels = model.levels.slice(first, first + 2 ** fitted);
  const finer = 2 ** (bits - fitted);
  return finer === 1 ? levels : _refined(levels, finer);
}

/** Each level replaced by `finer` ones that share its surroundings evenly. */
function _refined(levels: Float64Array, finer: number): Float64Array {
  return Float64Array.from({ length: levels.length * finer }, (_, fine) => {
    const place = (fine + 0.5) / finer - 0.5;
    const below = Math.min(Math.max(Math.floor(place), 0), levels.length - 2);
    return levels[below] + (place - below) * (levels[below + 1] - levels[below]);
  });
}

function _firstLevel(k: number, bits: number): number {
  return k * LEVELS_EACH + 2 ** bits - 2;
}

function _moments(fractions: Float64Array): { mean: Float64Array; covariance: Float64Array } {
  const wafers = fractions.length / CELLS;
  const mean = new Float64Array(CELLS), covariance = new Float64Array(CELLS * CELLS);
  fractions.forEach((fraction, i) => mean[i % CELLS] += fraction / wafers);
  for (let first = 0; first < fractions.length; first += CELLS) {
    for (let i = 0; i < CELLS; i++) {
      const deviation = fractions[first + i] - mean[i];
      for (let j = 0; j <= i; j++) {
        covariance[i * CELLS + j] += deviation * (fractions[first + j] - mean[j]) / wafers;
      }
    }
  }
  for (let i = 0; i < CELLS; i++) {
    for (let j = 0; j < i; j++) covariance[j * CELLS + i] = covariance[i * CELLS + j];
  }
  return { mean, covariance };
}
