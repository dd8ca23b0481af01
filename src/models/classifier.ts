import { RandomStream } from "../numerics/random.ts";
import { glorotUniform } from "../tensor/initialise.ts";
import { tf } from "../tensor/tf.ts";
import type { Model } from "../tensor/types.ts";
import { disposeVariables, makeVariables, type ShapedArray } from "../tensor/variables.ts";
import { CELLS } from "../wafer/cells.ts";

/** Options of {@linkcode buildClassifier}. */
export interface ClassifierOptions {
  /**
   * Numbers in an input.
   *
   * @default {48}
   */
  readonly inputs?: number;
  /**
   * Units of the hidden layers, in order, at least one layer.
   *
   * @default {[64, 32]}
   */
  readonly hidden?: readonly number[];
  /** Numbers in an output: classes, or 1 for a regression. */
  readonly outputs: number;
  /**
   * What becomes of the outputs: `softmax` makes probabilities of them, `linear` leaves them.
   *
   * @default {"softmax"}
   */
  readonly activation?: "softmax" | "linear";
  /**
   * Seed of the first weights.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** A network that says what class its input is of, and can be asked by what features. */
export interface Classifier extends Model {
  /**
   * The features of the last batch that was shown to the network in training: the outputs of its last
   * hidden layer. They are given once. What {@linkcode squaredEmdLearned} learns from.
   *
   * @returns B rows of features, or `undefined` if there was no batch in training since the last call.
   */
  takeFeatures(): Promise<Float32Array | undefined>;
}

/**
 * A small network for classes: dense layers with ReLU, and one for the outputs.
 *
 * `apply` takes `[B, inputs]` and returns `[B, outputs]`.
 *
 * @param options Sizes, activation and seed.
 * @returns The model, on the backend in use.
 * @throws {RangeError} If a size is not a positive integer, or there is no hidden layer.
 *
 * @example A classifier that learns which classes are near to each other
 * ```ts
 * import { squaredEmdLearned } from "@hexmover/hexmover/losses";
 * import { buildClassifier } from "@hexmover/hexmover/models";
 * import { train, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const model = buildClassifier({ inputs: 1, hidden: [16], outputs: 3 });
 * const loss = squaredEmdLearned({ classes: 3, features: () => model.takeFeatures() });
 * const inputs = Float32Array.of(0, 1, 2), targets = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
 * const data = { inputs, inputShape: [1], targets };
 * await train({ model, loss, data, batchSize: 3, epochs: 5, learningRate: 0.01, seed: 1 });
 * // As far from class 0 as from class 2.
 * assertEquals(loss.distances[1] < 1 && loss.weight > 0, true);
 * ```
 */
export function buildClassifier(options: ClassifierOptions): Classifier {
  const { inputs = CELLS, hidden = [64, 32], outputs, activation = "softmax", seed = 0 } = options;
  const widths = [inputs, ...hidden, outputs];
  for (const width of widths) {
    if (Number.isInteger(width) && width >= 1 && hidden.length > 0) continue;
    throw new RangeError(
      "Cannot build a classifier: inputs, outputs and at least one hidden layer must be positive " +
        `integers, current values are ${inputs}, ${outputs} and [${hidden}]`,
    );
  }
  const random = new RandomStream(seed, "classifier weights"), layers = widths.length - 1;
  const weights: Record<string, ShapedArray> = {};
  for (let layer = 1; layer <= layers; layer++) {
    const shape = [widths[layer - 1], widths[layer]];
    weights[`dense${layer}/kernel`] = { shape, values: glorotUniform(shape, random) };
    weights[`dense${layer}/bias`] = { shape: [shape[1]], values: new Float32Array(shape[1]) };
  }
  const variables = makeVariables(weights);
  const at = (name: string) => variables.get(name)! as tf.Tensor as tf.Tensor2D;
  let features: tf.Tensor | undefined;

  function apply(input: tf.Tensor, training: boolean): tf.Tensor {
    return tf.tidy(() => {
      let x = input as tf.Tensor2D;
      for (let layer = 1; layer <= layers; layer++) {
        if (layer === layers && training) {
          features?.dispose();
          features = tf.keep(tf.clone(x));
        }
        const z = tf.add(tf.matMul(x, at(`dense${layer}/kernel`)), at(`dense${layer}/bias`));
        x = (layer < layers ? tf.relu(z) : z) as tf.Tensor2D;
      }
      return activation === "softmax" ? tf.softmax(x) : x;
    });
  }

  return {
    name: "classifier",
    parameters: variables,
    state: new Map(),
    apply,
    async takeFeatures() {
      const taken = features;
      features = undefined;
      if (taken === undefined) return undefined;
      const numbers = Float32Array.from(await taken.data());
      taken.dispose();
      return numbers;
    },
    dispose() {
      disposeVariables(variables);
      features?.dispose();
      features = undefined;
    },
  };
}
