/**
 * A second solver: the textbook simplex method on a full tableau, which shares nothing with the
 * solvers under test. Slow and plain.
 *
 * @module
 */

/** Minimise `cost . x` with `rows x = rhs` and `x >= 0`. */
export interface LinearProgram {
  readonly cost: readonly number[];
  readonly rows: readonly (readonly number[])[];
  /** Not negative. */
  readonly rhs: readonly number[];
}

const ROUNDING = 1e-11;

/** The least cost, by two phases with Bland's rule (no cycling). */
export function solveLinearProgram({ cost, rows, rhs }: LinearProgram): number {
  const height = rows.length, width = cost.length;
  // Phase one: an artificial variable a row, all basic; their sum has to become zero.
  const tableau = rows.map((row, r) => [...row, ...rows.map((_, k) => k === r ? 1 : 0), rhs[r]]);
  const basis = rows.map((_, r) => width + r);
  const artificial = [...cost.map(() => 0), ...rows.map(() => 1)];
  const infeasibility = _minimise(tableau, basis, artificial, width + height);
  if (infeasibility > 1e-9) throw new Error(`infeasible by ${infeasibility}`);
  // Phase two: artificial variables that are still basic, at zero, stay where they do no harm.
  for (let r = 0; r < height; r++) {
    if (basis[r] < width) continue;
    const enters = tableau[r].findIndex((x, c) => c < width && Math.abs(x) > ROUNDING);
    if (enters >= 0) _exchange(tableau, basis, r, enters);
  }
  return _minimise(tableau, basis, [...cost, ...rows.map(() => 0)], width);
}

/** Least cost of moving a to b, from the equations as they stand in any textbook. */
export function transportByLinearProgram(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
): number {
  return solveLinearProgram({
    cost: Array.from(M),
    rows: _marginalRows(a.length, b.length),
    rhs: [...Array.from(a), ...Array.from(b)],
  });
}

/** Rubner's EMD from its inequalities, one slack variable each, and the equation of the mass moved. */
export function rubnerByLinearProgram(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  M: ArrayLike<number>,
): number {
  const sum = (masses: ArrayLike<number>) => Array.from(masses).reduce((s, mass) => s + mass, 0);
  const moved = Math.min(sum(a), sum(b));
  const bins = a.length + b.length;
  const slack = (of: number) => Array.from({ length: bins }, (_, k) => k === of ? 1 : 0);
  const rows = _marginalRows(a.length, b.length).map((row, r) => [...row, ...slack(r)]);
  rows.push([...Array.from(M, () => 1), ...slack(-1)]);
  const cost = [...Array.from(M), ...slack(-1)];
  const value = solveLinearProgram({
    cost,
    rows,
    rhs: [...Array.from(a), ...Array.from(b), moved],
  });
  return value / moved;
}

function _marginalRows(n: number, m: number): number[][] {
  const arcs = Array.from({ length: n * m }, (_, k) => [Math.floor(k / m), k % m]);
  return [
    ...Array.from({ length: n }, (_, i) => arcs.map(([from]) => from === i ? 1 : 0)),
    ...Array.from({ length: m }, (_, j) => arcs.map(([, to]) => to === j ? 1 : 0)),
  ];
}

/** Pivots until no column below `width` has a negative reduced cost. */
function _minimise(
  tableau: number[][],
  basis: number[],
  cost: readonly number[],
  width: number,
): number {
  const last = tableau[0].length - 1;
  while (true) {
    const enters = cost.findIndex((c, k) =>
      k < width && c - tableau.reduce((s, row, r) => s + cost[basis[r]] * row[k], 0) < -ROUNDING
    );
    if (enters < 0) break;
    let leaves = -1;
    for (let r = 0; r < tableau.length; r++) {
      if (tableau[r][enters] <= ROUNDING) continue;
      if (leaves < 0) {
        leaves = r;
        continue;
      }
      const ratio = tableau[r][last] / tableau[r][enters];
      const least = tableau[leaves][last] / tableau[leaves][enters];
      if (ratio < least || (ratio === least && basis[r] < basis[leaves])) leaves = r;
    }
    if (leaves < 0) throw new Error("unbounded");
    _exchange(tableau, basis, leaves, enters);
  }
  return tableau.reduce((sum, row, r) => sum + cost[basis[r]] * row[last], 0);
}

function _exchange(tableau: number[][], basis: number[], leaves: number, enters: number): void {
  const pivot = tableau[leaves][enters];
  tableau[leaves] = tableau[leaves].map((x) => x / pivot);
  for (let r = 0; r < tableau.length; r++) {
    const factor = tableau[r][enters];
    if (r === leaves || factor === 0) continue;
    tableau[r] = tableau[r].map((x, c) => x - factor * tableau[leaves][c]);
  }
  basis[leaves] = enters;
}
