import { checkSimplex } from "../../losses/check_simplex.ts";
import type { Batch, LossResult } from "../../losses/types.ts";
import type { Model } from "../../tensor/types.ts";
import { tf } from "../../tensor/tf.ts";
import { normaliseRows } from "../../transport/rows.ts";
import { CELLS } from "../../wafer/cells.ts";
import { CTransform } from "./c_transform.ts";
import { DUAL_OUTPUTS } from "./dual_potential_network.ts";
import { scaledDifferences } from "./dual_potential_rows.ts";
import type { Surrogate } from "./types.ts";

/** An estimate of the EMD that comes with a bound. */
export interface DualPotential extends Surrogate {
  /** How it estimates. */
  readonly kind: "dual_potential";
  /**
   * Numbers that the exact EMDs are not below, whatever the network's weights.
   *
   * @param target B rows of 48 charge fractions.
   * @param output B rows of 48 charge fractions.
   * @returns One bound a row, in half pitches.
   * @throws {TypeError | RangeError} As `valueAndGradient`.
   */
  lowerBound(target: Batch, output: Batch): Promise<Float64Array>;
}

/** Rows that the network is shown at a time: the hidden layers take 6 kB a row. */
const CHUNK = 2048;

/**
 * Estimates EMDs by a guess of their dual potential. The guess of the network is made feasible by
 * {@linkcode CTransform}, from the sinks and from the sources; the better of the two potentials v, on
 * the simplex, has
 *
 *     bound = v . (x - y) <= EMD(x, y),     estimate = (1 + c) bound
 *
 * with the correction c of the network. The bound holds for any weights, up to the rounding of double
 * precision; training makes it tight. Exchanging x and y changes nothing.
 *
 * The gradient is - v, centred: the gradient of the bound if v stays as it is, and an exact gradient
 * where v is optimal, as for {@linkcode exactEmd}. It is not the slope of the estimate through the
 * network, which would be no potential.
 *
 * For x = y, estimate, bound and gradient are 0.
 *
 * @param model A network of {@linkcode buildDualPotential}; the estimate disposes of it.
 * @returns The estimate, on the backend that holds the model. Diagnostics: `lower_bound`. Its methods
 * throw a TypeError if batches are no rows of 48 or differ in length, a RangeError if a number is
 * negative, NaN or infinite or a row does not sum to one.
 *
 * @example
 * ```ts
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 * import { dualPotential } from "./dual_potential.ts";
 * import { buildDualPotential } from "./dual_potential_network.ts";
 *
 * await useBackend({ backend: "wasm" });
 * const estimate = dualPotential(buildDualPotential({ units: 16 }));
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = y[1] = 1;
 * // Of one source and one sink, any potential makes the exact bound.
 * assertAlmostEquals((await estimate.lowerBound(x, y))[0], 2);
 * ```
 */
export function dualPotential(model: Model): DualPotential {
  const sinks = new CTransform(), sources = new CTransform();

  async function estimate(target: Batch, output: Batch, gradient?: Float64Array) {
    const rows = checkSimplex("dual_potential", CELLS, target, output);
    const { differences, norms } = scaledDifferences(
      normaliseRows(target, CELLS).fractions,
      normaliseRows(output, CELLS).fractions,
    );
    const guesses = await _guesses(model, differences);
    const value = new Float64Array(rows), bound = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const guess = row * DUAL_OUTPUTS, offset = row * CELLS;
      const fromSinks = sinks.lowerBound(guesses, guess, differences, offset, "sinks");
      const fromSources = sources.lowerBound(guesses, guess, differences, offset, "sources");
      bound[row] = norms[row] * Math.max(fromSinks, fromSources);
      value[row] = (1 + guesses[guess + CELLS]) * bound[row];
      if (gradient === undefined) continue;
      (fromSinks >= fromSources ? sinks : sources).potential(gradient, offset);
      _centreAndNegate(gradient, offset);
    }
    return { value, bound };
  }

  return {
    name: "dual_potential",
    kind: "dual_potential",
    size: CELLS,
    domain: "simplex",
    symmetric: true,
    async valueAndGradient(target, output): Promise<LossResult> {
      const gradient = new Float64Array(output?.length ?? 0);
      const { value, bound } = await estimate(target, output, gradient);
      return { value, gradient, diagnostics: { lower_bound: bound } };
    },
    value: async (target, output) => (await estimate(target, output)).value,
    lowerBound: async (target, output) => (await estimate(target, output)).bound,
    dispose: () => model.dispose(),
  };
}

async function _guesses(model: Model, differences: Float64Array): Promise<Float32Array> {
  const rows = differences.length / CELLS, guesses = new Float32Array(rows * DUAL_OUTPUTS);
  for (let row = 0; row < rows; row += CHUNK) {
    const end = Math.min(rows, row + CHUNK);
    const output = tf.tidy(() => {
      const q = Float32Array.from(differences.subarray(row * CELLS, end * CELLS));
      return model.apply(tf.tensor2d(q, [end - row, CELLS]), false);
    });
    guesses.set(await output.data() as Float32Array, row * DUAL_OUTPUTS);
    output.dispose();
  }
  return guesses;
}

/** v becomes its mean minus v. */
function _centreAndNegate(v: Float64Array, offset: number): void {
  let mean = 0;
  for (let k = offset; k < offset + CELLS; k++) mean += v[k] / CELLS;
  for (let k = offset; k < offset + CELLS; k++) v[k] = mean - v[k];
}
