/**
 * A small network and a task for it, for the tests of training.
 *
 * @module
 */
import { weightedSquares } from "../../../src/losses/weighted_squares.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { tf } from "../../../src/tensor/tf.ts";
import type { TrainingData } from "../../../src/tensor/training/types.ts";
import type { Model, TensorLoss, Variables } from "../../../src/tensor/types.ts";

export const INPUTS = 5, OUTPUTS = 3, HIDDEN = 8;

export interface ToyOptions {
  /** Whether inputs are centred by a batch mean, with a running average. */
  readonly centred?: boolean;
}

/** Two dense layers, relu and softplus between and after them: outputs are positive. */
export function toyModel(seed: number, options: ToyOptions = {}): Model {
  const random = new RandomStream(seed, "weights");
  const draw = (...shape: number[]) =>
    tf.variable(
      tf.tidy(() =>
        tf.tensor(
          Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => 0.5 * random.normal()),
          shape,
        )
      ),
    );
  const made = tf.tidy(() => ({
    kernel1: draw(INPUTS, HIDDEN),
    bias1: draw(HIDDEN),
    kernel2: draw(HIDDEN, OUTPUTS),
    bias2: draw(OUTPUTS),
  }));
  const parameters: Variables = new Map(Object.entries(made));
  const state: Map<string, tf.Variable> = new Map();
  if (options.centred) {
    const zeros = tf.zeros([INPUTS]);
    state.set("mean", tf.variable(zeros, false));
    zeros.dispose();
  }
  return {
    name: "toy",
    parameters,
    state,
    apply(input, training) {
      return tf.tidy(() => {
        const running = state.get("mean");
        let x = input;
        if (running !== undefined) {
          const mean = training ? tf.mean(x, 0) : running;
          if (training) running.assign(tf.add(tf.mul(running, 0.9), tf.mul(mean, 0.1)));
          x = tf.sub(x, mean);
        }
        const hidden = tf.relu(
          tf.add(tf.matMul(x as tf.Tensor2D, made.kernel1 as tf.Tensor2D), made.bias1),
        );
        return tf.softplus(
          tf.add(tf.matMul(hidden as tf.Tensor2D, made.kernel2 as tf.Tensor2D), made.bias2),
        );
      });
    },
    dispose() {
      tf.dispose([...parameters.values(), ...state.values()]);
    },
  };
}

/** The squares of the losses room, on the host. */
export function hostLoss(): TensorLoss {
  return weightedSquares("cubes", OUTPUTS, [
    { cells: [0], weight: 1 },
    { cells: [1, 2], weight: 0.5 },
  ]);
}

/** The same formula as tfjs operations. */
export function graphLoss(): TensorLoss {
  return {
    ...hostLoss(),
    graph(target, output) {
      return tf.tidy(() => {
        const groups = tf.tensor2d([[1, 0], [0, 1], [0, 1]]);
        const x = tf.matMul(target, groups), y = tf.matMul(output, groups);
        const terms = tf.mul(tf.squaredDifference(x, y), tf.maximum(x, y));
        return tf.sum(tf.mul(terms, tf.tensor1d([1, 0.5])), 1) as tf.Tensor1D;
      });
    },
  };
}

/** Rows with a target that the network can learn. */
export function toyData(seed: number, rows: number): TrainingData {
  const random = new RandomStream(seed, "rows");
  const inputs = Float32Array.from({ length: rows * INPUTS }, () => random.normal());
  const targets = new Float32Array(rows * OUTPUTS);
  for (let row = 0; row < rows; row++) {
    const x = inputs.subarray(row * INPUTS, (row + 1) * INPUTS);
    for (let k = 0; k < OUTPUTS; k++) targets[row * OUTPUTS + k] = Math.abs(x[k] + 0.5 * x[k + 1]);
  }
  return { inputs, inputShape: [INPUTS], targets };
}

/** All numbers of a network, as bytes to compare. */
export function weightBytes(model: Model): Uint32Array {
  const parts = [...model.parameters.values(), ...model.state.values()].map((variable) =>
    new Uint32Array(Float32Array.from(variable.dataSync()).buffer)
  );
  return Uint32Array.from(parts.flatMap((part) => [...part]));
}

/** Largest difference of two lists of numbers. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let k = 0; k < a.length; k++) largest = Math.max(largest, Math.abs(a[k] - b[k]));
  return largest;
}
