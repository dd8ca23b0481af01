import { RandomStream } from "../../numerics/random.ts";
import { glorotUniform } from "../../tensor/initialise.ts";
import { tf } from "../../tensor/tf.ts";
import type { Model } from "../../tensor/types.ts";
import { disposeVariables, makeVariables, type ShapedArray } from "../../tensor/variables.ts";
import { CELLS } from "../../wafer/cells.ts";
import { sharedWaferDistances } from "../../wafer/distances.ts";
import { mdsBasis } from "./mds_basis.ts";
import type { PairRows } from "./train_on_pairs.ts";
import type { LabelledBatch } from "./types.ts";

/** Options of {@linkcode buildScaleFree}. */
export interface ScaleFreeOptions {
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

/** Keeps 0 / 0 from being NaN where both wafers are the same; its square is no zero in float32. */
const LEAST = 1e-15;
/** EMDs are some 2 half pitches for each unit of |x - y|: where the output begins. */
const FIRST_OUTPUT = 2;

/**
 * A network that estimates the EMD of two wafers from their difference alone, and knows three things
 * of it beforehand: E(x, y) depends on x - y; it grows in proportion to it; and the sign does not
 * matter. With n = |x - y|_1 and q = (x - y) / n,
 *
 *     E(x, y) = n (f(q) + f(-q)) / 2.
 *
 * f is a network of two hidden layers with ReLU, on 95 numbers: the 47 coordinates of q in the basis of
 * {@linkcode mdsBasis} and the 48 |q|. Its relative error is therefore the same at any distance, the
 * estimate of equal wafers is exactly 0, and gradients there are zero.
 *
 * `apply` takes `[B, 48]`, differences of the charge fractions of two wafers in train order
 * ({@linkcode differenceRows}), and returns `[B, 1]`, EMDs in half trigger-cell pitches.
 *
 * @param options Size and seed.
 * @returns The model, on the backend in use.
 * @throws {RangeError} If units is not a positive integer.
 *
 * @example
 * ```ts
 * import { buildScaleFree } from "./scale_free.ts";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const network = buildScaleFree({ units: 16 });
 * assertEquals([...network.apply(tf.zeros([1, 48]), false).dataSync()], [0]);
 * ```
 */
export function buildScaleFree(options: ScaleFreeOptions = {}): Model {
  const { units = 256, seed = 0 } = options;
  if (!Number.isInteger(units) || units < 1) {
    throw new RangeError(
      `Cannot build a scale-free network: units must be a positive integer, current value is ${units}`,
    );
  }
  const variables = makeVariables(
    _firstWeights(units, new RandomStream(seed, "scale-free weights")),
  );
  const at = (name: string) => variables.get(name)! as tf.Tensor as tf.Tensor2D;
  const coordinates = CELLS - 1;
  const basis = tf.keep(
    tf.tensor2d(
      Float32Array.from(mdsBasis(sharedWaferDistances(), CELLS)),
      [CELLS, coordinates],
    ),
  );

  function apply(differences: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      const norm = tf.sum(_size(differences), 1, true);
      const q = tf.div(differences, tf.maximum(norm, LEAST)) as tf.Tensor2D;
      // A change of sign changes the part that is odd in q, and leaves the other as it is.
      const odd = tf.matMul(tf.matMul(q, basis), at("hidden1/odd"));
      const even = tf.add(tf.matMul(_size(q), at("hidden1/even")), at("hidden1/bias"));
      const second = (first: tf.Tensor) => {
        const z = tf.matMul(tf.relu(first) as tf.Tensor2D, at("hidden2/kernel"));
        return tf.relu(tf.add(z, at("hidden2/bias")));
      };
      const both = tf.add(second(tf.add(even, odd)), second(tf.sub(even, odd))) as tf.Tensor2D;
      const f = tf.add(tf.mul(tf.matMul(both, at("output/kernel")), 0.5), at("output/bias"));
      return tf.mul(f, norm);
    });
  }

  return {
    name: "scale_free",
    parameters: variables,
    state: new Map(),
    apply,
    dispose() {
      disposeVariables(variables);
      basis.dispose();
    },
  };
}

/** |q|, with 0 for its slope at 0, where that of tf.abs is -1. */
function _size(q: tf.Tensor): tf.Tensor2D {
  return tf.add(tf.relu(q), tf.relu(tf.neg(q)));
}

/**
 * What a network of differences is shown of some pairs.
 *
 * @param batch The pairs.
 * @returns Inputs of 48 numbers, x - y, taken in double precision; the EMD as target.
 */
export function differenceRows({ x, y, emd }: LabelledBatch): PairRows {
  const inputs = new Float32Array(x.length);
  // A plain loop: Float32Array.from() takes as long as some layers of the network.
  for (let k = 0; k < x.length; k++) inputs[k] = x[k] - y[k];
  return { inputs, targets: Float32Array.from(emd) };
}

function _firstWeights(units: number, random: RandomStream): Record<string, ShapedArray> {
  // Both parts of the first layer are one kernel, drawn as such.
  const kernel = glorotUniform([2 * CELLS - 1, units], random), odd = (CELLS - 1) * units;
  const layer = (inputs: number, outputs: number): ShapedArray => ({
    shape: [inputs, outputs],
    values: glorotUniform([inputs, outputs], random),
  });
  const bias = (values: number[]): ShapedArray => ({ shape: [values.length], values });
  const zeros = new Array<number>(units).fill(0);
  return {
    "hidden1/odd": { shape: [CELLS - 1, units], values: kernel.subarray(0, odd) },
    "hidden1/even": { shape: [CELLS, units], values: kernel.subarray(odd) },
    "hidden1/bias": bias(zeros),
    "hidden2/kernel": layer(units, units),
    "hidden2/bias": bias(zeros),
    "output/kernel": layer(units, 1),
    "output/bias": bias([FIRST_OUTPUT]),
  };
}
