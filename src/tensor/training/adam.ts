import { tf } from "../tf.ts";
import type { Variables } from "../types.ts";
import { namedArrays } from "./named_arrays.ts";

/** Options of {@linkcode Adam}. */
export interface AdamOptions {
  /** Decay of the running mean of gradients, in [0, 1). @default 0.9 */
  readonly beta1?: number;
  /** Decay of the running mean of squared gradients, in [0, 1). @default 0.999 */
  readonly beta2?: number;
  /** What keeps the division finite, > 0. @default 1e-7 */
  readonly epsilon?: number;
}

/** What {@linkcode Adam} knows besides the parameters, for checkpoints. */
export interface AdamState {
  /** Steps done. */
  readonly steps: number;
  /** Running mean of the gradients of each parameter. */
  readonly means: ReadonlyMap<string, Float32Array>;
  /** Running mean of the squared gradients of each parameter. */
  readonly variances: ReadonlyMap<string, Float32Array>;
}

/** A kernel that does a parameter's step at once, where a backend has it. */
const KERNEL = "AdamStep";

/**
 * The optimiser Adam, as Keras and tfjs have it (epsilon outside of the bias correction):
 *
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2,
 * p = p - rate * m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon)
 *
 * The powers of b1 and b2 are accumulated in single precision, as `tf.train.adam` does, so that runs
 * can be compared to the last bit. Parameters are assigned new tensors and never written in place. A
 * backend's kernel `AdamStep` is used where there is one.
 *
 * @see Kingma and Ba, arXiv 1412.6980, Algorithm 1
 *
 * @example One step moves a parameter by the learning rate, against the sign of its gradient
 * ```ts
 * import { Adam, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const weights = tf.variable(tf.tensor1d([1, 1]));
 * using adam = new Adam(new Map([["weights", weights]]));
 * adam.step([tf.tensor1d([3, -0.1])], 0.01);
 * const [first, second] = weights.dataSync();
 * assertAlmostEquals(first, 0.99, 1e-6);
 * assertAlmostEquals(second, 1.01, 1e-6);
 * ```
 */
export class Adam implements Disposable {
  readonly #parameters: Variables;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;
  readonly #means = new Map<string, tf.Tensor>();
  readonly #variances = new Map<string, tf.Tensor>();
  #steps = 0;
  /** b1^t and b2^t of the next step. */
  #power1: number;
  #power2: number;

  /**
   * Begins with running means of zero.
   *
   * @param parameters What shall be trained.
   * @param options Decays and epsilon.
   * @throws {RangeError} If an option is out of range.
   */
  constructor(parameters: Variables, options: AdamOptions = {}) {
    const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
    for (const [name, value] of [["beta1", beta1], ["beta2", beta2]] as const) {
      if (value >= 0 && value < 1) continue;
      throw new RangeError(
        `Cannot set up Adam: ${name} must be in [0, 1), current value is ${value}`,
      );
    }
    if (!(epsilon > 0)) {
      throw new RangeError(`Cannot set up Adam: epsilon must be > 0, current value is ${epsilon}`);
    }
    this.#parameters = parameters;
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
    this.#power1 = Math.fround(beta1);
    this.#power2 = Math.fround(beta2);
    for (const [name, { shape }] of parameters) {
      this.#means.set(name, tf.keep(tf.zeros(shape)));
      this.#variances.set(name, tf.keep(tf.zeros(shape)));
    }
  }

  /** Steps done. */
  get steps(): number {
    return this.#steps;
  }

  /**
   * Changes the parameters by one step.
   *
   * @param gradients One a parameter, in the parameters' order; they stay the caller's.
   * @param learningRate The rate of this step.
   * @throws {TypeError} If there are more or fewer gradients than parameters.
   */
  step(gradients: readonly tf.Tensor[], learningRate: number): void {
    if (gradients.length !== this.#parameters.size) {
      throw new TypeError(
        `Cannot do a step of Adam: there are ${this.#parameters.size} parameters and ` +
          `${gradients.length} gradients`,
      );
    }
    const stepOne = tf.getKernel(KERNEL, tf.getBackend()) === undefined
      ? this.#composedStep
      : this.#kernelStep;
    let k = 0;
    for (const [name, parameter] of this.#parameters) {
      const gradient = gradients[k++];
      tf.tidy(() => {
        const mean = this.#means.get(name)!, variance = this.#variances.get(name)!;
        const next = stepOne.call(this, parameter, gradient, mean, variance, learningRate);
        parameter.assign(next[0]);
        this.#means.set(name, tf.keep(next[1]));
        this.#variances.set(name, tf.keep(next[2]));
        tf.dispose([mean, variance]);
      });
    }
    this.#countStep();
  }

  /**
   * What a checkpoint has to hold.
   *
   * @returns Copies.
   */
  async exportState(): Promise<AdamState> {
    return {
      steps: this.#steps,
      means: await namedArrays(this.#means),
      variances: await namedArrays(this.#variances),
    };
  }

  /**
   * Goes on where another left off.
   *
   * @param state What {@linkcode Adam.exportState} gave, for the same parameters.
   * @throws {TypeError} If a parameter's means are missing or of another length.
   */
  importState(state: AdamState): void {
    for (
      const [held, given] of [[this.#means, state.means], [
        this.#variances,
        state.variances,
      ]] as const
    ) {
      for (const [name, tensor] of held) {
        const array = given.get(name);
        if (array?.length !== tensor.size) {
          throw new TypeError(
            `Cannot import the state of Adam: ${name} needs ${tensor.size} numbers, ` +
              `current length is ${array?.length}`,
          );
        }
        held.set(name, tf.keep(tf.tensor(array.slice(), tensor.shape)));
        tensor.dispose();
      }
    }
    this.#steps = 0;
    this.#power1 = Math.fround(this.#beta1);
    this.#power2 = Math.fround(this.#beta2);
    // By the same products as the steps: pow() would round otherwise.
    for (let step = 0; step < state.steps; step++) this.#countStep();
  }

  /** Frees the running means. */
  [Symbol.dispose](): void {
    for (const tensors of [this.#means, this.#variances]) {
      tf.dispose([...tensors.values()]);
      tensors.clear();
    }
  }

  #countStep(): void {
    this.#steps++;
    this.#power1 = Math.fround(this.#power1 * Math.fround(this.#beta1));
    this.#power2 = Math.fround(this.#power2 * Math.fround(this.#beta2));
  }

  #kernelStep(
    parameter: tf.Tensor,
    gradient: tf.Tensor,
    mean: tf.Tensor,
    variance: tf.Tensor,
    learningRate: number,
  ): tf.Tensor[] {
    return tf.engine().runKernel(KERNEL, { parameter, gradient, mean, variance }, {
      learningRate,
      beta1: this.#beta1,
      beta2: this.#beta2,
      epsilon: this.#epsilon,
      correction1: Math.fround(1 - this.#power1),
      correction2: Math.fround(1 - this.#power2),
    }) as tf.Tensor[];
  }

  /** The operations of tf.train.adam in their order, so that they round alike. */
  #composedStep(
    parameter: tf.Tensor,
    gradient: tf.Tensor,
    mean: tf.Tensor,
    variance: tf.Tensor,
    learningRate: number,
  ): tf.Tensor[] {
    const newMean = tf.add(tf.mul(mean, this.#beta1), tf.mul(gradient, 1 - this.#beta1));
    const newVariance = tf.add(
      tf.mul(variance, this.#beta2),
      tf.mul(tf.square(gradient), 1 - this.#beta2),
    );
    const correctedMean = tf.div(newMean, Math.fround(1 - this.#power1));
    const correctedVariance = tf.div(newVariance, Math.fround(1 - this.#power2));
    const direction = tf.div(correctedMean, tf.add(tf.sqrt(correctedVariance), this.#epsilon));
    return [tf.add(tf.mul(direction, -learningRate), parameter), newMean, newVariance];
  }
}
