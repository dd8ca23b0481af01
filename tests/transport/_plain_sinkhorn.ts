/**
 * A second implementation of entropic transport: Cuturi's iteration in the plain domain, with a kernel
 * exp(-M / epsilon) that underflows where epsilon is small.
 *
 * @module
 */

/** The regularised cost, what the plan costs, and the plan. */
export function plainSinkhorn(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
  epsilon: number,
): { value: number; transportCost: number; plan: number[][] } {
  const A = Array.from(a), B = Array.from(b);
  const K = A.map((_, i) => B.map((_, j) => Math.exp(-M[i * B.length + j] / epsilon)));
  let v = B.map(() => 1), u: number[] = [];
  for (let iteration = 0; iteration < 20_000; iteration++) {
    u = A.map((mass, i) => mass / K[i].reduce((sum, k, j) => sum + k * v[j], 0));
    v = B.map((mass, j) => mass / K.reduce((sum, row, i) => sum + row[j] * u[i], 0));
  }
  const plan = K.map((row, i) => row.map((k, j) => u[i] * k * v[j]));
  let transportCost = 0, entropy = 0;
  plan.forEach((row, i) =>
    row.forEach((mass, j) => {
      if (mass === 0) return;
      transportCost += mass * M[i * B.length + j];
      entropy += mass * Math.log(mass / (A[i] * B[j]));
    })
  );
  return { value: transportCost + epsilon * entropy, transportCost, plan };
}
