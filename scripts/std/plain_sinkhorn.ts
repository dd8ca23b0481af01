/**
 * Cuturi's iteration without the log domain, to see where it fails.
 *
 * @module
 */

/**
 * Entropic transport by scaling the kernel K = exp(-M / epsilon) as it stands:
 *
 *     u = a / (K v),   v = b / (K^T u),   P = diag(u) K diag(v)
 *
 * @param a Fractions.
 * @param b Fractions.
 * @param M Costs, row-major.
 * @param options Regularisation, iterations, and whether every number is held in single precision.
 * @returns What the plan costs, <P, M>; NaN or infinite where the kernel underflows.
 */
export function plainSinkhornCost(
  a: Float64Array,
  b: Float64Array,
  M: Float64Array,
  options: { readonly epsilon: number; readonly iterations: number; readonly single: boolean },
): number {
  const { epsilon, iterations, single } = options, n = a.length, m = b.length;
  const Numbers = single ? Float32Array : Float64Array;
  const held = single ? Math.fround : (x: number) => x;
  const K = new Numbers(M.map((cost) => Math.exp(-cost / epsilon)));
  const u = new Numbers(n), v = new Numbers(m).fill(1);
  for (let iteration = 0; iteration < iterations; iteration++) {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum = held(sum + held(K[i * m + j] * v[j]));
      u[i] = a[i] / sum;
    }
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum = held(sum + held(K[i * m + j] * u[i]));
      v[j] = b[j] / sum;
    }
  }
  let cost = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) cost += u[i] * K[i * m + j] * v[j] * M[i * m + j];
  }
  return cost;
}
