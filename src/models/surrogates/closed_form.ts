import shipped from "../../../data/surrogates/closed_form.json" with { type: "json" };
import { checkSimplex } from "../../losses/check_simplex.ts";
import type { Batch, LossResult } from "../../losses/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { ClosedFormNorm } from "./closed_form_norm.ts";
import { type ClosedFormTerms, weightedTerms } from "./closed_form_terms.ts";
import type { NamedWeights } from "../published/types.ts";
import { fromSurrogateModule, type SurrogateModule } from "./surrogate_files.ts";
import type { Surrogate } from "./types.ts";

/** The closed form as a loss. Unlike networks it answers at once. */
export interface ClosedFormSurrogate extends Surrogate {
  /** How it estimates. */
  readonly kind: "closed_form";
  /** What it sums up. */
  readonly terms: ClosedFormTerms;
  /** The estimates alone, as those of every surrogate. */
  value(target: Batch, output: Batch): Float64Array;
  /** Values and gradients, as those of every loss. */
  valueAndGradient(target: Batch, output: Batch): LossResult;
}

/**
 * An estimate of the EMD in closed form: weighted absolute values of linear functions of the
 * difference of two wafers,
 *
 *     E(x, y) = sum_s w_s |sum_{k in s} (x_k - y_k)| + sum_(ij) w_ij |flow_ij(x - y)|
 *
 * over sets s of cells (cells and balls around them, 2x2, rows of each rhombus, half-planes), and over
 * pairs of neighbours ij, with the flow that currents x_k - y_k drive through a net of equal
 * conductors. What must cross the edge of a set is what its charge differs by, whatever the plan; what
 * flows in the net is one way to bring it there. The weights, none negative, were fitted once to exact
 * EMDs.
 *
 * So E is a norm of x - y: zero at equality alone, symmetric, with the triangle inequality, convex, and
 * t times as large when y comes nearer to x by a factor t. Its gradient is that of a sum of absolute values; at their kinks
 * it is the subgradient with sign 0. Turning both wafers by thirds of a turn changes nothing. It is no
 * bound of the EMD, on neither side.
 *
 * No sum of absolute values is equally good everywhere. The fit that is shipped has a spread of 4 to 5 %
 * on random pairs and on reconstructions, as wafers with pile-up give them. It is too high where much
 * charge makes few and equal steps: by some 15 to 20 % where all of a wafer moves by one cell, and by up to
 * 70 % for a single cell and its neighbour.
 *
 * There are no tensors and no packages in it, and it takes some microseconds a pair.
 *
 * @param weights The weights, from {@linkcode fitClosedForm}; those that are shipped, fitted on
 * simulated wafers, if left out.
 * @returns The surrogate, for rows of 48 charge fractions; `normalised` lifts it to charges.
 * @throws {TypeError} If there are not as many weights as candidates.
 * @throws {RangeError} If a weight is negative or not finite.
 *
 * @example
 * ```ts
 * import { waferEmd } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 * import { closedForm } from "./closed_form.ts";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[5] = x[9] = y[20] = y[40] = 0.5;
 * const exact = waferEmd(x, y).value;
 * assertAlmostEquals(closedForm().value(x, y)[0] / exact, 1, 0.15);
 * ```
 */
export function closedForm(
  weights: ArrayLike<number> = _shippedWeights(),
): ClosedFormSurrogate {
  const terms = weightedTerms(weights);
  const norm = new ClosedFormNorm(terms);

  function value(target: Batch, output: Batch): Float64Array {
    const values = new Float64Array(checkSimplex("closed_form", CELLS, target, output));
    norm.evaluate(target, output, values);
    return values;
  }

  function valueAndGradient(target: Batch, output: Batch): LossResult {
    const values = new Float64Array(checkSimplex("closed_form", CELLS, target, output));
    const gradient = new Float64Array(values.length * CELLS);
    norm.evaluate(target, output, values, gradient);
    return { value: values, gradient };
  }

  return {
    kind: "closed_form",
    name: "closed_form",
    size: CELLS,
    domain: "simplex",
    symmetric: true,
    terms,
    value,
    valueAndGradient,
    dispose() {},
  };
}

function _shippedWeights(): Float32Array {
  return closedFormWeights(fromSurrogateModule(shipped as SurrogateModule).weights);
}

/**
 * The weights of a closed form among the tensors of a file.
 *
 * @param named Tensors by name.
 * @returns The weights.
 * @throws {TypeError} If there are none.
 */
export function closedFormWeights(named: NamedWeights): Float32Array {
  const tensor = named.get(WEIGHTS);
  if (tensor === undefined) {
    throw new TypeError(`Cannot make a closed form: there is no ${WEIGHTS}`);
  }
  return tensor.values;
}

/** Name of the tensor. */
export const WEIGHTS = "term_weights";
