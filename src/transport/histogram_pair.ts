/**
 * Checks of two histograms that the closed forms and the approximations share.
 *
 * @module
 */

/** Rows of numbers in single precision differ in their totals by a few times 1e-7. */
const TOTALS_TOLERANCE = 1e-5;

/** Two histograms that may be trusted. */
export interface HistogramPair {
  /** Total of the first, positive. */
  readonly totalP: number;
  /** Total of the second, equal to that of the first to 1e-5. */
  readonly totalQ: number;
}

/**
 * Checks two histograms: finite, not negative, of equal totals that are not zero.
 *
 * @param what What is being computed, for errors: `Cannot compute <what>: ...`.
 * @param p First masses.
 * @param q Second masses.
 * @param names What the arrays are called in errors.
 * @returns Their totals.
 * @throws {RangeError} If a mass is negative, NaN or infinite, there is no mass, or the totals differ
 * by more than 1e-5 of the larger one.
 */
export function checkHistogramPair(
  what: string,
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  names: readonly [string, string] = ["p", "q"],
): HistogramPair {
  const totalP = _total(what, p, names[0]), totalQ = _total(what, q, names[1]);
  if (totalP === 0 && totalQ === 0) {
    throw new RangeError(
      `Cannot compute ${what}: both histograms are empty, their total mass is 0`,
    );
  }
  if (!(Math.abs(totalP - totalQ) <= TOTALS_TOLERANCE * Math.max(totalP, totalQ))) {
    throw new RangeError(
      `Cannot compute ${what}: the totals of ${names[0]} and ${names[1]} must be equal, ` +
        `current values are ${totalP} and ${totalQ}`,
    );
  }
  return { totalP, totalQ };
}

/**
 * Checks that a histogram has a number of bins.
 *
 * @param what What is being computed, for errors.
 * @param masses The histogram.
 * @param name What it is called in errors.
 * @param size The number of bins.
 * @throws {TypeError} If it has another number of bins.
 */
export function checkBins(
  what: string,
  masses: ArrayLike<number>,
  name: string,
  size: number,
): void {
  if (masses?.length === size) return;
  throw new TypeError(
    `Cannot compute ${what}: ${name} must have length ${size}, current length is ${masses?.length}`,
  );
}

function _total(what: string, masses: ArrayLike<number>, name: string): number {
  let total = 0;
  for (let k = 0; k < masses.length; k++) {
    if (!(masses[k] >= 0 && masses[k] < Infinity)) {
      throw new RangeError(
        `Cannot compute ${what}: ${name}[${k}] must be finite and >= 0, current value is ${
          masses[k]
        }`,
      );
    }
    total += masses[k];
  }
  return total;
}
