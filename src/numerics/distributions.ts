/**
 * Random numbers that follow other distributions than the uniform and the normal one.
 *
 * All are drawn from the given stream; means, shapes and probabilities are taken as they are and not
 * checked, because these functions stand in inner loops.
 *
 * @module
 */
import type { RandomStream } from "./random.ts";

/** From this mean on, rejection from a transformed uniform number is faster than counting. */
const LARGE_MEAN = 12;

/**
 * A Poisson number: by multiplying uniform numbers until they fall below exp(-mean) for small means,
 * by transformed rejection (PTRS of Hörmann 1993, "The transformed rejection method for generating
 * Poisson random variables") for large ones. Exact for all means.
 *
 * @param stream Where the randomness comes from.
 * @param mean The mean, finite and >= 0.
 * @returns An integer >= 0.
 *
 * @example
 * ```ts
 * import { poisson, RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const stream = new RandomStream(1, "example");
 * let sum = 0;
 * for (let k = 0; k < 10_000; k++) sum += poisson(stream, 2.5);
 * assertAlmostEquals(sum / 10_000, 2.5, 0.1);
 * ```
 */
export function poisson(stream: RandomStream, mean: number): number {
  if (mean >= LARGE_MEAN) return _poissonByRejection(stream, mean);
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = stream.uniform32(); product > limit; product *= stream.uniform32()) count++;
  return count;
}

/**
 * A gamma-distributed number with density x^(shape - 1) exp(-x) / Gamma(shape), by squeezing a cubed
 * normal number (Marsaglia and Tsang 2000, "A simple method for generating gamma variables"). Mean
 * and variance equal the shape.
 *
 * @param stream Where the randomness comes from.
 * @param shape The shape, finite and > 0.
 * @returns A number >= 0.
 *
 * @example
 * ```ts
 * import { gamma, RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const stream = new RandomStream(1, "example");
 * let sum = 0;
 * for (let k = 0; k < 10_000; k++) sum += gamma(stream, 4);
 * assertAlmostEquals(sum / 10_000, 4, 0.1);
 * ```
 */
export function gamma(stream: RandomStream, shape: number): number {
  if (shape < 1) return gamma(stream, shape + 1) * Math.pow(stream.uniform32(), 1 / shape);
  const d = shape - 1 / 3, c = 1 / Math.sqrt(9 * d);
  while (true) {
    const x = stream.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = stream.uniform32();
    if (u < 1 - 0.0331 * x * x * x * x) return d * v;
    if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return d * v;
  }
}

/**
 * A standard normal number given that it is above a threshold (Marsaglia 1964): the tail of a Rayleigh
 * distribution, thinned by threshold / x.
 *
 * @param stream Where the randomness comes from.
 * @param threshold The threshold, > 0; of large ones fewer draws are rejected (9 % at 3).
 * @returns A number above the threshold.
 *
 * @example
 * ```ts
 * import { normalAbove, RandomStream } from "@hexmover/hexmover/numerics";
 * import { assert } from "@std/assert";
 *
 * assert(normalAbove(new RandomStream(1, "example"), 3) > 3);
 * ```
 */
export function normalAbove(stream: RandomStream, threshold: number): number {
  while (true) {
    const x = Math.sqrt(threshold * threshold - 2 * Math.log(stream.uniform32()));
    if (stream.uniform32() * x < threshold) return x;
  }
}

/**
 * How many trials fail before the first success: P(k) = p (1 - p)^k. Skipping so many items is the
 * same as asking each of them, and much faster where successes are rare.
 *
 * @param stream Where the randomness comes from.
 * @param probability Probability p of a success, in (0, 1).
 * @returns An integer >= 0.
 *
 * @example
 * ```ts
 * import { failuresBeforeSuccess, RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const stream = new RandomStream(1, "example");
 * let sum = 0;
 * for (let k = 0; k < 10_000; k++) sum += failuresBeforeSuccess(stream, 0.2);
 * assertAlmostEquals(sum / 10_000, 0.8 / 0.2, 0.2);
 * ```
 */
export function failuresBeforeSuccess(stream: RandomStream, probability: number): number {
  return Math.floor(Math.log(stream.uniform32()) / Math.log1p(-probability));
}

/** Algorithm PTRS, with the constants of the publication. */
function _poissonByRejection(stream: RandomStream, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const u = stream.uniform() - 0.5, v = stream.uniform32();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || us < 0.013 && v > us) continue;
    const logAcceptance = k * Math.log(mean) - mean - _logFactorial(k);
    if (Math.log(v * inverseAlpha / (a / (us * us) + b)) <= logAcceptance) return k;
  }
}

const LOG_FACTORIALS = new Float64Array(16);
for (let k = 2; k < 16; k++) LOG_FACTORIALS[k] = LOG_FACTORIALS[k - 1] + Math.log(k);

/** ln k!, by Stirling's series from 16 on (relative error below 1e-13). */
function _logFactorial(k: number): number {
  if (k < 16) return LOG_FACTORIALS[k];
  const inverse = 1 / k, square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square / 1260));
  return (k + 0.5) * Math.log(k) - k + 0.5 * Math.log(2 * Math.PI) + series;
}
