/**
 * Ground distances between classes by who is nearer to whom: with r_ij the rank of class j among the
 * Euclidean distances of all classes from class i (0 for i itself) and S the number of classes,
 *
 * D_ij = (r_ij + r_ji) / (2 (S - 1))
 *
 * so that D is symmetric, between 0 and 1, and the same for features of any scale. Of classes equally far
 * away the one with the lower number comes first.
 *
 * @param centroids Where each class is, in any number of dimensions; `undefined` where that is not known.
 * Such a class is at distance 1 from all others, and S does not count it.
 * @returns D, row-major.
 * @see Hou, Yu and Samaras, arXiv 1611.05916
 *
 * @example Three points on a line
 * ```ts
 * import { rankedDistances } from "@hexmover/hexmover/losses";
 * import { assertEquals } from "@std/assert";
 *
 * // From 0 the nearest is 1, then 9; from 9 it is 1, then 0.
 * assertEquals([...rankedDistances([[0], [1], [9]])], [0, 0.5, 1, 0.5, 0, 0.75, 1, 0.75, 0]);
 * ```
 */
export function rankedDistances(
  centroids: readonly (ArrayLike<number> | undefined)[],
): Float64Array {
  const classes = centroids.length;
  const known = centroids.keys().filter((k) => centroids[k] !== undefined).toArray();
  const distances = Float64Array.from(
    { length: classes * classes },
    (_, at) => Math.floor(at / classes) === at % classes ? 0 : 1,
  );
  const ranks = new Float64Array(classes * classes);
  for (const i of known) {
    const away = known.map((j) => ({ j, squared: _squaredDistance(centroids[i]!, centroids[j]!) }));
    // The sort is stable; and i is the nearest to itself, whoever else is there.
    away.sort((a, b) => Number(b.j === i) - Number(a.j === i) || a.squared - b.squared);
    away.forEach(({ j }, rank) => ranks[i * classes + j] = rank);
  }
  for (const i of known) {
    for (const j of known) {
      if (i === j) continue;
      const both = ranks[i * classes + j] + ranks[j * classes + i];
      distances[i * classes + j] = both / (2 * (known.length - 1));
    }
  }
  return distances;
}

function _squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum;
}
