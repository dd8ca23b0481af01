import { tf } from "../tf.ts";
import type { Model, TensorLoss } from "../types.ts";
import { recordForward } from "./tape.ts";

/** What {@linkcode lossGradient} gives. */
export interface LossGradient {
  /** The mean loss. */
  readonly loss: number;
  /** Its gradient in each parameter, in the parameters' order; the caller disposes of them. */
  readonly gradients: tf.Tensor[];
}

/** Options of {@linkcode lossGradient}. */
export interface LossGradientOptions {
  /**
   * By what the sum over the rows is divided: the rows of the whole batch, where these are a part.
   *
   * @default the number of rows
   */
  readonly divisor?: number;
}

/**
 * The mean loss of a batch and its gradients in all parameters of a network, with the network in
 * training: it normalises by the batch and renews its running averages.
 *
 * A loss with a `graph` stays within tfjs. Any other gets the output as plain numbers, is awaited, and
 * its gradient goes back into tfjs: d loss / d output = gradient / B.
 *
 * An output with a NaN or an infinity gives a loss of NaN and is not shown to the loss.
 *
 * @param model The network, with `[B, size]` for an output.
 * @param loss The loss; {@linkcode normalised} lifts one of the simplex.
 * @param input A batch of B inputs.
 * @param target B rows of the loss's size.
 * @param options The divisor.
 * @returns Loss and gradients.
 * @throws {TypeError} If output or target do not have the loss's size; whatever the loss throws.
 *
 * @example The gradient of (w x - 1)^2 max(w x, 1) in w, where w = 1 and x = 2
 * ```ts
 * import { weightedSquares } from "@hexmover/hexmover/losses";
 * import { lossGradient, tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const weight = tf.variable(tf.tensor2d([[1]]));
 * const model = {
 *   name: "line",
 *   parameters: new Map([["weight", weight]]),
 *   state: new Map(),
 *   apply: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D),
 *   dispose: () => weight.dispose(),
 * };
 * const loss = weightedSquares("cubes", 1, [{ cells: [0], weight: 1 }]);
 * const { loss: value, gradients } = await lossGradient(
 *   model,
 *   loss,
 *   tf.tensor2d([[2]]),
 *   Float32Array.of(1),
 * );
 * // y = w x: d/dw (y - 1)^2 y = x (2 (y - 1) y + (y - 1)^2)
 * assertEquals([value, gradients[0].dataSync()[0]], [2, 2 * (4 + 1)]);
 * ```
 */
export async function lossGradient(
  model: Model,
  loss: TensorLoss,
  input: tf.Tensor,
  target: Float32Array,
  options: LossGradientOptions = {},
): Promise<LossGradient> {
  const divisor = options.divisor ?? input.shape[0];
  const parameters = [...model.parameters.values()];
  if (loss.graph !== undefined) {
    using recording = recordForward(() => {
      const output = asRows(model, loss, target, model.apply(input, true));
      const rows = tf.tensor2d(target, output.shape);
      return tf.div(tf.sum(loss.graph!(rows, output)), divisor);
    });
    using seed = _disposable(tf.scalar(1));
    const gradients = recording.backward(seed.tensor, parameters);
    return { loss: (await recording.output.data())[0], gradients };
  }
  using recording = recordForward(() => asRows(model, loss, target, model.apply(input, true)));
  const output = await recording.output.data() as Float32Array;
  const dOutput = new Float32Array(output.length);
  let mean = NaN;
  if (_isFinite(output)) {
    const { value, gradient } = await loss.valueAndGradient(target, output);
    mean = value.reduce((sum, x) => sum + x, 0) / divisor;
    for (let k = 0; k < gradient.length; k++) dOutput[k] = gradient[k] / divisor;
  } else {
    dOutput.fill(NaN);
  }
  using seed = _disposable(tf.tensor(dOutput, recording.output.shape));
  return { loss: mean, gradients: recording.backward(seed.tensor, parameters) };
}

/**
 * Checks that an output fits a loss and its targets.
 *
 * @param model The network, for its name.
 * @param loss The loss.
 * @param target Targets for all rows.
 * @param output The network's output.
 * @returns The output, known to be `[B, size]`.
 * @throws {TypeError} If it is not.
 */
export function asRows(
  model: Pick<Model, "name">,
  loss: Pick<TensorLoss, "name" | "size">,
  target: Float32Array,
  output: tf.Tensor,
): tf.Tensor2D {
  const rows = target.length / loss.size;
  if (output.shape.length === 2 && output.shape[0] === rows && output.shape[1] === loss.size) {
    return output as tf.Tensor2D;
  }
  throw new TypeError(
    `Cannot compute ${loss.name} of ${model.name}: the output must be [${rows}, ${loss.size}], ` +
      `current shape is [${output.shape}]`,
  );
}

/** A plain loop, as above: `every` and `forEach` take ten times as long, 2 ms for 1,024 wafers. */
function _isFinite(numbers: Float32Array): boolean {
  for (let k = 0; k < numbers.length; k++) {
    if (!Number.isFinite(numbers[k])) return false;
  }
  return true;
}

function _disposable(tensor: tf.Tensor): Disposable & { readonly tensor: tf.Tensor } {
  return { tensor, [Symbol.dispose]: () => tensor.dispose() };
}
