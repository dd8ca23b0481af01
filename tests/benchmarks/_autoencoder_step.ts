/**
 * Where the time of a step goes when the autoencoder is trained, for benchmarks.
 *
 * @module
 */
import { Adam, Batches, recordForward, tf, type TrainingOptions } from "../../src/tensor/mod.ts";
import { median } from "./_report.ts";

/** Milliseconds of the parts of a step. */
export interface StepParts {
  /** Drawing and turning the batch. */
  readonly batch: number;
  /** The network, forwards. */
  readonly forward: number;
  /** The loss and its gradient. */
  readonly loss: number;
  /** The network, backwards. */
  readonly backward: number;
  /** The optimiser. */
  readonly adam: number;
}

/**
 * Does some steps as `train` does them in one thread, with a clock between their parts.
 *
 * @param training What to train; its network is trained and disposed of.
 * @param steps Steps, of which the first third warms up.
 * @returns Medians over the steps.
 */
export async function stepParts(training: TrainingOptions, steps: number): Promise<StepParts> {
  const { model, loss, data: { inputShape }, learningRate } = training;
  const batches = new Batches(training.data, training);
  const parameters = [...model.parameters.values()];
  const times: number[][] = [];
  using adam = new Adam(model.parameters);
  for (let step = 0; step < steps; step++) {
    const marks = [performance.now()], mark = () => marks.push(performance.now());
    const batch = batches.at(step);
    mark();
    const input = tf.tensor(batch.inputs, [batch.count, ...inputShape]);
    using recording = recordForward(() => model.apply(input, true));
    const output = await recording.output.data() as Float32Array;
    mark();
    const { gradient } = await loss.valueAndGradient(batch.targets, output);
    const mean = new Float32Array(gradient.length);
    for (let k = 0; k < mean.length; k++) mean[k] = gradient[k] / batch.count;
    mark();
    const seed = tf.tensor(mean, recording.output.shape);
    const gradients = recording.backward(seed, parameters);
    mark();
    const rate = typeof learningRate === "number"
      ? learningRate
      : learningRate.rate(step, learningRate.start);
    adam.step(gradients, rate);
    tf.dispose([input, seed, ...gradients]);
    mark();
    if (step >= steps / 3) times.push(marks.slice(1).map((time, k) => time - marks[k]));
  }
  model.dispose();
  const [batch, forward, lossTime, backward, adamTime] = [0, 1, 2, 3, 4].map((part) =>
    median(times.map((step) => step[part]))
  );
  return { batch, forward, loss: lossTime, backward, adam: adamTime };
}
