/**
 * Losses of free outputs on small spaces, each with its gradient.
 *
 * @module
 */
import { SinkhornDivergenceSolver, SinkhornSolver } from "../../src/transport/mod.ts";
import { meanDistance, type OutputSpace } from "./output_spaces.ts";

/** What outputs are moved by. */
export const OUTPUT_LOSSES = [
  "exact",
  "relaxed",
  "Sinkhorn",
  "Sinkhorn divergence",
  "cross entropy",
] as const;
/** One of {@linkcode OUTPUT_LOSSES}. */
export type OutputLoss = typeof OUTPUT_LOSSES[number];

/** The value for an output and a target, and what to descend along. */
export type ValueAndGradient = (
  p: Float64Array,
  q: Float64Array,
) => { readonly value: number; readonly gradient: Float64Array };

/** How far Sinkhorn is iterated. */
const TOLERANCE = 1e-6;

/**
 * A loss on a space.
 *
 * @param name Which one: the exact and the relaxed (rho = 2) closed form; entropic transport, plain and
 * debiased; cross entropy.
 * @param space The space.
 * @param epsilon The regularisation, in mean distances of classes.
 * @returns The loss; gradients sum to zero but for that of cross entropy.
 */
export function outputLoss(
  name: OutputLoss,
  space: OutputSpace,
  epsilon: number,
): ValueAndGradient {
  const { size, distances } = space;
  const options = { epsilon: epsilon * meanDistance(space), tolerance: TOLERANCE };
  const gradient = new Float64Array(size);
  switch (name) {
    case "exact":
      return (p, q) => space.closedForm(p, q, 1);
    case "relaxed":
      return (p, q) => space.closedForm(p, q, 2);
    case "Sinkhorn": {
      const solver = new SinkhornSolver(distances, size, size, options);
      return (p, q) => {
        const value = solver.solve(p, 0, q, 0);
        solver.potentials(gradient, 0, undefined, 0);
        const mean = gradient.reduce((sum, g) => sum + g, 0) / size;
        return { value, gradient: gradient.map((g) => g - mean) };
      };
    }
    case "Sinkhorn divergence": {
      const solver = new SinkhornDivergenceSolver(distances, size, options);
      return (p, q) => {
        const value = solver.solve(p, 0, q, 0);
        solver.gradients(gradient, 0, undefined, 0);
        return { value, gradient };
      };
    }
    case "cross entropy":
      return (p, q) => ({
        value: q.reduce((sum, mass, k) => sum + mass * Math.log(mass / p[k]), 0),
        gradient: q.map((mass, k) => -mass / p[k]),
      });
  }
}
