import { checkSimplex } from "../../losses/check_simplex.ts";
import type { Batch } from "../../losses/types.ts";
import { tf } from "../../tensor/tf.ts";
import { recordForward } from "../../tensor/training/tape.ts";
import type { Model } from "../../tensor/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import type { Surrogate, SurrogateKind } from "./types.ts";

/** Pairs at a time: what lies between the layers takes some MB then. */
const BATCH = 1024;

/**
 * A network that estimates EMDs, frozen, as a loss on the simplex: its estimates, and their gradients in
 * the output, centred.
 *
 * @param kind What it is called.
 * @param model A network from `[B, 96]`, the fractions of both wafers, to `[B, 1]`, symmetric in the
 * wafers. It belongs to the surrogate, which frees it.
 * @returns The surrogate, on the backend in use.
 *
 * @example
 * ```ts
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 * import { pairNetworkSurrogate } from "./pair_network_surrogate.ts";
 * import { buildScaleFree } from "./scale_free.ts";
 *
 * await useBackend({ backend: "wasm" });
 * const surrogate = pairNetworkSurrogate("scale_free", buildScaleFree({ units: 8 }));
 * const wafer = new Float64Array(48).fill(1 / 48), cell = new Float64Array(48).with(0, 1);
 * const [there] = await surrogate.value(wafer, cell), [back] = await surrogate.value(cell, wafer);
 * assertEquals(there, back);
 * ```
 */
export function pairNetworkSurrogate(kind: SurrogateKind, model: Model): Surrogate {
  async function value(target: Batch, output: Batch): Promise<Float64Array> {
    const values = new Float64Array(checkSimplex(kind, CELLS, target, output));
    for (const { begin, x, y } of _parts(target, output)) {
      const estimates = tf.tidy(() => model.apply(tf.concat([_rows(x), _rows(y)], 1), false));
      values.set(await estimates.data(), begin);
      estimates.dispose();
    }
    return values;
  }

  async function valueAndGradient(target: Batch, output: Batch) {
    const values = new Float64Array(checkSimplex(kind, CELLS, target, output));
    const gradient = new Float64Array(output.length);
    for (const { begin, x, y } of _parts(target, output)) {
      const first = _rows(x), rows = _rows(y), second = tf.variable(rows);
      using recording = recordForward(() =>
        model.apply(tf.concat([first, second as tf.Tensor as tf.Tensor2D], 1), false)
      );
      // Each estimate depends on its own row alone, so that ones give all gradients at once.
      const ones = tf.ones(recording.output.shape);
      const [slopes] = recording.backward(ones, [second]);
      values.set(await recording.output.data(), begin);
      gradient.set(await slopes.data(), begin * CELLS);
      second.dispose();
      tf.dispose([first, rows, ones, slopes]);
    }
    _centreRows(gradient);
    return { value: values, gradient };
  }

  return {
    kind,
    name: kind,
    size: CELLS,
    domain: "simplex",
    symmetric: true,
    value,
    valueAndGradient,
    dispose: () => model.dispose(),
  };
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
