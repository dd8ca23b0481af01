/**
 * Seeded clouds of points.
 *
 * @module
 */
import { RandomStream } from "../../src/numerics/random.ts";

/** A cloud of points in typed arrays, of total energy one. */
export interface DrawnCloud {
  readonly energies: Float64Array;
  readonly positions: Float64Array;
}

/** Exponential energies of total one at normally distributed places. */
export function drawCloud(
  count: number,
  seed: number,
  index = 0,
  dimension = 2,
): DrawnCloud {
  const random = new RandomStream(seed, `cloud of ${count} in ${dimension}`, index);
  const energies = Float64Array.from({ length: count }, () => 0.05 + random.exponential());
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  return {
    energies: energies.map((energy) => energy / total),
    positions: Float64Array.from({ length: count * dimension }, () => random.normal()),
  };
}

/** Costs of a power of the distance between two clouds, written out once more. */
export function cloudCosts(a: DrawnCloud, b: DrawnCloud, p: number, dimension = 2): Float64Array {
  const m = b.energies.length;
  return Float64Array.from({ length: a.energies.length * m }, (_, k) => {
    const i = Math.floor(k / m) * dimension, j = (k % m) * dimension;
    const steps = Array.from(
      { length: dimension },
      (_, axis) => a.positions[i + axis] - b.positions[j + axis],
    );
    return Math.hypot(...steps) ** p;
  });
}

/** The cloud turned by an angle, mirrored if wanted, and shifted; in the plane. */
export function moveCloud(
  { energies, positions }: DrawnCloud,
  angle: number,
  shift: readonly [number, number],
  mirrored = false,
): DrawnCloud {
  const cosine = Math.cos(angle), sine = Math.sin(angle);
  const moved = positions.slice();
  for (let k = 0; k < moved.length; k += 2) {
    const x = positions[k], y = mirrored ? -positions[k + 1] : positions[k + 1];
    moved[k] = cosine * x - sine * y + shift[0];
    moved[k + 1] = sine * x + cosine * y + shift[1];
  }
  return { energies, positions: moved };
}
