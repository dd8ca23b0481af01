import { tf } from "../tf.ts";
import type { Model, TensorLoss } from "../types.ts";
import { countRows, shareOfBatch } from "./batches.ts";
import { asRows } from "./loss_gradient.ts";
import type { Replica, TrainingData } from "./types.ts";

/** Options of {@linkcode meanLoss}. */
export interface MeanLossOptions {
  /** Rows that are computed at a time. @default 256 */
  readonly batchSize?: number;
  /** The replicas that share the rows. */
  readonly replica?: Replica | undefined;
}

/**
 * The mean loss of a network over some data, with the network not in training.
 *
 * @param model The network.
 * @param loss The loss.
 * @param data The rows.
 * @param options How many rows at a time; who shares them.
 * @returns The mean over all rows; NaN where an output is not finite.
 * @throws {TypeError} If shapes do not fit; whatever the loss throws.
 *
 * @example
 * ```ts
 * import { weightedSquares } from "@hexmover/hexmover/losses";
 * import { meanLoss, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const model = {
 *   name: "copy",
 *   parameters: new Map(),
 *   state: new Map(),
 *   apply: (x: tf.Tensor) => tf.clone(x),
 *   dispose: () => {},
 * };
 * const loss = weightedSquares("cubes", 1, [{ cells: [0], weight: 1 }]);
 * const inputs = Float32Array.of(2, 2, 2), targets = Float32Array.of(2, 0, 1);
 * const data = { inputs, inputShape: [1], targets };
 * assertEquals(await meanLoss(model, loss, data), (0 + 8 + 2) / 3);
 * ```
 */
export async function meanLoss(
  model: Model,
  loss: TensorLoss,
  data: TrainingData,
  options: MeanLossOptions = {},
): Promise<number> {
  const { batchSize = 256, replica } = options;
  const rows = countRows(data), { inputs, targets, inputShape } = data;
  const part = (numbers: Float32Array, begin: number, end: number) =>
    numbers.subarray(begin * (numbers.length / rows), end * (numbers.length / rows));
  let sum = 0;
  for (let begin = 0; begin < rows; begin += batchSize) {
    const end = Math.min(rows, begin + batchSize);
    const whole = {
      inputs: part(inputs, begin, end),
      targets: part(targets, begin, end),
      count: end - begin,
    };
    const batch = replica ? shareOfBatch(whole, replica.rank, replica.workers) : whole;
    if (batch.count > 0) sum += await _sum(model, loss, inputShape, batch);
  }
  if (replica !== undefined) [[sum]] = await replica.sum([Float32Array.of(sum)]);
  return sum / rows;
}

async function _sum(
  model: Model,
  loss: TensorLoss,
  inputShape: readonly number[],
  { inputs, targets, count }: { inputs: Float32Array; targets: Float32Array; count: number },
): Promise<number> {
  const isGraph = loss.graph !== undefined;
  const result = tf.tidy(() => {
    // Copies: the cpu backend keeps what it is given, and these lie over the caller's data.
    const input = tf.tensor(inputs.slice(), [count, ...inputShape]);
    const output = asRows(model, loss, targets, model.apply(input, false));
    return isGraph ? loss.graph!(tf.tensor2d(targets.slice(), output.shape), output) : output;
  });
  try {
    const numbers = await result.data() as Float32Array;
    if (!numbers.every(Number.isFinite)) return NaN;
    const values = isGraph ? numbers : (await loss.valueAndGradient(targets, numbers)).value;
    let sum = 0;
    for (const value of values) sum += value;
    return sum;
  } finally {
    result.dispose();
  }
}
