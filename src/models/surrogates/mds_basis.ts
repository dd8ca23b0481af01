import { symmetricEigen } from "../../numerics/symmetric_eigen.ts";

/**
 * The basis of classical multidimensional scaling with a ground distance D: coordinates c = q M in
 * which the length of a difference q of two histograms, of sum zero, is its energy distance,
 *
 *     |c|^2 = - q D q^T.
 *
 * With J = 1 - 1/n and the eigenvalues and eigenvectors (l_k, v_k) of - J D J, M[i, k] = sqrt(l_k) v_k[i].
 * Coordinates are sorted by their eigenvalues: first come those of slow changes across the cells,
 * which cost most to level out.
 *
 * @param distances The ground distance of n cells, row-major, n * n; a Euclidean one has no negative
 * eigenvalues.
 * @param size n.
 * @returns M, row-major, n * (n - 1).
 * @throws {RangeError} If an eigenvalue is negative.
 *
 * Source: W. Torgerson, Psychometrika 17 (1952) 401; G. Szekely and M. Rizzo, J. Stat. Plan. Inference
 * 143 (2013) 1249, for the energy distance.
 *
 * @example Cells at 0 and 3 on a line
 * ```ts
 * import { mdsBasis } from "./mds_basis.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [one, other] = mdsBasis(Float64Array.of(0, 3, 3, 0), 2);
 * assertAlmostEquals((one - other) ** 2, 2 * 3);
 * ```
 */
export function mdsBasis(distances: ArrayLike<number>, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(_centredNegative(distances, size), size);
  const lowest = values[size - 1];
  if (lowest < -1e-9 * values[0]) {
    throw new RangeError(
      `Cannot make a basis: the distance must have no negative eigenvalue, current value is ${lowest}`,
    );
  }
  // The last value is that of what all cells share: zero.
  const dimensions = size - 1;
  const basis = new Float64Array(size * dimensions);
  for (let k = 0; k < dimensions; k++) {
    const scale = Math.sqrt(Math.max(values[k], 0));
    for (let i = 0; i < size; i++) basis[i * dimensions + k] = scale * vectors[k * size + i];
  }
  return basis;
}

/** - J D J: D less the means of its rows and columns, with the other sign. */
function _centredNegative(distances: ArrayLike<number>, size: number): Float64Array {
  const means = new Float64Array(size);
  let mean = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) means[i] += distances[i * size + j] / size;
    mean += means[i] / size;
  }
  const centred = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = means[i] + means[j] - mean - distances[i * size + j];
      centred[i * size + j] = centred[j * size + i] = value;
    }
  }
  return centred;
}
