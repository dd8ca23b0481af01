/**
 * Distorted copies of wafers, to compare with the originals: what a lossy transmission might return.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferDistances } from "../../wafer/distances.ts";

/** Distances between cells in pitches. */
const DISTANCES = waferDistances({ geometry: "low_density", unit: "pitch" });

/** For each cell its neighbours: within a rhombus they are 1 pitch away, across a seam 0.9. */
const NEIGHBOURS: readonly (readonly number[])[] = Array.from({ length: CELLS }, (_, cell) => {
  const distances = [...DISTANCES.subarray(cell * CELLS, (cell + 1) * CELLS)];
  return distances.flatMap((distance, other) => other !== cell && distance < 1.01 ? [other] : []);
});

/** Largest fraction of a cell's charge that {@linkcode blurWafers} moves. */
const LARGEST_LEAK = 0.5;

/**
 * A blurred copy of each wafer: every cell passes up to half of its charge to one of its
 * neighbours. On toy showers some 25 of the 48 cells hold charge then, instead of 18.
 *
 * @param charges One wafer or several in train order, row-major, length a multiple of 48; not
 * changed.
 * @param stream Where the random numbers come from.
 * @returns The blurred wafers, with the same sums of charges up to rounding.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 *
 * @example
 * ```ts
 * import { blurWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const wafer = new Float64Array(48).with(0, 10);
 * const blurred = blurWafers(wafer, new RandomStream(7, "blur"));
 * assertEquals(blurred.filter((charge) => charge > 0).length, 2);
 * assertAlmostEquals(blurred.reduce((sum, charge) => sum + charge), 10);
 * ```
 */
export function blurWafers(charges: ArrayLike<number>, stream: RandomStream): Float64Array {
  _checkLength(charges, "blur wafers");
  const blurred = Float64Array.from(charges);
  for (let i = 0; i < charges.length; i++) {
    if (charges[i] === 0) continue;
    const neighbours = NEIGHBOURS[i % CELLS];
    const to = i - i % CELLS + neighbours[stream.integer(neighbours.length)];
    const leak = charges[i] * LARGEST_LEAK * stream.uniform();
    blurred[i] -= leak;
    blurred[to] += leak;
  }
  return blurred;
}

/** Width of the kernel of {@linkcode reconstructWafers}, in pitches. */
const KERNEL_WIDTH = 0.5;
/** Spread of the logarithm of a reconstructed charge. */
const CHARGE_SPREAD = 0.4;
/** Mean of the floor in a cell, as a fraction of the wafer's charge. */
const FLOOR = 0.002;

/**
 * A copy of each wafer with charge in all 48 cells, as the decoder of an autoencoder gives: charges
 * smoothed by a Gaussian kernel, scattered, and lifted by a small floor,
 *
 *     y_i = e^(0.4 g_i) sum_j K_ij x_j + 0.002 u_i sum_j x_j,     sum_i K_ij = 1,
 *
 * with g_i normal and u_i exponential random numbers.
 *
 * @param charges One wafer or several in train order, row-major, length a multiple of 48; not
 * changed.
 * @param stream Where the random numbers come from.
 * @returns The reconstructed wafers, positive in every cell; their sums differ from the originals'.
 * An empty wafer stays empty.
 * @throws {TypeError} If the number of charges is not a multiple of 48.
 *
 * @example
 * ```ts
 * import { reconstructWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assert } from "@std/assert";
 *
 * const wafer = new Float64Array(48).with(0, 10);
 * assert(reconstructWafers(wafer, new RandomStream(7, "decoder")).every((charge) => charge > 0));
 * ```
 */
export function reconstructWafers(charges: ArrayLike<number>, stream: RandomStream): Float64Array {
  _checkLength(charges, "reconstruct wafers");
  const reconstructed = new Float64Array(charges.length);
  for (let row = 0; row < charges.length; row += CELLS) {
    let sum = 0;
    for (let j = 0; j < CELLS; j++) {
      const charge = charges[row + j];
      sum += charge;
      if (charge === 0) continue;
      for (let i = 0; i < CELLS; i++) reconstructed[row + i] += KERNEL[i * CELLS + j] * charge;
    }
    for (let i = 0; i < CELLS; i++) {
      reconstructed[row + i] *= Math.exp(CHARGE_SPREAD * stream.normal());
      reconstructed[row + i] += FLOOR * sum * stream.exponential();
    }
  }
  return reconstructed;
}

/** Gaussian of the distance, each column normalised to 1. */
const KERNEL = _kernel();

function _kernel(): Float64Array {
  const kernel = DISTANCES.map((distance) => Math.exp(-0.5 * (distance / KERNEL_WIDTH) ** 2));
  for (let j = 0; j < CELLS; j++) {
    let sum = 0;
    for (let i = 0; i < CELLS; i++) sum += kernel[i * CELLS + j];
    for (let i = 0; i < CELLS; i++) kernel[i * CELLS + j] /= sum;
  }
  return kernel;
}

function _checkLength(charges: ArrayLike<number>, doing: string): void {
  if (charges.length % CELLS !== 0) {
    throw new TypeError(
      `Cannot ${doing}: number of charges must be a multiple of ${CELLS}, ` +
        `current value is ${charges.length}`,
    );
  }
}
