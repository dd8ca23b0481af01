import { checkSimplex } from "../../losses/check_simplex.ts";
import type { Batch } from "../../losses/types.ts";
import { tf } from "../../tensor/tf.ts";
import { recordForward } from "../../tensor/training/tape.ts";
import type { Model } from "../../tensor/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import type { Surrogate } from "./types.ts";

/** Pairs at a time: what lies between the layers takes some MB then. */
const BATCH = 1024;

/**
 * A scale-free network, frozen, as a loss on the simplex: its estimates, and their gradients in the
 * output, centred.
 *
 * An estimate is the mean over the wafer's three turns, which change no EMD: the network has learnt
 * that, and its errors differ from turn to turn. Differences are taken in double precision, so that estimates are in proportion to them, however
 * near the wafers are.
 *
 * @param model A network of {@linkcode buildScaleFree}. It belongs to the surrogate, which frees it.
 * @returns The surrogate, on the backend in use.
 *
 * @example
 * ```ts
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 * import { buildScaleFree } from "./scale_free.ts";
 * import { scaleFreeSurrogate } from "./scale_free_surrogate.ts";
 *
 * await useBackend({ backend: "wasm" });
 * const surrogate = scaleFreeSurrogate(buildScaleFree({ units: 8 }));
 * const wafer = new Float64Array(48).fill(1 / 48), cell = new Float64Array(48).with(0, 1);
 * const [there] = await surrogate.value(wafer, cell), [back] = await surrogate.value(cell, wafer);
 * assertEquals(there, back);
 * ```
 */
export function scaleFreeSurrogate(model: Model): Surrogate {
  async function value(target: Batch, output: Batch): Promise<Float64Array> {
    const values = new Float64Array(checkSimplex("scale_free", CELLS, target, output));
    for (const { begin, differences } of _parts(target, output)) {
      const estimates = _meanOverTurns(model, differences);
      values.set(await estimates.data(), begin);
      tf.dispose([differences, estimates]);
    }
    return values;
  }

  async function valueAndGradient(target: Batch, output: Batch) {
    const values = new Float64Array(checkSimplex("scale_free", CELLS, target, output));
    const gradient = new Float64Array(output.length);
    for (const { begin, differences } of _parts(target, output)) {
      const variable = tf.variable(differences);
      using recording = recordForward(() =>
        _meanOverTurns(model, variable as tf.Tensor as tf.Tensor2D)
      );
      // Each estimate depends on its own row alone. The output is subtracted: hence minus ones.
      const minusOnes = tf.fill(recording.output.shape, -1);
      const [slopes] = recording.backward(minusOnes, [variable]);
      values.set(await recording.output.data(), begin);
      gradient.set(await slopes.data(), begin * CELLS);
      variable.dispose();
      tf.dispose([differences, minusOnes, slopes]);
    }
    _centreRows(gradient);
    return { value: values, gradient };
  }

  return {
    kind: "scale_free",
    name: "scale_free",
    size: CELLS,
    domain: "simplex",
    symmetric: true,
    value,
    valueAndGradient,
    dispose: () => model.dispose(),
  };
}

/** In train order a turn adds 16 to the number of a cell, modulo 48: thirds of a row change places. */
function _meanOverTurns(model: Model, differences: tf.Tensor2D): tf.Tensor {
  return tf.tidy(() => {
    const [a, b, c] = tf.split(differences, 3, 1);
    const estimates = [[a, b, c], [c, a, b], [b, c, a]].map((thirds) =>
      model.apply(tf.concat(thirds, 1), false)
    );
    return tf.div(tf.addN(estimates), 3);
  });
}

/** Differences of some pairs at a time. */
function* _parts(target: Batch, output: Batch) {
  const rows = target.length / CELLS;
  for (let begin = 0; begin < rows; begin += BATCH) {
    const end = Math.min(rows, begin + BATCH), from = begin * CELLS;
    const numbers = new Float32Array(end * CELLS - from);
    for (let k = 0; k < numbers.length; k++) numbers[k] = target[from + k] - output[from + k];
    yield { begin, differences: tf.tensor2d(numbers, [end - begin, CELLS]) };
  }
}

function _centreRows(gradient: Float64Array): void {
  for (let row = 0; row < gradient.length; row += CELLS) {
    let mean = 0;
    for (let k = row; k < row + CELLS; k++) mean += gradient[k] / CELLS;
    for (let k = row; k < row + CELLS; k++) gradient[k] -= mean;
  }
}
