/**
 * An observable of wafers: the exact EMD from a reference shape around the leading cell; and the shape
 * tuned by its gradient.
 *
 * @module
 */
import { RandomStream } from "../../src/numerics/random.ts";
import { CELLS, normalise, waferDistances, waferEmdBatch } from "../../src/wafer/mod.ts";

/** Upper edges of the rings around the leading cell, half pitches; the first holds it alone. */
const RING_EDGES = [0.5, 2.5, 4.5, 6.5, 9, Infinity];
/** Number of rings. */
export const RINGS = RING_EDGES.length;

/** A shape: the logarithm of the charge of a cell in each ring, up to a constant. */
export type RingShape = Float64Array;

/** Options of {@linkcode tuneShape}. */
export interface TuneShapeOptions {
  /** Steps. */
  readonly steps: number;
  /** Seed of the batches. */
  readonly seed: number;
}

/** Wafers of each kind in a step; the rate of Adam, and what it remembers. */
const BATCH = 64, RATE = 0.03, BETA1 = 0.9, BETA2 = 0.999, EPSILON = 1e-8;
/** What an empty ring gets, as a part of the leading cell's. */
const LEAST_PART = 1e-4;

/** The ring of each cell around each cell, 48 x 48. */
const RING_OF = Uint8Array.from(
  waferDistances(),
  (distance) => RING_EDGES.findIndex((edge) => distance < edge),
);

/**
 * Where the rings lie.
 *
 * @returns Mean distance of each ring's cells from the leading one, over all places, half pitches.
 */
export function ringDistances(): number[] {
  const distances = waferDistances();
  return RING_EDGES.map((_, ring) => {
    const own = distances.filter((_, pair) => RING_OF[pair] === ring);
    return own.reduce((sum, distance) => sum + distance, 0) / own.length;
  });
}

/**
 * The mean shape of wafers around their leading cells: what one would take without tuning.
 *
 * @param charges Wafers with charge, 48 numbers each.
 * @returns The shape.
 */
export function meanShape(charges: Float64Array): RingShape {
  const fractions = normalise(charges, "fraction");
  const sum = new Float64Array(RINGS), cells = new Float64Array(RINGS);
  _leadingCells(charges).forEach((leading, row) => {
    for (let cell = 0; cell < CELLS; cell++) {
      const ring = RING_OF[leading * CELLS + cell];
      sum[ring] += fractions[row * CELLS + cell];
      cells[ring]++;
    }
  });
  const mean = sum.map((part, ring) => part / cells[ring]);
  return mean.map((part) => Math.log(Math.max(part, LEAST_PART * mean[0])));
}

/**
 * The observable, and its slopes in the shape.
 *
 *     O(x; w) = EMD(x, y),  y_k = exp(w_ring(k)) / sum_l exp(w_ring(l))
 *     dO/dw_r = sum over k in ring r of exp(w_r) dO/dY_k,  Y the shape before it is divided by its sum
 *
 * with dO/dY by the dual potentials of the transport.
 *
 * @param charges Wafers with charge, 48 numbers each.
 * @param shape The shape.
 * @param slopes Whether to compute slopes.
 * @returns The EMD of each wafer, half pitches; and its slopes, a row of {@linkcode RINGS} each.
 */
export function shapeEmd(
  charges: Float64Array,
  shape: RingShape,
  slopes = false,
): { readonly values: Float64Array; readonly slopes: Float64Array } {
  const rows = charges.length / CELLS, weights = shape.map(Math.exp);
  const shapes = new Float64Array(charges.length), leading = _leadingCells(charges);
  const ringAt = (k: number) => RING_OF[leading[Math.floor(k / CELLS)] * CELLS + k % CELLS];
  for (let k = 0; k < shapes.length; k++) shapes[k] = weights[ringAt(k)];
  const { values, gradients } = waferEmdBatch(charges, shapes, { gradients: slopes });
  const inShape = new Float64Array(slopes ? rows * RINGS : 0);
  gradients?.forEach((gradient, k) => {
    const ring = ringAt(k);
    inShape[Math.floor(k / CELLS) * RINGS + ring] += weights[ring] * gradient;
  });
  return { values, slopes: inShape };
}

/**
 * Tunes a shape so that its EMD tells signal from background: by Adam on the cross entropy of
 *
 *     P(signal) = 1 / (1 + exp(a (O(x; w) - c)))
 *
 * in w, log a and c, with as many wafers of both kinds in each step.
 *
 * @param signal Wafers near the shape, 48 charges each.
 * @param background Other wafers.
 * @param options Steps and seed.
 * @returns The tuned shape.
 */
export function tuneShape(
  signal: Float64Array,
  background: Float64Array,
  { steps, seed }: TuneShapeOptions,
): RingShape {
  const shape = meanShape(signal), stream = new RandomStream(seed, "wafers for the shape");
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;
  const middle = (mean(shapeEmd(signal, shape).values) +
    mean(shapeEmd(background, shape).values)) / 2;
  const parameters = Float64Array.of(...shape, 0, middle);
  const adam = _adam(parameters);
  for (let step = 0; step < steps; step++) {
    const batch = Float64Array.from(
      [signal, background].flatMap((charges) => _draw(charges, stream)),
    );
    const gradient = new Float64Array(parameters.length);
    const { values, slopes } = shapeEmd(batch, parameters.subarray(0, RINGS), true);
    const a = Math.exp(parameters[RINGS]), c = parameters[RINGS + 1];
    values.forEach((emd, row) => {
      const isSignal = row < BATCH, margin = a * (emd - c);
      // d cross entropy / d margin
      const slope = ((isSignal ? 1 : 0) - 1 / (1 + Math.exp(margin))) / values.length;
      for (let ring = 0; ring < RINGS; ring++) {
        gradient[ring] += slope * a * slopes[row * RINGS + ring];
      }
      gradient[RINGS] += slope * margin;
      gradient[RINGS + 1] -= slope * a;
    });
    // A rate that falls to zero ends at the best shape.
    adam(gradient, RATE * (1 + Math.cos(Math.PI * step / steps)) / 2);
  }
  return parameters.slice(0, RINGS);
}

/**
 * The part of the charge in the cells that hold most of it.
 *
 * @param charges Wafers with charge, 48 numbers each.
 * @param cells How many cells.
 * @returns The part of each wafer.
 */
export function leadingFraction(charges: Float64Array, cells: number): Float64Array {
  return Float64Array.from({ length: charges.length / CELLS }, (_, row) => {
    const sorted = charges.slice(row * CELLS, (row + 1) * CELLS).sort().reverse();
    const sum = (part: Float64Array) => part.reduce((a, b) => a + b, 0);
    return sum(sorted.subarray(0, cells)) / sum(sorted);
  });
}

function _leadingCells(charges: Float64Array): Uint8Array {
  return Uint8Array.from({ length: charges.length / CELLS }, (_, row) => {
    const wafer = charges.subarray(row * CELLS, (row + 1) * CELLS);
    return wafer.indexOf(Math.max(...wafer));
  });
}

function _draw(charges: Float64Array, stream: RandomStream): number[] {
  return Array.from({ length: BATCH }, () => stream.integer(charges.length / CELLS)).flatMap((
    row,
  ) => [
    ...charges.subarray(row * CELLS, (row + 1) * CELLS),
  ]);
}

/** A step of Adam on plain numbers, which are changed in place. */
function _adam(parameters: Float64Array): (gradient: Float64Array, rate: number) => void {
  const first = new Float64Array(parameters.length), second = new Float64Array(parameters.length);
  let step = 0;
  return (gradient, rate) => {
    step++;
    gradient.forEach((slope, k) => {
      first[k] = BETA1 * first[k] + (1 - BETA1) * slope;
      second[k] = BETA2 * second[k] + (1 - BETA2) * slope * slope;
      const mean = first[k] / (1 - BETA1 ** step), square = second[k] / (1 - BETA2 ** step);
      parameters[k] -= rate * mean / (Math.sqrt(square) + EPSILON);
    });
  };
}
