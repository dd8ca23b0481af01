import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  buildDualPotential,
  DUAL_OUTPUTS,
} from "../../../src/models/surrogates/dual_potential_network.ts";
import { mdsBasis } from "../../../src/models/surrogates/mds_basis.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import {
  assignVariable,
  type Model,
  recordForward,
  tf,
  useBackend,
} from "../../../src/tensor/mod.ts";
import { CELLS, waferDistances } from "../../../src/wafer/mod.ts";

const UNITS = 12, ROWS = 7;

/** A small network with random numbers in all weights, and rows of sum zero and size one. */
async function network(): Promise<{ model: Model; rows: Float32Array }> {
  await useBackend({ backend: "wasm" });
  const model = buildDualPotential({ units: UNITS });
  const random = new RandomStream(4, "weights");
  for (const [name, variable] of model.parameters) {
    assignVariable(variable, name, Array.from({ length: variable.size }, () => random.normal()));
  }
  const rows = new Float32Array(ROWS * CELLS);
  for (let row = 0; row < ROWS; row++) {
    // Half of the charge from some cells, half to others, some cells without.
    const cells = random.shuffle(Uint8Array.from({ length: CELLS }, (_, k) => k));
    for (let k = 0; k < 2 + 4 * row; k++) {
      rows[row * CELLS + cells[k]] = (k % 2 - 0.5) / (1 + 2 * row);
    }
  }
  return { model, rows };
}

function applied(model: Model, rows: Float32Array): Float32Array {
  const output = tf.tidy(() => model.apply(tf.tensor2d(rows, [ROWS, CELLS]), false));
  assertEquals(output.shape, [ROWS, DUAL_OUTPUTS]);
  return output.dataSync() as Float32Array;
}

/** x times a matrix of so many columns, one row. */
function times(x: number[], matrix: ArrayLike<number>): number[] {
  const columns = matrix.length / x.length;
  return Array.from(
    { length: columns },
    (_, c) => x.reduce((sum, xk, k) => sum + xk * matrix[k * columns + c], 0),
  );
}

Deno.test("it is the formula, on plain numbers", async () => {
  const { model, rows } = await network();
  const weight = (name: string) => model.parameters.get(name)!.dataSync();
  const basis = mdsBasis(waferDistances(), CELLS);
  const kernel = [...weight("hidden1/odd"), ...weight("hidden1/even")];
  const layer = (x: number[], w: ArrayLike<number>, b: ArrayLike<number>) =>
    times(x, w).map((z, k) => Math.max(0, z + b[k]));
  const hidden = (q: number[]) => {
    const first = layer([...times(q, basis), ...q.map(Math.abs)], kernel, weight("hidden1/bias"));
    return layer(first, weight("hidden2/kernel"), weight("hidden2/bias"));
  };
  const output = applied(model, rows);
  for (let row = 0; row < ROWS; row++) {
    const q = [...rows.subarray(row * CELLS, (row + 1) * CELLS)];
    const [g, gBack] = [q, q.map((x) => -x)].map((x) =>
      times(hidden(x), weight("potential/kernel"))
    );
    const [h, hBack] = [q, q.map((x) => -x)].map((x) =>
      times(hidden(x), weight("correction/kernel"))
    );
    const mean = times(q, waferDistances());
    for (let k = 0; k < CELLS; k++) {
      assertAlmostEquals(output[row * DUAL_OUTPUTS + k], g[k] - gBack[k] - mean[k], 2e-3);
    }
    const c = h[0] + hBack[0] + weight("correction/bias")[0];
    assertAlmostEquals(output[row * DUAL_OUTPUTS + CELLS], c, 2e-3);
  }
  model.dispose();
});

Deno.test("with the wafers exchanged the potential is the negative, to the last bit", async () => {
  const { model, rows } = await network();
  const forth = applied(model, rows), back = applied(model, rows.map((q) => -q));
  for (let k = 0; k < forth.length; k++) {
    assertEquals(back[k] + 0, (k % DUAL_OUTPUTS === CELLS ? forth[k] : -forth[k]) + 0);
  }
  model.dispose();
});

Deno.test("its weights have the gradients that finite differences see", async () => {
  const { model, rows } = await network();
  const random = new RandomStream(5, "directions");
  const seed = Float32Array.from({ length: ROWS * DUAL_OUTPUTS }, () => random.normal());
  const input = tf.tensor2d(rows, [ROWS, CELLS]), dOutput = tf.tensor2d(seed, [ROWS, DUAL_OUTPUTS]);
  const recording = recordForward(() => model.apply(input, true));
  const gradients = recording.backward(dOutput, [...model.parameters.values()]);
  recording[Symbol.dispose]();
  const sum = () => applied(model, rows).reduce((total, output, k) => total + output * seed[k], 0);
  let g = 0;
  for (const [name, variable] of model.parameters) {
    const gradient = gradients[g++].dataSync(), start = variable.dataSync().slice();
    const length = Math.hypot(...gradient);
    assert(length > 0, name);
    // Along the gradient the slope is its length.
    const step = 1e-3 * Math.hypot(...start);
    const at = (sign: number) => {
      assignVariable(variable, name, start.map((w, k) => w + sign * step * gradient[k] / length));
      return sum();
    };
    assertAlmostEquals((at(1) - at(-1)) / (2 * step), length, 0.02 * length, name);
    assignVariable(variable, name, start);
  }
  tf.dispose([input, dOutput, ...gradients]);
  model.dispose();
});

Deno.test("before training the correction is zero", async () => {
  const { rows } = await network();
  const model = buildDualPotential({ units: UNITS, seed: 3 });
  const output = applied(model, rows);
  for (let row = 0; row < ROWS; row++) assertEquals(output[row * DUAL_OUTPUTS + CELLS], 0);
  model.dispose();
});

Deno.test("seeds give other weights, and disposing of it frees all", async () => {
  await useBackend({ backend: "wasm" });
  const before = tf.memory().numTensors;
  const models = [1, 1, 2].map((seed) => buildDualPotential({ units: 4, seed }));
  const [a, b, c] = models.map((model) => [...model.parameters.get("hidden1/odd")!.dataSync()]);
  assertEquals(a, b);
  assert(a.some((weight, k) => weight !== c[k]));
  for (const model of models) model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a number of units that is none is refused", () => {
  for (const units of [0, 2.5, NaN]) {
    assertThrows(
      () => buildDualPotential({ units }),
      RangeError,
      `Cannot build a dual-potential network: units must be a positive integer, current value is ${units}`,
    );
  }
});
