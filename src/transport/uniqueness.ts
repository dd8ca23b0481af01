import { largestValue, totalMass } from "./totals.ts";
import type { DualPotentials, TransportProblem } from "./types.ts";

/** A reduced cost up to this many times the largest cost counts as zero. */
const TIGHT = 1e-10;
/** A flow up to this many times the total mass counts as none. */
const NO_FLOW = 1e-12;

/** What is known to be the only optimal one of its kind. */
export interface Uniqueness {
  /** The plan. */
  readonly plan: boolean;
  /** The potentials, up to a constant, on the bins that hold mass. */
  readonly potentials: boolean;
}

/**
 * Whether an optimal plan and its potentials are the only ones.
 *
 * Take the bins that hold mass as the nodes of a graph.
 *
 * - The arcs that carry mass fix the differences of the potentials at their ends. Where they join all
 *   bins, the potentials are the only ones up to a constant; where not, a constant is free between the
 *   parts, and the value may have a kink in the masses.
 * - Mass can go another way at the same cost only along a cycle of tight arcs (of reduced cost zero).
 *   Where the tight arcs form no cycle, the plan is the only one; else the value may have a kink in
 *   the costs.
 *
 * Rounding is taken against uniqueness: reduced costs below 1e-10 of the largest cost count as zero,
 * and so do flows below 1e-12 of the mass. Takes O(n m).
 *
 * @param problem Masses and costs.
 * @param plan An optimal plan.
 * @param potentials Optimal potentials.
 * @returns What is known to be the only one.
 *
 * @example One bin can only stay; two equal bins may trade places
 * ```ts
 * import { emd, uniqueness } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const only = emd([1, 2], [3], [4, 5]);
 * assertEquals(uniqueness(only.problem, only.plan, only.potentials), {
 *   plan: true,
 *   potentials: true,
 * });
 * const trade = emd([1, 1], [1, 1], [1, 1, 1, 1]);
 * assertEquals([trade.uniquePlan, trade.uniquePotentials], [false, false]);
 * ```
 */
export function uniqueness(
  problem: TransportProblem,
  plan: Float64Array,
  potentials: DualPotentials,
): Uniqueness {
  const { a, b, cost } = problem;
  const n = a.length, m = b.length;
  const tight = TIGHT * largestValue(cost), noFlow = NO_FLOW * totalMass(a);
  const joinedByFlow = Int32Array.from({ length: n + m }, (_, node) => node);
  const joinedByTight = joinedByFlow.slice();
  let parts = _countPositive(a) + _countPositive(b), hasCycle = false;
  for (let i = 0; i < n; i++) {
    if (!(a[i] > 0)) continue;
    for (let j = 0; j < m; j++) {
      if (!(b[j] > 0)) continue;
      const k = i * m + j, carries = plan[k] > noFlow;
      if (carries && _join(joinedByFlow, i, n + j)) parts--;
      if (carries || cost[k] - potentials.a[i] - potentials.b[j] <= tight) {
        // An arc within one group closes a cycle.
        hasCycle = !_join(joinedByTight, i, n + j) || hasCycle;
      }
    }
  }
  return { plan: !hasCycle, potentials: parts === 1 };
}

/** Unites the groups of two nodes; false if they are in one already. */
function _join(group: Int32Array, u: number, w: number): boolean {
  const groupOfU = _groupOf(group, u), groupOfW = _groupOf(group, w);
  group[groupOfU] = groupOfW;
  return groupOfU !== groupOfW;
}

function _groupOf(group: Int32Array, node: number): number {
  while (group[node] !== node) {
    group[node] = group[group[node]]; // halves the way for the next time
    node = group[node];
  }
  return node;
}

function _countPositive(masses: Float64Array): number {
  let count = 0;
  for (let k = 0; k < masses.length; k++) if (masses[k] > 0) count++;
  return count;
}
