import { networkSimplex } from "../network_simplex/solver.ts";
import type { TransportSolution } from "../types.ts";
import { cancelCommonMass } from "./cancel.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Solves the residual problem of a workspace with the general network simplex: for the case that the
 * pivots of the fast one did not come to an end.
 *
 * @param work A workspace whose costs are in place; it receives potentials and flows as the fast way
 * would leave them, without the sets of nodes below a node.
 * @param x The first histogram, from xOffset.
 * @param xOffset Where it begins.
 * @param y The second histogram, from yOffset.
 * @param yOffset Where it begins.
 * @returns How the general solver ended.
 */
export function solveByNetworkSimplex(
  work: Workspace,
  x: Float64Array,
  xOffset: number,
  y: Float64Array,
  yOffset: number,
): TransportSolution {
  // The start has used up the masses.
  cancelCommonMass(work, x, xOffset, y, yOffset);
  const { n, m, stride, mass, cost, potential } = work;
  const compact = new Float64Array(n * m);
  for (let i = 0; i < n; i++) compact.set(cost.subarray(i * stride, i * stride + m), i * m);
  const solution = networkSimplex({
    a: mass.slice(0, n),
    b: mass.slice(n, n + m),
    cost: compact,
  });
  const { a, b } = solution.potentials();
  potential.set(a);
  for (let j = 0; j < m; j++) potential[n + j] = -b[j];
  _hang(work, solution.plan());
  return solution;
}

/** Hangs the arcs with flow, a forest, from a root of each of its trees. */
function _hang({ n, m, parent, flow }: Workspace, plan: Float64Array): void {
  const isHung = new Uint8Array(n + m);
  parent.fill(-1, 0, n + m);
  flow.fill(0, 0, n + m);
  for (let root = 0; root < n + m; root++) {
    if (isHung[root]) continue;
    isHung[root] = 1;
    const waiting = [root];
    for (const up of waiting) {
      for (let k = up < n ? n : 0; k < (up < n ? n + m : n); k++) {
        const moved = up < n ? plan[up * m + k - n] : plan[k * m + up - n];
        if (moved <= 0 || isHung[k]) continue;
        isHung[k] = 1;
        parent[k] = up;
        flow[k] = moved;
        waiting.push(k);
      }
    }
  }
}
