import { lineWalk, walkCost, walkLine, walkPotentials } from "../transport/spectral_line.ts";
import { pairSpectrum, powerAngle, slopesInEnergies } from "../transport/spectral_spectrum.ts";
import { pointCloud } from "../transport/point_cloud.ts";
import { normaliseRows } from "../transport/rows.ts";
import { cellPositions, CELLS, type WaferGeometryOptions } from "../wafer/cells.ts";
import { sharedWaferDistances } from "../wafer/distances.ts";
import { checkSimplex } from "./check_simplex.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode spectral}. */
export interface SpectralOptions extends WaferGeometryOptions {
  /**
   * Power beta of the distance d in the angle of a pair of cells, `omega = d^beta / beta`.
   *
   * @default 1
   */
  readonly beta?: number;
  /**
   * Weight of the energy distance of the two wafers, which sees where the charge is; a length for
   * beta = 1. With 0, a wafer and its turned or mirrored image have no distance.
   *
   * @default 1
   */
  readonly position?: number;
}

/**
 * The squared spectral EMD of two wafers as a loss, with a term that ties it to the place:
 *
 *     L(x, y) = SEMD^2(x, y) - position * sum_ij (x_i - y_i) d_ij (x_j - y_j)
 *
 * The spectral EMD compares how much charge lies at which distance from other charge, and does not see
 * where. The second term is the energy distance (of Szekely and Rizzo: not the energy mover's), made
 * of the same pair distances; it is not negative, and zero for equal wafers alone. So the sum is zero
 * for equal wafers alone, too.
 *
 * The cells do not move: their 1128 distances are sorted once, and a row takes O(48^2).
 *
 * @param options Geometry, unit and order of the cells; the power of the distance; the weight of the
 * second term.
 * @returns The loss, for rows of 48 charge fractions; {@linkcode normalised} lifts it to charges.
 * Diagnostics: `spectral` and `position`, the two terms without the weight.
 * @see {@linkcode spectralEmd}; Szekely and Rizzo, J. Stat. Plan. Inference 143 (2013) 1249
 *
 * @example The spectral term alone does not see a charge that moves as a whole
 * ```ts
 * import { spectral } from "@hexmover/hexmover/losses";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1;
 * const alone = await spectral({ position: 0 }).valueAndGradient(x, y);
 * assertAlmostEquals(alone.value[0], 0);
 * const { value } = await spectral().valueAndGradient(x, y);
 * assertAlmostEquals(value[0], 2 * 2, 1e-5); // twice the distance
 * ```
 */
export function spectral(options: SpectralOptions = {}): Loss {
  const { beta = 1, position = 1, ...geometry } = options;
  if (!(position >= 0 && position < Infinity)) {
    throw new RangeError(
      `Cannot set up spectral: position must be finite and >= 0, current value is ${position}`,
    );
  }
  const distances = sharedWaferDistances(geometry);
  const cells = pointCloud({
    energies: new Float64Array(CELLS).fill(1),
    positions: cellPositions(geometry),
  });
  const { omegas, first, second } = pairSpectrum(cells, powerAngle(beta));
  const atoms = omegas.length, walk = lineWalk(atoms, atoms);
  const [weightsX, weightsY, u, v] = Array.from({ length: 4 }, () => new Float64Array(atoms));

  /** The weights of the atoms for the charges of one row. */
  function weigh(charges: Float64Array, weights: Float64Array): void {
    weights[0] = 0;
    for (let k = 0; k < CELLS; k++) weights[0] += charges[k] * charges[k];
    for (let atom = 1; atom < atoms; atom++) {
      weights[atom] = 2 * charges[first[atom]] * charges[second[atom]];
    }
  }

  function spectralTerm(x: Float64Array, y: Float64Array, gradient: Float64Array): number {
    weigh(x, weightsX);
    weigh(y, weightsY);
    walkLine(weightsX, weightsY, walk);
    walkPotentials(walk, omegas, omegas, u, v);
    slopesInEnergies({ first, second }, v, y, gradient);
    return walkCost(walk, omegas, omegas);
  }

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const rows = checkSimplex("spectral", CELLS, target, output);
    const x = normaliseRows(target, CELLS).fractions, y = normaliseRows(output, CELLS).fractions;
    const value = new Float64Array(rows), gradient = new Float64Array(rows * CELLS);
    const inPairs = new Float64Array(rows), inPlace = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const [xRow, yRow, slopes] = [x, y, gradient].map((batch) =>
        batch.subarray(row * CELLS, (row + 1) * CELLS)
      );
      inPairs[row] = spectralTerm(xRow, yRow, slopes);
      if (position > 0) inPlace[row] = _energyDistance(xRow, yRow, distances, position, slopes);
      value[row] = inPairs[row] + position * inPlace[row];
    }
    return { value, gradient, diagnostics: { spectral: inPairs, position: inPlace } };
  }

  return { name: "spectral", size: CELLS, domain: "simplex", symmetric: true, valueAndGradient };
}

/** The energy distance; adds its centred slopes in y, times a weight. */
function _energyDistance(
  x: Float64Array,
  y: Float64Array,
  distances: Float64Array,
  weight: number,
  slopes: Float64Array,
): number {
  const field = new Float64Array(CELLS);
  let value = 0, mean = 0;
  for (let i = 0; i < CELLS; i++) {
    let sum = 0;
    for (let j = 0; j < CELLS; j++) sum += distances[i * CELLS + j] * (x[j] - y[j]);
    field[i] = sum;
    value -= (x[i] - y[i]) * sum;
    mean += sum / CELLS;
  }
  for (let i = 0; i < CELLS; i++) slopes[i] += 2 * weight * (field[i] - mean);
  // Rounding may leave a little below zero.
  return Math.max(0, value);
}
