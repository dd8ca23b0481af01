import { RandomStream } from "../../numerics/random.ts";
import { glorotUniform } from "../../tensor/initialise.ts";
import { tf } from "../../tensor/tf.ts";
import type { Model } from "../../tensor/types.ts";
import { disposeVariables, makeVariables, type ShapedArray } from "../../tensor/variables.ts";
import { CELLS } from "../../wafer/cells.ts";
import { sharedWaferDistances } from "../../wafer/distances.ts";
import { mdsBasis } from "./mds_basis.ts";

/** Options of {@linkcode buildDualPotential}. */
export interface DualPotentialOptions {
  /**
   * Units of each of the two hidden layers.
   *
   * @default {256}
   */
  readonly units?: number;
  /**
   * Seed of the first weights.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** Numbers in a row of the network's output: a potential at each cell, and the correction. */
export const DUAL_OUTPUTS: number = CELLS + 1;

/**
 * A network that guesses an optimal potential of the transport between two wafers from the shape of
 * their difference, q = (x - y) / |x - y|_1, and by how much the bound that comes of the guess is too
 * low. {@linkcode dualPotential} makes estimates of it.
 *
 *     phi(q) = g(q) - g(-q) - q D,     c(q) = h(q) + h(-q)
 *
 * so that exchanging the wafers changes the sign of the potential and leaves the correction as it is.
 * - q D, with D the distances, is the guess without a network: where charge comes from is far from
 * where it goes to. g and h are linear outputs of a network of two hidden layers with ReLU, on 95
 * numbers: the 47 coordinates of q in the basis of {@linkcode mdsBasis} and the 48 |q|.
 *
 * `apply` takes `[B, 48]`, rows q in train order, and returns `[B, 49]`: phi in half trigger-cell
 * pitches, then c.
 *
 * @param options Size and seed.
 * @returns The model, on the backend in use. Its potential is - q D and its correction zero or near it
 * before training.
 * @throws {RangeError} If units is not a positive integer.
 *
 * @example
 * ```ts
 * import { buildDualPotential } from "./dual_potential_network.ts";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const network = buildDualPotential({ units: 16 });
 * assertEquals(network.apply(tf.zeros([5, 48]), false).shape, [5, 49]);
 * ```
 */
export function buildDualPotential(options: DualPotentialOptions = {}): Model {
  const { units = 256, seed = 0 } = options;
  if (!Number.isInteger(units) || units < 1) {
    throw new RangeError(
      `Cannot build a dual-potential network: units must be a positive integer, current value is ${units}`,
    );
  }
  const variables = makeVariables(
    _firstWeights(units, new RandomStream(seed, "dual-potential weights")),
  );
  const distances = sharedWaferDistances();
  const constant = (numbers: Float64Array) =>
    tf.keep(tf.tensor2d(Float32Array.from(numbers), [CELLS, numbers.length / CELLS]));
  const basis = constant(mdsBasis(distances, CELLS)), ground = constant(distances);
  const at = (name: string) => variables.get(name)! as tf.Tensor as tf.Tensor2D;

  function apply(input: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const q = input as tf.Tensor2D;
      // A change of sign changes the part that is odd in q, and leaves the other as it is.
      const odd = tf.matMul(tf.matMul(q, basis), at("hidden1/odd"));
      const even = tf.add(tf.matMul(tf.abs(q), at("hidden1/even")), at("hidden1/bias"));
      const first = tf.relu(tf.concat([tf.add(even, odd), tf.sub(even, odd)], 0)) as tf.Tensor2D;
      const second = tf.relu(tf.add(tf.matMul(first, at("hidden2/kernel")), at("hidden2/bias")));
      const [plus, minus] = tf.split(second as tf.Tensor2D, 2, 0);
      const learnt = tf.matMul(tf.sub(plus, minus) as tf.Tensor2D, at("potential/kernel"));
      const phi = tf.sub(learnt, tf.matMul(q, ground));
      const both = tf.add(plus, minus) as tf.Tensor2D;
      const c = tf.add(tf.matMul(both, at("correction/kernel")), at("correction/bias"));
      return tf.concat([phi, c], 1);
    });
  }

  return {
    name: "dual_potential",
    parameters: variables,
    state: new Map(),
    apply,
    dispose() {
      disposeVariables(variables);
      tf.dispose([basis, ground]);
    },
  };
}

function _firstWeights(units: number, random: RandomStream): Record<string, ShapedArray> {
  const layer = (inputs: number, outputs: number): ShapedArray => ({
    shape: [inputs, outputs],
    values: glorotUniform([inputs, outputs], random),
  });
  const zeros = (...shape: number[]): ShapedArray => ({
    shape,
    values: new Float32Array(shape.reduce((product, length) => product * length, 1)),
  });
  return {
    "hidden1/odd": layer(CELLS - 1, units),
    "hidden1/even": layer(CELLS, units),
    "hidden1/bias": zeros(units),
    "hidden2/kernel": layer(units, units),
    "hidden2/bias": zeros(units),
    "potential/kernel": layer(units, CELLS),
    "correction/kernel": zeros(units, 1),
    "correction/bias": zeros(1),
  };
}
