import { type CheckedCloud, type PointCloud, pointDistance } from "./point_cloud.ts";
import { cloudGradients, compareSpectra } from "./spectral.ts";
import { pairSpectrum, powerAngle, type Spectrum } from "./spectral_spectrum.ts";
import { eventSpectrum, spectralFit } from "./spectral_shapes.ts";

/** The angle of a pair is its distance. */
const ANGLE = powerAngle(1);

/** How well two points fit an event. */
export interface TwoProngFit {
  /** The least squared spectral EMD of the event from two points. */
  readonly value: number;
  /** Their distance. */
  readonly separation: number;
  /** Share of the energy in the softer one, above 0, at most 1/2. */
  readonly fraction: number;
  /** 1 for an event of two points, 0 for one that a single point fits as well. */
  readonly likeness: number;
}

/** How well several points fit an event. */
export interface ProngFit {
  /** The squared spectral EMD of the event from the points. */
  readonly value: number;
  /** Energies of the points, of the event's total. */
  readonly energies: Float64Array;
  /** Positions of the points, the coordinates of each in turn. */
  readonly positions: Float64Array;
  /** 1 for an event of that many points, 0 for one that a single point fits as well. */
  readonly likeness: number;
  /** Steps that the descent took. */
  readonly steps: number;
}

/** Options of {@linkcode fitProngs}. */
export interface FitProngsOptions {
  /**
   * Largest number of steps.
   *
   * @default 300
   */
  readonly steps?: number;
  /**
   * The descent ends when a step lowers the value by less than this part of its start.
   *
   * @default 1e-12
   */
  readonly tolerance?: number;
}

/**
 * Fits two points to an event, exactly and in closed form: how two-pronged an event is.
 *
 * Two points with parts z and 1 - z of the energy, d apart, have the part m = 2 z (1 - z) of their
 * pairs at d and the others at 0. With T the integral of the event's pair distances over its m farthest
 * pairs, the best distance is d = T / m, and
 *
 *     value = E_tot^2 (M - T(m)^2 / m)
 *
 * with M the mean squared distance of the event's pairs. T is linear in m between two atoms of the
 * spectrum, so that T^2 / m is convex there and largest at an atom, or at the end, m = 1/2. So trying
 * the atoms finds the minimum. Takes O(n^2 log n).
 *
 * @param event The event; energies of any scale.
 * @returns Value, separation, energy fraction and likeness.
 * @throws {TypeError | RangeError} As {@linkcode pointCloud}.
 *
 * @example
 * ```ts
 * import { fitTwoProngs } from "@hexmover/hexmover/transport";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const jet = { energies: [30, 70], positions: [[0, 0], [3, 4]] };
 * const { value, separation, fraction } = fitTwoProngs(jet);
 * assertAlmostEquals(value, 0);
 * assertAlmostEquals(separation, 5);
 * assertAlmostEquals(fraction, 0.3);
 * ```
 */
export function fitTwoProngs(event: PointCloud): TwoProngFit {
  const { total, spectrum } = eventSpectrum(event);
  const { omegas, weights } = spectrum, allPairs = total ** 2;
  let share = 0, far = 0, best = { share: 0.5, far: 0, explained: 0 };
  // From the farthest pairs inwards.
  for (let atom = omegas.length - 1; atom >= 0 && share < 0.5; atom--) {
    const added = Math.min(weights[atom] / allPairs, 0.5 - share);
    if (added === 0) continue;
    share += added;
    far += added * omegas[atom];
    const explained = far ** 2 / share;
    if (explained > best.explained) best = { share, far, explained };
  }
  return {
    separation: best.far / best.share,
    fraction: (1 - Math.sqrt(Math.max(0, 1 - 2 * best.share))) / 2,
    ...spectralFit(spectrum, allPairs, best.explained),
  };
}

/**
 * Fits n points to an event by gradient descent on the squared spectral EMD, in their positions and
 * energies: how n-pronged an event is.
 *
 * It starts from the most energetic point of the event, and further points that hold energy far from
 * those before; steps have the length of Barzilai and Borwein and are halved until the value falls
 * enough. The value has several minima; the one that is found is not always the lowest. Where and how
 * the points lie as a whole means nothing, as the spectral EMD does not see it.
 *
 * @param event The event, of at least n points; energies of any scale.
 * @param n Number of points, at least 2.
 * @param options When to stop.
 * @returns The points, the value and the likeness.
 * @throws {TypeError | RangeError} As {@linkcode pointCloud}, or if n is no integer from 2 to the
 * number of points of the event.
 *
 * @example Three points fit an event of three points
 * ```ts
 * import { fitProngs } from "@hexmover/hexmover/transport";
 * import { assert } from "@std/assert";
 *
 * const event = { energies: [3, 2, 2, 0.1], positions: [[0, 0], [2, 0], [0, 3], [0.1, 3]] };
 * assert(fitProngs(event, 3).likeness > 0.999);
 * ```
 */
export function fitProngs(
  event: PointCloud,
  n: number,
  options: FitProngsOptions = {},
): ProngFit {
  const { spectrum, ...cloud } = eventSpectrum(event);
  if (!(Number.isInteger(n) && n >= 2 && n <= cloud.count)) {
    throw new RangeError(
      `Cannot fit a spectral shape: the number of prongs must be an integer from 2 to ${cloud.count}, current value is ${n}`,
    );
  }
  const { steps: maxSteps = 300, tolerance = 1e-12 } = options;
  // In units of the event's size and energy, so that one step length suits all unknowns.
  const onePoint = spectralFit(spectrum, cloud.total ** 2, 0).value;
  const length = Math.sqrt(onePoint) / cloud.total || 1;
  const target: CheckedCloud = {
    ...cloud,
    energies: cloud.energies.map((energy) => energy / cloud.total),
    positions: cloud.positions.map((coordinate) => coordinate / length),
    total: 1,
  };
  const targetSpectrum = pairSpectrum(target, ANGLE);
  const { unknowns, value, steps } = _descend(
    (unknowns) => _valueAndSlopes(unknowns, n, targetSpectrum),
    _start(target, n),
    maxSteps,
    tolerance,
  );
  const points = _points(unknowns, n);
  return {
    value: value * onePoint,
    energies: points.energies.map((fraction) => fraction * cloud.total),
    positions: points.positions.map((coordinate) => coordinate * length),
    likeness: onePoint === 0 ? 1 : 1 - value,
    steps,
  };
}

/** The unknowns are logarithms of energies, which a softmax makes fractions of, and coordinates. */
function _points(unknowns: Float64Array, n: number): CheckedCloud {
  const logs = unknowns.subarray(0, n), largest = Math.max(...logs);
  const energies = logs.map((log) => Math.exp(log - largest));
  const sum = energies.reduce((sum, energy) => sum + energy, 0);
  return {
    count: n,
    dimension: unknowns.length / n - 1,
    energies: energies.map((energy) => energy / sum),
    positions: unknowns.slice(n),
    total: 1,
  };
}

function _valueAndSlopes(unknowns: Float64Array, n: number, target: Spectrum) {
  const points = _points(unknowns, n);
  const comparison = compareSpectra(pairSpectrum(points, ANGLE), target);
  const { energies, positions } = cloudGradients(points, comparison.slopes().x, ANGLE.slope!);
  const mean = energies.reduce((sum, slope, k) => sum + slope * points.energies[k], 0);
  const slopes = new Float64Array(unknowns.length);
  slopes.set(energies.map((slope, k) => points.energies[k] * (slope - mean)));
  slopes.set(positions, n);
  return { value: comparison.value, slopes };
}

/** Each next point is the one that holds most energy times squared distance from those before. */
function _start(cloud: CheckedCloud, n: number): Float64Array {
  const { count, dimension, energies, positions } = cloud;
  const farness = new Float64Array(count).fill(1);
  const chosen: number[] = [];
  while (chosen.length < n) {
    let next = -1;
    for (let k = 0; k < count; k++) {
      if (chosen.includes(k)) continue;
      if (next < 0 || energies[k] * farness[k] > energies[next] * farness[next]) next = k;
    }
    chosen.push(next);
    for (let k = 0; k < count; k++) {
      const square = pointDistance(cloud, k, cloud, next) ** 2;
      farness[k] = chosen.length === 1 ? square : Math.min(farness[k], square);
    }
  }
  // Each point of the event gives its energy to the nearest chosen one.
  const shares = new Float64Array(n).fill(1e-3);
  for (let k = 0; k < count; k++) {
    const distances = chosen.map((of) => pointDistance(cloud, k, cloud, of));
    shares[distances.indexOf(Math.min(...distances))] += energies[k];
  }
  return Float64Array.of(
    ...shares.map(Math.log),
    ...chosen.flatMap((k) => [...positions.subarray(k * dimension, (k + 1) * dimension)]),
  );
}

/** Gradient descent with steps of Barzilai and Borwein, halved until the value falls enough. */
function _descend(
  valueAndSlopes: (unknowns: Float64Array) => { value: number; slopes: Float64Array },
  start: Float64Array,
  maxSteps: number,
  tolerance: number,
): { unknowns: Float64Array; value: number; steps: number } {
  let unknowns = start, { value, slopes } = valueAndSlopes(start);
  const stop = tolerance * value;
  let rate = 0.25, steps = 0;
  while (steps < maxSteps) {
    const steepness = _dot(slopes, slopes);
    if (steepness === 0) break;
    let moved = _moved(unknowns, slopes, rate), next = valueAndSlopes(moved);
    while (next.value > value - 1e-4 * rate * steepness && rate > 1e-12) {
      rate /= 2;
      moved = _moved(unknowns, slopes, rate);
      next = valueAndSlopes(moved);
    }
    const gain = value - next.value;
    if (!(gain > 0)) break;
    const turn = next.slopes.map((slope, k) => slope - slopes[k]);
    const step = moved.map((unknown, k) => unknown - unknowns[k]);
    const curvature = _dot(step, turn);
    rate = curvature > 0 ? _dot(step, step) / curvature : 1;
    [unknowns, { value, slopes }] = [moved, next];
    steps++;
    if (gain <= stop) break;
  }
  return { unknowns, value, steps };
}

function _moved(unknowns: Float64Array, slopes: Float64Array, rate: number): Float64Array {
  return unknowns.map((unknown, k) => unknown - rate * slopes[k]);
}

function _dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
