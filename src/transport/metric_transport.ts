import { MetricSimplex } from "./metric_simplex/solver.ts";
import { totalMass } from "./totals.ts";
import type { DualPotentials, TransportSolution } from "./types.ts";

/** Setting a solver up takes longer than a solve; one is kept for each metric. */
const _solvers = new WeakMap<Float64Array, MetricSimplex>();

/**
 * Solves a transport problem by {@linkcode MetricSimplex}, which works on charge fractions and on the
 * mass that is not common to both histograms.
 *
 * It checks nothing: the caller hands it finite masses that are not negative, of equal total.
 *
 * @param a Masses of the first histogram.
 * @param b Masses of the second histogram, of the same length.
 * @param metric A metric between their bins, up to 62, that never changes
 * ({@linkcode rememberedMetric}).
 * @returns Value, status and pivots; plan and potentials on request, until the next solve.
 */
export function solveMetricTransport(
  a: Float64Array,
  b: Float64Array,
  metric: Float64Array,
): TransportSolution {
  const size = a.length, total = totalMass(a);
  const solver = _solvers.get(metric) ?? new MetricSimplex(metric);
  _solvers.set(metric, solver);
  const value = total * solver.solve(_fractions(a), 0, _fractions(b), 0);
  const { status, pivots } = solver;
  return { value, status, pivots, plan, potentials };

  /** What both hold in a bin stays there; the rest moves by the solver's flows. */
  function plan(): Float64Array {
    const from = new Uint8Array(size), to = new Uint8Array(size), mass = new Float64Array(size);
    const count = solver.flows(from, to, mass);
    const plan = new Float64Array(size * size);
    for (let k = 0; k < size; k++) plan[k * size + k] = Math.min(a[k], b[k]);
    for (let f = 0; f < count; f++) plan[from[f] * size + to[f]] = total * mass[f];
    return plan;
  }

  function potentials(): DualPotentials {
    const phi = new Float64Array(size);
    solver.potential(phi);
    return { a: phi, b: phi.map((value) => 0 - value) };
  }
}

function _fractions(masses: Float64Array): Float64Array {
  const total = totalMass(masses), fractions = new Float64Array(masses.length);
  for (let k = 0; k < masses.length; k++) fractions[k] = masses[k] / total;
  return fractions;
}
