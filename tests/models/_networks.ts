/**
 * Both networks with data and a loss, for what must hold of each on each backend.
 *
 * @module
 */
import { blurWafers, toyWafers } from "../../src/datasets/mod.ts";
import { telescopeMse } from "../../src/losses/mod.ts";
import { buildEconAutoencoder, buildEmdCnn } from "../../src/models/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import {
  Adam,
  type BackendOptions,
  lossGradient,
  type Model,
  regressionLoss,
  type TensorLoss,
  tf,
  useBackend,
} from "../../src/tensor/mod.ts";
import { CELLS, normalise, waferEmdBatch } from "../../src/wafer/mod.ts";
import type { Numbers } from "../tensor/_backends.ts";

/** A network that is trained on something. */
export interface Task {
  readonly build: () => Model;
  readonly loss: TensorLoss;
  /** Inputs and targets of `rows` samples, row-major. */
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly rows: number;
}

/** The EMD CNN on pairs of showers and blurred copies; small enough for plain JavaScript. */
export function emdCnnTask(rows: number, filters = 8): Task {
  const x = toyWafers("shower", rows, 1).charges;
  const y = blurWafers(x, new RandomStream(1, "blur"));
  const inputs = new Float32Array(rows * 2 * CELLS);
  const fractions = [x, y].map((charges) => normalise(charges, "fraction"));
  for (let row = 0; row < rows; row++) {
    fractions.forEach((wafers, k) =>
      inputs.set(wafers.subarray(row * CELLS, (row + 1) * CELLS), (2 * row + k) * CELLS)
    );
  }
  return {
    build: () => buildEmdCnn({ filters, kernelSize: 5, denseUnits: 4 * filters, seed: 3 }),
    loss: regressionLoss("mse"),
    inputs,
    targets: Float32Array.from(waferEmdBatch(x, y).values),
    rows,
  };
}

/** The autoencoder on showers, with the telescope loss. */
export function autoencoderTask(rows: number): Task {
  const charges = toyWafers("shower", rows, 2).charges;
  const wafers = Float32Array.from(normalise(charges, "power_of_two"));
  return {
    build: () => buildEconAutoencoder({ outputBias: -3.4, latentBias: 0.5, seed: 4 }),
    loss: telescopeMse(),
    inputs: wafers,
    targets: wafers,
    rows,
  };
}

/** The gradients of a task's loss in all parameters, on a backend. */
export async function taskGradients(task: Task, backend: BackendOptions): Promise<Numbers[]> {
  await useBackend(backend);
  const model = task.build();
  const input = tf.tensor2d(task.inputs, [task.rows, task.inputs.length / task.rows]);
  const { gradients } = await lossGradient(model, task.loss, input, task.targets);
  const numbers = await Promise.all(
    gradients.map(async (gradient) => ({
      shape: gradient.shape,
      values: await gradient.data() as Float32Array,
    })),
  );
  tf.dispose([input, ...gradients]);
  model.dispose();
  return numbers;
}

/** The losses of training steps, each on the next `batch` rows, on a backend. */
export async function trainTask(
  task: Task,
  backend: BackendOptions,
  steps: number,
  batch: number,
): Promise<number[]> {
  await useBackend(backend);
  const model = task.build();
  using adam = new Adam(model.parameters);
  const width = task.inputs.length / task.rows, size = task.targets.length / task.rows;
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const first = step * batch % task.rows, end = first + batch;
    const input = tf.tensor2d(task.inputs.slice(first * width, end * width), [batch, width]);
    const targets = task.targets.slice(first * size, end * size);
    const { loss, gradients } = await lossGradient(model, task.loss, input, targets);
    adam.step(gradients, 1e-3);
    losses.push(loss);
    tf.dispose([input, ...gradients]);
  }
  model.dispose();
  return losses;
}
