/**
 * Seeded pairs of histograms, easy and difficult, for any number of bins.
 *
 * @module
 */
import type { RandomStream } from "../../src/numerics/random.ts";

/** Each kind fills x and y with masses of any positive total. */
export const PAIR_KINDS: Record<
  string,
  (x: Float64Array, y: Float64Array, random: RandomStream) => void
> = {
  dense(x, y, random) {
    for (let k = 0; k < x.length; k++) {
      x[k] = random.uniform();
      y[k] = random.uniform();
    }
  },
  sparse(x, y, random) {
    for (let k = 0; k < x.length; k++) {
      if (random.uniform() < 0.2) x[k] = random.exponential();
      if (random.uniform() < 0.2) y[k] = random.exponential();
    }
  },
  "small integers with ties"(x, y, random) {
    for (let k = 0; k < x.length; k++) {
      x[k] = random.integer(4);
      y[k] = random.integer(4);
    }
  },
  "zeros and ones"(x, y, random) {
    for (let k = 0; k < x.length; k++) {
      x[k] = random.integer(2);
      y[k] = random.integer(2);
    }
  },
  "equal masses to assign"(x, y, random) {
    const order = random.shuffle(Uint8Array.from(x.keys()));
    const half = x.length >> 1;
    order.subarray(0, half).forEach((k) => x[k] = 1);
    order.subarray(half, 2 * half).forEach((k) => y[k] = 1);
  },
  "one cell against all"(x, y, random) {
    x[random.integer(x.length)] = 1;
    for (let k = 0; k < x.length; k++) y[k] = random.uniform();
  },
  "one cell against one cell"(x, y, random) {
    x[random.integer(x.length)] = 3;
    y[random.integer(x.length)] = 7;
  },
  equal(x, y, random) {
    for (let k = 0; k < x.length; k++) x[k] = y[k] = random.exponential();
  },
  "equal but for the scale"(x, y, random) {
    const scale = random.uniform();
    for (let k = 0; k < x.length; k++) y[k] = scale * (x[k] = random.uniform());
  },
  "perturbed by 1e-12"(x, y, random) {
    for (let k = 0; k < x.length; k++) {
      x[k] = random.uniform();
      y[k] = x[k] * (1 + 1e-12 * random.normal());
    }
  },
  "two cells exchanged"(x, y, random) {
    for (let k = 0; k < x.length; k++) x[k] = y[k] = random.uniform();
    const i = random.integer(x.length), j = random.integer(x.length);
    [y[i], y[j]] = [x[j], x[i]];
  },
  "twelve decades of mass"(x, y, random) {
    for (let k = 0; k < x.length; k++) {
      x[k] = 10 ** (12 * random.uniform());
      y[k] = 10 ** (12 * random.uniform());
    }
  },
};

/** A pair of a kind, each of total one. */
export function drawPair(
  kind: string,
  size: number,
  random: RandomStream,
): { x: Float64Array; y: Float64Array } {
  const x = new Float64Array(size), y = new Float64Array(size);
  PAIR_KINDS[kind](x, y, random);
  for (const masses of [x, y]) {
    if (masses.every((mass) => mass === 0)) masses[random.integer(size)] = 1;
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    masses.forEach((mass, k) => masses[k] = mass / total);
  }
  return { x, y };
}

/** Distances of random points in the unit square: a metric without ties. */
export function randomMetric(size: number, random: RandomStream): Float64Array {
  const points = Array.from({ length: size }, () => [random.uniform(), random.uniform()]);
  return Float64Array.from(
    { length: size * size },
    (_, p) => {
      const [a, b] = [points[Math.floor(p / size)], points[p % size]];
      return Math.hypot(a[0] - b[0], a[1] - b[1]);
    },
  );
}

/** Distances of points on a line, one apart: a metric full of ties. */
export function lineMetric(size: number): Float64Array {
  return Float64Array.from(
    { length: size * size },
    (_, p) => Math.abs(Math.floor(p / size) - p % size),
  );
}
