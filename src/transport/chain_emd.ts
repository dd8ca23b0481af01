import { checkExponent, flowSlope } from "./flow_cost.ts";
import { checkBins, checkHistogramPair } from "./histogram_pair.ts";

/** Options of {@linkcode chainEmd}. */
export interface ChainEmdOptions {
  /**
   * The exponent of the flows, at least 1: 1 is the exact EMD, 2 the relaxed form, whose gradient
   * fades as the histograms come near.
   *
   * @default 1
   */
  readonly rho?: number;
  /**
   * Distance of each bin to the next, length N - 1; not negative.
   *
   * @default 1 each
   */
  readonly lengths?: ArrayLike<number>;
}

/** A closed form and its gradient. */
export interface ClosedFormEmd {
  /** The distance. */
  readonly value: number;
  /** Its gradient in the masses p of the first histogram, of sum zero. */
  readonly gradient: Float64Array;
}

/**
 * The EMD of two histograms whose bins lie in a row, in closed form:
 *
 *     E = sum_i l_i |phi_i|^rho,   phi_i = sum_{j <= i} (p_j - q_j),   i = 1 .. N - 1
 *
 * What has to cross from bin i to the next is what the cumulative sums differ by. For rho = 1 this is
 * the exact EMD with ground distance |x_i - x_j|; for rho > 1 a relaxed form, smooth, whose gradient
 * fades at equality. The gradient, among changes of p that keep its total:
 *
 *     dE / dp_k = rho sum_i l_i |phi_i|^(rho - 1) sign(phi_i) (1[k <= i] - i / N)
 *
 * For rho = 1 it is a subgradient where a flow vanishes. Both take O(N) and sum in double precision,
 * whatever the precision of the input.
 *
 * @param p First masses, length N; not negative, any scale.
 * @param q Second masses, of the same total to 1e-5 of its size.
 * @param options Exponent and distances.
 * @returns Value and gradient in p. Masses are taken as given, not normalised.
 * @throws {TypeError} If lengths do not fit.
 * @throws {RangeError} If a mass or a distance is negative, NaN or infinite, both histograms are
 * empty, their totals differ, or rho is below 1.
 *
 * Source: Martinez, Haurilet, Al-Halah, Tapaswi, Stiefelhagen, arXiv 1611.07573.
 *
 * @example
 * ```ts
 * import { chainEmd } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const p = [0.1, 0.2, 0.3, 0.4], q = [0.4, 0.3, 0.2, 0.1];
 * const exact = chainEmd(p, q);
 * assertAlmostEquals(exact.value, 1);
 * assertAlmostEquals(exact.gradient[0], -1.5);
 * assertAlmostEquals(chainEmd(p, q, { rho: 2 }).value, 0.34);
 * ```
 */
export function chainEmd(
  p: ArrayLike<number>,
  q: ArrayLike<number>,
  options: ChainEmdOptions = {},
): ClosedFormEmd {
  const { rho = 1, lengths } = options, size = p?.length;
  checkExponent("chain EMD", rho);
  checkBins("chain EMD", q, "q", size);
  checkHistogramPair("chain EMD", p, q);
  if (lengths !== undefined) _checkLengths(lengths, size);
  const gradient = new Float64Array(size);
  let value = 0, flow = 0, mean = 0;
  for (let i = 0; i < size - 1; i++) {
    flow += p[i] - q[i];
    const slope = flowSlope(flow, rho) * (lengths?.[i] ?? 1);
    value += flow * slope / rho;
    gradient[i] = slope;
    mean += slope * (i + 1) / size;
  }
  // Mass in bin k takes part in the flows of bin k and of all that follow.
  let following = 0;
  for (let k = size - 1; k >= 0; k--) {
    following += gradient[k];
    gradient[k] = following - mean;
  }
  return { value, gradient };
}

function _checkLengths(lengths: ArrayLike<number>, size: number): void {
  if (lengths.length !== size - 1) {
    throw new TypeError(
      `Cannot compute chain EMD: lengths must have length ${
        size - 1
      }, one for each step from bin to bin, current length is ${lengths.length}`,
    );
  }
  for (let i = 0; i < lengths.length; i++) {
    if (lengths[i] >= 0 && lengths[i] < Infinity) continue;
    throw new RangeError(
      `Cannot compute chain EMD: lengths[${i}] must be finite and >= 0, current value is ${
        lengths[i]
      }`,
    );
  }
}
