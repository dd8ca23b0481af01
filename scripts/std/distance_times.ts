/**
 * How long distances of point clouds take, against the number of points.
 *
 * @module
 */
import { RandomStream } from "../../src/numerics/mod.ts";
import { spectralEmd, wassersteinP } from "../../src/transport/mod.ts";

/** Times in milliseconds, by distance and number of points. */
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
 * Times distances between two random clouds in the plane. Whatever else the machine does makes times
 * longer, never shorter: so each is run several times, in turn with the others, and the least counts.
 *
 * @param sizes Numbers of points.
 * @param seed Seed of the clouds.
 * @param rounds Times that each is run.
 * @returns The least times.
 */
export function timeDistances(
  sizes: readonly number[],
  seed: number,
  rounds: number,
): DistanceTimes {
  const distances = Object.entries(TIMED_DISTANCES);
  const found: DistanceTimes = Object.fromEntries(distances.map(([name]) => [name, {}]));
  for (const size of sizes) {
    const [A, B] = [0, 1].map((side) => _drawCloud(size, seed, side));
    for (let round = 0; round < rounds; round++) {
      for (const [name, distance] of distances) {
        const begin = performance.now();
        distance(A, B);
        const time = performance.now() - begin;
        found[name][size] = Math.min(time, found[name][size] ?? Infinity);
      }
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
