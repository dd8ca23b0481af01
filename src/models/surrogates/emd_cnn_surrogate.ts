import { checkBatches } from "../../losses/check_batches.ts";
import { checkSimplex } from "../../losses/check_simplex.ts";
import type { Batch } from "../../losses/types.ts";
import { tf } from "../../tensor/tf.ts";
import { recordForward } from "../../tensor/training/tape.ts";
import type { Model, TensorLoss } from "../../tensor/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { loadEmdCnn } from "../emd_cnn_transfer.ts";
import type { EmdCnnWeights } from "../types.ts";
import type { Surrogate } from "./types.ts";

/** Options of {@linkcode emdCnnSurrogate}. */
export interface EmdCnnSurrogateOptions {
  /**
   * Whether rows are divided by their sums before the network sees them. It was trained on charge
   * fractions; the published code, when it trains an autoencoder, nevertheless shows it rows as they
   * are, with sums from 1 to 2 and beyond.
   *
   * @default {true}
   */
  readonly normaliseInput?: boolean;
}

/** A frozen EMD CNN: a loss on plain numbers, and within tfjs. */
export interface EmdCnnSurrogate extends Surrogate, TensorLoss {
  /** How it estimates. */
  readonly kind: "emd_cnn";
  /**
   * The estimates within the graph, differentiable in `output`, also through the division by the sum:
   * with `normaliseInput` rows of any scale are taken, and empty ones as they are.
   *
   * @param target `[B, 48]`.
   * @param output `[B, 48]`.
   * @returns `[B]`.
   */
  graph(target: tf.Tensor2D, output: tf.Tensor2D): tf.Tensor1D;
}

/** Pairs at a time: their images on the way through the network take some 50 MB. */
const BATCH = 512;
/** What an empty row is divided by. */
const LEAST_SUM = 1e-12;

/**
 * An EMD CNN with fixed weights as a loss: its estimate of the EMD, in half trigger-cell pitches, and
 * the gradient of the estimate in the output.
 *
 * Estimates are symmetric by construction but no metric: they may be negative, and that of a wafer and
 * itself is some small number.
 *
 * With `normaliseInput` it is a loss on the simplex: on plain numbers rows must sum to one, and
 * gradients are centred. Without, it is one of charges of any scale, and gradients are what they are.
 *
 * @param network Weights, from `emdCnnWeights` or `emdCnnWeightsOf`; or a model of `buildEmdCnn`, which
 * stays its owner's: the surrogate follows its weights, and does not free it.
 * @param options Whether to normalise rows.
 * @returns The surrogate, on the backend in use.
 * @throws {RangeError} If the weights have another epsilon than 0.001.
 * @throws {TypeError} If the model is no EMD CNN.
 *
 * Source: arXiv 2306.04712, Section 3, where the network is the loss of the autoencoder.
 *
 * @example The estimates of a network before any training, and one step down their slope
 * ```ts
 * import { buildEmdCnn, emdCnnSurrogate } from "@hexmover/hexmover/models";
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assert } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const surrogate = emdCnnSurrogate(buildEmdCnn({ filters: 4, denseUnits: 8 }));
 * const target = new Float64Array(48).fill(1 / 48);
 * const output = Float64Array.from({ length: 48 }, (_, cell) => (cell + 1) / (24 * 49));
 * const { value, gradient } = await surrogate.valueAndGradient(target, output);
 * const below = output.map((fraction, cell) => fraction - 1e-3 * gradient[cell]);
 * assert((await surrogate.value(target, below))[0] < value[0]);
 * ```
 */
export function emdCnnSurrogate(
  network: EmdCnnWeights | Model,
  options: EmdCnnSurrogateOptions = {},
): EmdCnnSurrogate {
  const { normaliseInput = true } = options;
  const isModel = "apply" in network;
  if (isModel && network.name !== "emd_cnn") {
    throw new TypeError(
      `Cannot make a surrogate of ${network.name}: it must be an EMD CNN`,
    );
  }
  const model = isModel ? network : loadEmdCnn(network);
  const check = normaliseInput ? checkSimplex : checkBatches;

  function graph(target: tf.Tensor2D, output: tf.Tensor2D): tf.Tensor1D {
    const [x, y] = normaliseInput ? [_fractions(target), _fractions(output)] : [target, output];
    return tf.reshape(model.apply(tf.concat([x, y], 1), false), [-1]) as tf.Tensor1D;
  }

  async function value(target: Batch, output: Batch): Promise<Float64Array> {
    const values = new Float64Array(check("emd_cnn", CELLS, target, output));
    for (const { begin, x, y } of _parts(target, output)) {
      const estimates = tf.tidy(() => graph(_rows(x), _rows(y)));
      values.set(await estimates.data(), begin);
      estimates.dispose();
    }
    return values;
  }

  async function valueAndGradient(target: Batch, output: Batch) {
    const values = new Float64Array(check("emd_cnn", CELLS, target, output));
    const gradient = new Float64Array(output.length);
    for (const { begin, x, y } of _parts(target, output)) {
      const first = _rows(x), rows = _rows(y), second = tf.variable(rows);
      using recording = recordForward(() => graph(first, second as tf.Tensor as tf.Tensor2D));
      const ones = tf.ones(recording.output.shape);
      const [slopes] = recording.backward(ones, [second]);
      values.set(await recording.output.data(), begin);
      gradient.set(await slopes.data(), begin * CELLS);
      second.dispose();
      tf.dispose([first, rows, ones, slopes]);
    }
    if (normaliseInput) _centreRows(gradient);
    return { value: values, gradient };
  }

  return {
    kind: "emd_cnn",
    name: "emd_cnn",
    size: CELLS,
    domain: normaliseInput ? "simplex" : "charge",
    symmetric: true,
    graph,
    value,
    valueAndGradient,
    dispose() {
      if (!isModel) model.dispose();
    },
  };
}

function _fractions(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.div(rows, tf.maximum(tf.sum(rows, 1, true), LEAST_SUM));
}

function _rows(numbers: Batch): tf.Tensor2D {
  return tf.tensor2d(Float32Array.from(numbers), [numbers.length / CELLS, CELLS]);
}

function* _parts(target: Batch, output: Batch) {
  const rows = target.length / CELLS;
  for (let begin = 0; begin < rows; begin += BATCH) {
    const range = [begin * CELLS, Math.min(rows, begin + BATCH) * CELLS] as const;
    yield { begin, x: target.subarray(...range), y: output.subarray(...range) };
  }
}

function _centreRows(gradient: Float64Array): void {
  for (let row = 0; row < gradient.length; row += CELLS) {
    let mean = 0;
    for (let k = row; k < row + CELLS; k++) mean += gradient[k] / CELLS;
    for (let k = row; k < row + CELLS; k++) gradient[k] -= mean;
  }
}
