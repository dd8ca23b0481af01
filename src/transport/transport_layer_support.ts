/**
 * The linear equations behind the plan's derivatives: those of a graph whose edges are the pairs of
 * bins between which mass flows.
 *
 * @module
 */

/** Pairs of bins (i, j) that may carry mass: one byte a pair, row-major, length n * m; 1 or 0. */
export type Support = Uint8Array;

/**
 * Solves for numbers at the bins whose sums over the edges are given,
 *
 *     sum_j s_ij (l_i + k_j) = r_i  for all i,   sum_i s_ij (l_i + k_j) = c_j  for all j
 *
 * with s the support. In each connected part of the graph, adding to all l what is taken from all k
 * changes nothing; one number in each part is set to zero. The right side must allow a solution: r and
 * c have the same sum over each part. Takes O((n + m)^3) by Cholesky's factors.
 *
 * @param support Which pairs are edges.
 * @param r Right side at the n bins of the first histogram.
 * @param c Right side at the m bins of the second histogram.
 * @param shift Number that is added to the diagonal, for right sides that allow no solution.
 * @returns l and k.
 */
export function solveOnSupport(
  support: Support,
  r: Float64Array,
  c: Float64Array,
  shift = 0,
): { l: Float64Array; k: Float64Array } {
  const n = r.length, m = c.length, size = n + m;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      if (support[i * m + j] === 0) continue;
      matrix[(n + j) * size + i] = 1;
      matrix[i * size + i]++;
      matrix[(n + j) * size + n + j]++;
    }
  }
  if (shift > 0) { for (let node = 0; node < size; node++) matrix[node * size + node] += shift; }
  else for (const node of _oneOfEachPart(support, n, m)) matrix[node * size + node]++;
  const solution = Float64Array.of(...r, ...c);
  _factor(matrix, size);
  _solveFactored(matrix, size, solution);
  return { l: solution.slice(0, n), k: solution.slice(n) };
}

/** One bin of each connected part; bins are numbered 0 to n + m - 1. */
function _oneOfEachPart(support: Support, n: number, m: number): number[] {
  const seen = new Uint8Array(n + m), heads: number[] = [], open: number[] = [];
  for (let start = 0; start < n + m; start++) {
    if (seen[start]) continue;
    heads.push(start);
    seen[start] = 1;
    open.push(start);
    while (open.length > 0) {
      const node = open.pop()!, isRow = node < n;
      for (let other = isRow ? n : 0; other < (isRow ? n + m : n); other++) {
        const edge = isRow ? node * m + other - n : other * m + node - n;
        if (support[edge] === 0 || seen[other]) continue;
        seen[other] = 1;
        open.push(other);
      }
    }
  }
  return heads;
}

/** Cholesky's factor in the lower triangle, in place. */
function _factor(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const at = row * size;
    for (let column = 0; column <= row; column++) {
      const to = column * size;
      let sum = matrix[at + column];
      for (let k = 0; k < column; k++) sum -= matrix[at + k] * matrix[to + k];
      matrix[at + column] = column < row ? sum / matrix[to + column] : Math.sqrt(sum);
    }
  }
}

function _solveFactored(factor: Float64Array, size: number, values: Float64Array): void {
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) values[row] -= factor[row * size + k] * values[k];
    values[row] /= factor[row * size + row];
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) values[row] -= factor[k * size + row] * values[k];
    values[row] /= factor[row * size + row];
  }
}
