import { nonNegativeNormalEquations } from "../../numerics/nnls.ts";
import { CELLS } from "../../wafer/cells.ts";
import { WAFER_SYMMETRIES } from "../../wafer/symmetries.ts";
import { ConductorNet, LANES } from "./closed_form_flow.ts";
import { closedFormCandidates, type ClosedFormTerms } from "./closed_form_terms.ts";
import type { LabelledBatch } from "./types.ts";

/** Pairs of a kind, and how much the kind counts. */
export interface WeightedPairs {
  /** Fractions and exact EMDs. */
  readonly pairs: LabelledBatch;
  /** What the mean over these pairs is multiplied by, > 0. */
  readonly weight: number;
}

/** What {@linkcode fitClosedForm} found. */
export interface ClosedFormFit {
  /** The weight of each candidate, as `weightedTerms` takes them; most are zero. */
  readonly weights: Float32Array;
  /** Root of the weighted mean of ((estimate - exact) / exact)^2. */
  readonly relativeError: number;
}

/**
 * Fits the weights of all candidate terms to exact EMDs, by least squares of relative differences
 * with weights >= 0:
 *
 *     minimise  sum_kinds c  mean_pairs ( sum_t w_t |a_t . (x - y)| / EMD(x, y) - 1 )^2
 *
 * Of some 575 candidates about 120 get a weight. There are no random numbers, and only one minimum.
 *
 * @param kinds Pairs of each kind. EMDs must be above zero.
 * @returns The weights.
 * @throws {RangeError} If there is no pair.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assert } from "@std/assert";
 * import { fitClosedForm } from "./closed_form_fit.ts";
 * import { closedFormPairs } from "./closed_form_pairs.ts";
 *
 * const pairs = await closedFormPairs(toyWafers("shower", 100, 1), { seed: 1, pairs: 300 });
 * assert(fitClosedForm(pairs).relativeError < 0.05);
 * ```
 */
export function fitClosedForm(kinds: readonly WeightedPairs[]): ClosedFormFit {
  const candidates = closedFormCandidates();
  const count = kinds.reduce((sum, { pairs }) => sum + pairs.count, 0);
  if (count === 0) throw new RangeError("Cannot fit a closed form: there must be a pair");
  const features = new _Features(candidates);
  const n = features.count;
  const gram = new Float64Array(n * n), moments = new Float64Array(n);
  let targetSquare = 0;
  for (const { pairs, weight } of kinds) {
    if (pairs.count === 0) continue;
    const each = weight / pairs.count;
    targetSquare += weight;
    _addPairs(features, pairs, each, gram, moments);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) gram[j * n + i] = gram[i * n + j];
  }
  const { solution, residualNorm } = nonNegativeNormalEquations({ gram, moments, targetSquare });
  return {
    weights: Float32Array.from(solution),
    relativeError: residualNorm / Math.sqrt(targetSquare),
  };
}

/** Pairs whose products are added in one go: the sums are read and written once for all of them. */
const _BLOCK = 8;

function _addPairs(
  features: _Features,
  { x, y, emd, count }: LabelledBatch,
  weight: number,
  gram: Float64Array,
  moments: Float64Array,
): void {
  const n = features.count, scale = Math.sqrt(weight);
  const block = Array.from({ length: _BLOCK }, () => new Float64Array(n));
  const [f0, f1, f2, f3, f4, f5, f6, f7] = block;
  for (let first = 0; first < count; first += _BLOCK) {
    block.forEach((row, k) => {
      const pair = first + k;
      if (pair < count) features.evaluate(x, y, pair, scale / emd[pair], row);
      else row.fill(0);
    });
    for (let i = 0; i < n; i++) {
      const a0 = f0[i], a1 = f1[i], a2 = f2[i], a3 = f3[i];
      const a4 = f4[i], a5 = f5[i], a6 = f6[i], a7 = f7[i];
      moments[i] += scale * (a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7);
      for (let j = 0, at = i * n; j <= i; j++, at++) {
        gram[at] += a0 * f0[j] + a1 * f1[j] + a2 * f2[j] + a3 * f3[j] +
          a4 * f4[j] + a5 * f5[j] + a6 * f6[j] + a7 * f7[j];
      }
    }
  }
}

/** The candidate terms of a pair: |a . (x - y)| summed over the turned copies of each. */
class _Features {
  readonly count: number;
  readonly #terms: ClosedFormTerms;
  readonly #net = new ConductorNet();
  readonly #difference = new Float64Array(CELLS);
  /** In the first of the net's lanes. */
  readonly #potential = new Float64Array(CELLS * LANES);

  constructor(terms: ClosedFormTerms) {
    this.#terms = terms;
    const sets = terms.sums.flatMap(({ weights }) => weights.filter((weight) => weight > 0));
    this.count = sets.length + terms.flows.length;
  }

  evaluate(
    x: ArrayLike<number>,
    y: ArrayLike<number>,
    pair: number,
    scale: number,
    out: Float64Array,
  ): void {
    const r = this.#difference, phi = this.#potential;
    for (let cell = 0; cell < CELLS; cell++) {
      r[cell] = scale * (x[pair * CELLS + cell] - y[pair * CELLS + cell]);
    }
    for (let cell = 0; cell < CELLS; cell++) phi[cell * LANES] = r[cell];
    this.#net.solve(phi);
    out.fill(0);
    for (const turn of WAFER_SYMMETRIES) {
      let term = 0;
      for (const { cells, weights } of this.#terms.sums) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++) {
          sum += r[turn[cells[k]]];
          if (weights[k] > 0) out[term++] += Math.abs(sum);
        }
      }
      for (const { from, to } of this.#terms.flows) {
        out[term++] += Math.abs(phi[LANES * turn[from]] - phi[LANES * turn[to]]);
      }
    }
  }
}
