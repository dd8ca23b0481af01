import type { Workspace } from "./workspace.ts";

/**
 * A difference of charges below this many times the charge is rounding of their normalisation, not
 * mass that wants to move.
 */
const ROUNDING = 4 * Number.EPSILON;

/**
 * Step 1: cancels the mass that both histograms hold in the same cell.
 *
 * With a metric ground distance some optimal plan leaves that mass where it is (moving i -> k -> j
 * is never cheaper than i -> j), so that only the differences travel: at most size / 2 squared arcs
 * instead of size squared.
 *
 * @returns Whether any mass has to move.
 */
export function cancelCommonMass(
  work: Workspace,
  x: Float64Array,
  xOffset: number,
  y: Float64Array,
  yOffset: number,
): boolean {
  const { size, cell, mass, topDown: sinkCell } = work;
  let n = 0, m = 0, total = 0;
  for (let k = 0; k < size; k++) {
    const xk = x[xOffset + k], yk = y[yOffset + k], surplus = xk - yk;
    if (surplus > ROUNDING * xk) {
      cell[n] = k;
      mass[n++] = surplus;
      total += surplus;
    } else if (surplus < -ROUNDING * yk) {
      sinkCell[m++] = k;
    }
  }
  // A residual that is rounding alone may lack a side, or be too small to divide by.
  if (m === 0 || total < 1e-300) n = m = 0;
  for (let j = 0; j < m; j++) {
    const k = sinkCell[j];
    cell[n + j] = k;
    mass[n + j] = y[yOffset + k] - x[xOffset + k];
  }
  work.n = n;
  work.m = m;
  work.stride = (m + 1) & ~1;
  work.total = total;
  return n > 0;
}
