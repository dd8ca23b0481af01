/**
 * How long distances of point clouds take, against the number of points.
 *
 * @module
 */
import { RandomStream } from "../../src/numerics/mod.ts";
import { spectralEmd, wassersteinP } from "../../src/transport/mod.ts";

/** Medians of times, in milliseconds, by distance and number of points. */
export type DistanceTimes = Record<string, Record<string, number>>;

/** The distances that are timed. */
export const TIMED_DISTANCES = {
  "spectral EMD": (A: Cloud, B: Cloud) => spectralEmd(A, B),
  "spectral EMD, gradient": (A: Cloud, B: Cloud) => spectralEmd(A, B, { gradients: true }),
  "exact EMD": (A: Cloud, B: Cloud) => wassersteinP(A, B, { p: 1 }),
  "exact EMD, gradient": (A: Cloud, B: Cloud) => wassersteinP(A, B, { p: 1, gradients: true }),
};

type Cloud = { energies: Float64Array; positions: Float64Array };

/**
 * Times distances between random clouds in the plane, in turn, so that what else the machine does
 * meets all alike.
 *
 * @param sizes Numbers of points.
 * @param seed Seed of the clouds.
 * @param rounds Times that each is run; the first does not count.
 * @returns The medians.
 */
export function timeDistances(
  sizes: readonly number[],
  seed: number,
  rounds: number,
): DistanceTimes {
  const names = Object.keys(TIMED_DISTANCES) as (keyof typeof TIMED_DISTANCES)[];
  const found: DistanceTimes = Object.fromEntries(names.map((name) => [name, {}]));
  for (const size of sizes) {
    const times: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
    for (let round = 0; round <= rounds; round++) {
      const [A, B] = [0, 1].map((side) => _drawCloud(size, seed, 2 * round + side));
      for (const name of names) {
        const begin = performance.now();
        TIMED_DISTANCES[name](A, B);
        if (round > 0) times[name].push(performance.now() - begin);
      }
    }
    for (const name of names) {
      found[name][size] = times[name].sort((a, b) => a - b)[rounds >> 1];
    }
  }
  return found;
}

function _drawCloud(size: number, seed: number, index: number): Cloud {
  const random = new RandomStream(seed, `timed cloud of ${size}`, index);
  const energies = Float64Array.from({ length: size }, () => random.exponential());
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  return {
    energies: energies.map((energy) => energy / total),
    positions: Float64Array.from({ length: 2 * size }, () => random.normal()),
  };
}
