/**
 * Checks what callers hand in, and makes a transport problem of it.
 *
 * @module
 */
import { totalMass } from "./totals.ts";
import type { TransportProblem } from "./types.ts";

/** Largest difference of the totals of two histograms, relative to the larger one. */
const TOTALS_TOLERANCE = 1e-9;

/** Options of {@linkcode transportProblem}. */
export interface TransportProblemOptions {
  /**
   * Whether the totals must be equal.
   *
   * @default true
   */
  readonly equalTotals?: boolean;
}

/**
 * Makes a transport problem of two histograms and a cost matrix. Everything after this may trust its
 * input.
 *
 * @param a Masses of the first histogram, length n; finite, not negative, any scale.
 * @param b Masses of the second histogram, length m, of the same total.
 * @param M Cost of moving a unit of mass from bin i to bin j, row-major, length n * m; finite, not
 * negative. A Float64Array is kept by reference, anything else is copied.
 * @param options Whether the totals must be equal.
 * @returns The problem; the masses are copies.
 * @throws {TypeError} If an argument is not a flat array of numbers, or `M` has another length.
 * @throws {RangeError} If a mass or a cost is negative, NaN or infinite, both histograms are empty,
 * or their totals differ by more than 1e-9 of the larger one.
 *
 * @example
 * ```ts
 * import { transportProblem } from "@hexmover/hexmover/transport";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const { a, cost } = transportProblem([1, 2], [3], [0, 1]);
 * assertEquals([a.length, cost.length], [2, 2]);
 * assertThrows(
 *   () => transportProblem([1, 2], [4], [0, 1]),
 *   RangeError,
 *   "Cannot compute EMD: the totals of a and b must be equal, current values are 3 and 4",
 * );
 * ```
 */
export function transportProblem(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  options: TransportProblemOptions = {},
): TransportProblem {
  const problem = {
    a: _masses(a, "a"),
    b: _masses(b, "b"),
    cost: _costs(M, a.length, b.length),
  };
  const totalA = totalMass(problem.a), totalB = totalMass(problem.b);
  for (const [name, total] of [["a", totalA], ["b", totalB]]) {
    if (total === Infinity) {
      throw new RangeError(`Cannot compute EMD: the total mass of ${name} overflows`);
    }
  }
  if (totalA === 0 && totalB === 0) {
    throw new RangeError("Cannot compute EMD: both histograms are empty, their total mass is 0");
  }
  const { equalTotals = true } = options;
  if (equalTotals && Math.abs(totalA - totalB) > TOTALS_TOLERANCE * Math.max(totalA, totalB)) {
    throw new RangeError(
      `Cannot compute EMD: the totals of a and b must be equal, current values are ${totalA} and ${totalB}`,
    );
  }
  return problem;
}

function _masses(masses: ArrayLike<number>, name: string): Float64Array {
  const copy = new Float64Array(_numbers(masses, name));
  for (let k = 0; k < copy.length; k++) {
    if (!(copy[k] >= 0 && copy[k] < Infinity)) {
      throw new RangeError(
        `Cannot compute EMD: ${name}[${k}] must be finite and >= 0, current value is ${copy[k]}`,
      );
    }
  }
  return copy;
}

function _costs(M: ArrayLike<number>, n: number, m: number): Float64Array {
  if (M?.length !== n * m) {
    throw new TypeError(
      `Cannot compute EMD: M must be flat, row-major, of length ${n} * ${m} = ${
        n * m
      }, current length is ${M?.length}`,
    );
  }
  const cost = M instanceof Float64Array ? M : new Float64Array(_numbers(M, "M"));
  for (let k = 0; k < cost.length; k++) {
    if (!(cost[k] >= 0 && cost[k] < Infinity)) {
      throw new RangeError(
        `Cannot compute EMD: M[${k}], the cost from bin ${Math.floor(k / m)} to bin ${k % m}, ` +
          `must be finite and >= 0, current value is ${cost[k]}`,
      );
    }
  }
  return cost;
}

/** Plain arrays may hold anything; without a look, `[[1], [2]]` would pass for `[1, 2]`. */
function _numbers(values: ArrayLike<number>, name: string): ArrayLike<number> {
  if (ArrayBuffer.isView(values) && !(values instanceof DataView)) return values;
  if (typeof values?.length !== "number") {
    throw new TypeError(`Cannot compute EMD: ${name} must be an array of numbers`);
  }
  for (let k = 0; k < values.length; k++) {
    if (typeof values[k] !== "number") {
      throw new TypeError(
        `Cannot compute EMD: ${name}[${k}] must be a number, current type is ${
          Array.isArray(values[k]) ? "array" : typeof values[k]
        }`,
      );
    }
  }
  return values;
}
