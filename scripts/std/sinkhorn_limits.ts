/**
 * What entropic transport does as a training loss: its error, underflow, what is left at equality, and
 * its iterations.
 *
 * @module
 */
import { quantiles } from "../../src/numerics/mod.ts";
import { sinkhorn, SinkhornDivergenceSolver, SinkhornSolver } from "../../src/transport/mod.ts";
import { OUTPUT_LOSSES, outputLoss } from "./output_losses.ts";
import { meanDistance, type OutputSpace, peakedHistogram, softmax } from "./output_spaces.ts";
import { plainSinkhornCost } from "./plain_sinkhorn.ts";

/** Lines by name: y at each x. */
export type Lines = Readonly<Record<string, readonly number[]>>;

/** Regularisations, in mean distances of classes, from coarse to fine. */
export const EPSILONS: readonly number[] = [3, 1, 0.3, 0.1, 0.03, 0.01, 0.003];
/** How far outputs are from the target at equality and near it: the part that is of another histogram. */
export const PARTS: readonly number[] = [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5];
/** By what logits are multiplied to sharpen outputs. */
export const SHARPNESS: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, 16];

/**
 * The error of three quantities that go by Sinkhorn's name against the exact EMD.
 *
 * @param space The space.
 * @param seeds A pair of histograms each.
 * @returns Median over pairs of |value / EMD - 1|, at {@linkcode EPSILONS}.
 */
export function sinkhornErrors(space: OutputSpace, seeds: readonly number[]): Lines {
  const lines: Record<string, number[]> = { value: [], "transport cost": [], divergence: [] };
  for (const part of EPSILONS) {
    const epsilon = part * meanDistance(space);
    const divergence = new SinkhornDivergenceSolver(space.distances, space.size, { epsilon });
    const errors = seeds.map((seed) => {
      const [p, q] = _pair(space, seed), exact = space.closedForm(p, q, 1).value;
      const { value, transportCost } = sinkhorn(p, q, space.distances, { epsilon });
      return [value, transportCost, divergence.solve(p, 0, q, 0)]
        .map((found) => Math.abs(found / exact - 1));
    });
    Object.values(lines).forEach((line, k) => line.push(_median(errors.map((error) => error[k]))));
  }
  return lines;
}

/**
 * How often an iteration ends with a number: outputs are soft, the target is one class.
 *
 * @param space The space.
 * @param seeds An output and a class each.
 * @param epsilons Regularisations, in mean distances.
 * @returns Percent of the targets, at each epsilon, by domain and precision.
 */
export function sinkhornSurvival(
  space: OutputSpace,
  seeds: readonly number[],
  epsilons: readonly number[],
): Lines {
  const { size, distances } = space, mean = meanDistance(space);
  const share = (cost: (p: Float64Array, q: Float64Array, epsilon: number) => number) =>
    epsilons.map((part) => {
      const good = seeds.filter((seed) => {
        const p = peakedHistogram(size, seed, "output");
        const q = new Float64Array(size);
        const weights = peakedHistogram(size, seed, "class");
        q[weights.indexOf(Math.max(...weights))] = 1;
        // With one class there is but one plan, so that it is known what it costs.
        const exact = space.closedForm(p, q, 1).value;
        return Math.abs(cost(p, q, part * mean) / exact - 1) < 1e-3;
      });
      return 100 * good.length / seeds.length;
    });
  const plain = (single: boolean) => (p: Float64Array, q: Float64Array, epsilon: number) =>
    plainSinkhornCost(p, q, distances, { epsilon, iterations: 20, single });
  return {
    "single precision": share(plain(true)),
    "double precision": share(plain(false)),
    "log domain": share((p, q, epsilon) => sinkhorn(p, q, distances, { epsilon }).transportCost),
  };
}

/**
 * Values and gradients near equality: the output is the target, but for a part of another histogram.
 *
 * @param space The space.
 * @param seeds A pair of histograms each.
 * @param epsilon The regularisation, in mean distances.
 * @returns Of each loss the median over pairs, at {@linkcode PARTS} and at equality (the last entry):
 * values and largest entries of the gradient.
 */
export function nearEquality(
  space: OutputSpace,
  seeds: readonly number[],
  epsilon: number,
): { readonly values: Lines; readonly gradients: Lines } {
  const values: Record<string, number[]> = {}, gradients: Record<string, number[]> = {};
  for (const name of OUTPUT_LOSSES) {
    if (name === "cross entropy") continue;
    const loss = outputLoss(name, space, epsilon);
    const found = [...PARTS, 0].map((part) =>
      seeds.map((seed) => {
        const [other, q] = _pair(space, seed);
        const p = q.map((mass, k) => (1 - part) * mass + part * other[k]);
        const { value, gradient } = loss(p, q);
        return { value, gradient: gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0) };
      })
    );
    values[name] = found.map((pairs) => _median(pairs.map(({ value }) => value)));
    gradients[name] = found.map((pairs) => _median(pairs.map(({ gradient }) => gradient)));
  }
  return { values, gradients };
}

/**
 * Iterations to marginals right to 1e-6, as outputs become sharp and targets stay as they are.
 *
 * @param space The space.
 * @param seeds A pair of histograms each.
 * @param epsilon The regularisation, in mean distances.
 * @returns Median over pairs, at {@linkcode SHARPNESS}.
 */
export function iterationsBySharpness(
  space: OutputSpace,
  seeds: readonly number[],
  epsilon: number,
): Lines {
  const count = (method: "newton" | "sinkhorn") => {
    const options = { epsilon: epsilon * meanDistance(space), tolerance: 1e-6, method };
    const solver = new SinkhornSolver(space.distances, space.size, space.size, options);
    return SHARPNESS.map((sharpness) =>
      _median(seeds.map((seed) => {
        const [output, q] = _pair(space, seed);
        const p = softmax(output.map((mass) => sharpness * Math.log(mass)));
        solver.solve(p, 0, q, 0);
        return solver.iterations;
      }))
    );
  };
  return { "Cuturi's iteration": count("sinkhorn"), "with Newton steps": count("newton") };
}

function _pair({ size }: OutputSpace, seed: number): readonly [Float64Array, Float64Array] {
  return [peakedHistogram(size, seed, "output"), peakedHistogram(size, seed, "target")];
}

function _median(values: readonly number[]): number {
  return quantiles(values, [0.5])[0];
}
