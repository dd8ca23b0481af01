import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { selectWafers, toyWafers } from "../../../src/datasets/mod.ts";
import {
  type DualPotential,
  dualPotential,
} from "../../../src/models/surrogates/dual_potential.ts";
import { dualPotentialLoss } from "../../../src/models/surrogates/dual_potential_loss.ts";
import { buildDualPotential } from "../../../src/models/surrogates/dual_potential_network.ts";
import { dualPotentialRows } from "../../../src/models/surrogates/dual_potential_rows.ts";
import { trainOnPairs } from "../../../src/models/surrogates/train_on_pairs.ts";
import { trainingPairs } from "../../../src/models/surrogates/training_pairs.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { assignVariable, tf, useBackend } from "../../../src/tensor/mod.ts";
import { CELLS, waferDistances, waferEmdBatch } from "../../../src/wafer/mod.ts";
import { drawPair, PAIR_KINDS } from "../../_support/histograms.ts";

/** An estimate with weights that nobody has trained, of a spread. */
async function random(spread = 1): Promise<DualPotential> {
  await useBackend({ backend: "wasm" });
  const model = buildDualPotential({ units: 24 });
  const stream = new RandomStream(5, "weights");
  for (const [name, variable] of model.parameters) {
    const weights = Array.from({ length: variable.size }, () => spread * stream.normal());
    assignVariable(variable, name, weights);
  }
  return dualPotential(model);
}

/** Pairs of every kind of histogram. */
function pairs(count: number): { x: Float64Array; y: Float64Array } {
  const kinds = Object.keys(PAIR_KINDS);
  const x = new Float64Array(count * CELLS), y = new Float64Array(count * CELLS);
  for (let pair = 0; pair < count; pair++) {
    const drawn = drawPair(kinds[pair % kinds.length], CELLS, new RandomStream(6, "pair", pair));
    x.set(drawn.x, pair * CELLS);
    y.set(drawn.y, pair * CELLS);
  }
  return { x, y };
}

Deno.test("its bound is never above the EMD of 2,400 pairs of all kinds, with any weights", async () => {
  const { x, y } = pairs(2400), exact = waferEmdBatch(x, y).values;
  for (const spread of [0.1, 1, 10]) {
    const estimate = await random(spread), bound = await estimate.lowerBound(x, y);
    let tight = 0;
    for (let row = 0; row < bound.length; row++) {
      assert(bound[row] <= exact[row] * (1 + 1e-5) + 1e-14, `${bound[row]}, ${exact[row]}`);
      if (bound[row] > 0.5 * exact[row]) tight++;
    }
    assert(tight > 500, `only ${tight} bounds say anything`);
    estimate.dispose();
  }
});

Deno.test("its gradient is a potential: slope one between all cells, the bound as its product", async () => {
  const estimate = await random(), { x, y } = pairs(240), distances = waferDistances();
  const { gradient, diagnostics } = await estimate.valueAndGradient(x, y);
  for (let row = 0; row < 240; row++) {
    const g = gradient.subarray(row * CELLS, (row + 1) * CELLS);
    let sum = 0, product = 0;
    for (let i = 0; i < CELLS; i++) {
      sum += g[i];
      product -= g[i] * (x[row * CELLS + i] - y[row * CELLS + i]);
      for (let k = 0; k < CELLS; k++) assert(g[i] - g[k] <= distances[i * CELLS + k] + 1e-12);
    }
    assertAlmostEquals(sum, 0, 1e-10);
    assertAlmostEquals(diagnostics!.lower_bound[row], product, 1e-12);
  }
  estimate.dispose();
});

Deno.test("exchanging the wafers changes nothing, and batches are their rows", async () => {
  const estimate = await random(), { x, y } = pairs(2100); // more than the network is shown at a time
  const { value, gradient, diagnostics } = await estimate.valueAndGradient(x, y);
  assertEquals(estimate.symmetric, true);
  const back = await estimate.value(y, x), bound = await estimate.lowerBound(y, x);
  for (let row = 0; row < 2100; row++) {
    assertAlmostEquals(back[row], value[row], 1e-12 * Math.max(1, Math.abs(value[row])));
    assertAlmostEquals(bound[row], diagnostics!.lower_bound[row], 1e-12);
  }
  for (const row of [0, 5, 2099]) {
    const [begin, end] = [row * CELLS, (row + 1) * CELLS];
    const one = await estimate.valueAndGradient(x.slice(begin, end), y.slice(begin, end));
    assertAlmostEquals(one.value[0], value[row], 1e-4 * Math.max(1, Math.abs(value[row])));
    one.gradient.forEach((g, k) => assertAlmostEquals(g, gradient[begin + k], 1e-3));
  }
  const none = await estimate.valueAndGradient(new Float64Array(0), new Float64Array(0));
  assertEquals([none.value.length, none.gradient.length], [0, 0]);
  estimate.dispose();
});

Deno.test("equal wafers are 0 apart, and two single cells their distance", async () => {
  const estimate = await random(), x = new Float64Array(2 * CELLS), y = x.slice();
  x.fill(1 / CELLS, 0, CELLS);
  y.fill(1 / CELLS, 0, CELLS);
  x[CELLS + 7] = y[CELLS + 40] = 1;
  const { value, gradient, diagnostics } = await estimate.valueAndGradient(x, y);
  assert(value[0] === 0 && diagnostics!.lower_bound[0] === 0);
  assert(gradient.subarray(0, CELLS).every((g) => g === 0));
  assertAlmostEquals(diagnostics!.lower_bound[1], waferDistances()[7 * CELLS + 40], 1e-12);
  estimate.dispose();
});

Deno.test("as y goes to x, value and bound shrink in proportion", async () => {
  const estimate = await random(), { x, y } = pairs(12);
  const whole = await estimate.valueAndGradient(x, y);
  for (const t of [0.1, 1e-3, 1e-6]) {
    const near = await estimate.valueAndGradient(x, y.map((yk, k) => (1 - t) * x[k] + t * yk));
    for (let row = 0; row < 12; row++) {
      if (row % 12 === 9) continue; // so near already that rounding has changed the difference
      const scale = Math.max(1e-9, Math.abs(whole.value[row]));
      assertAlmostEquals(near.value[row] / t / scale, whole.value[row] / scale, 1e-3);
    }
  }
  estimate.dispose();
});

Deno.test("rows that are no wafers are refused", async () => {
  const estimate = await random(), x = new Float64Array(2 * CELLS).fill(1 / CELLS);
  for (const run of [estimate.value, estimate.lowerBound, estimate.valueAndGradient]) {
    const refuses = async (y: Float64Array, error: typeof TypeError, text: string) =>
      await assertRejects(
        async () => await run(x, y),
        error,
        `Cannot compute dual_potential${text}`,
      );
    await refuses(x.slice(1), TypeError, ": target and output must be batches");
    await refuses(x.slice().fill(0, CELLS), RangeError, " of row 1: the output must sum to 1");
    await refuses(x.map((c) => 2 * c), RangeError, " of row 0: the output must sum to 1");
    await refuses(x.with(50, NaN), RangeError, " of row 1: cell 2 of the output must be >= 0");
    await refuses(x.with(3, -1), RangeError, " of row 0: cell 3 of the output must be >= 0");
  }
  estimate.dispose();
});

Deno.test("trained for some seconds, it is near on wafers it never saw, and frees what it took", async () => {
  await useBackend({ backend: "wasm" });
  const before = tf.memory().numTensors;
  const wafers = toyWafers("shower", 600, 1),
    range = (from: number, to: number) =>
      selectWafers(wafers, Uint32Array.from({ length: to - from }, (_, k) => from + k));
  const model = buildDualPotential({ units: 64, seed: 1 });
  await trainOnPairs({
    model,
    loss: dualPotentialLoss(),
    pairs: trainingPairs(range(0, 400), { seed: 1 }),
    rows: dualPotentialRows,
    steps: 300,
    batchSize: 128,
    peakRate: 1e-2,
    seed: 1,
  });
  const estimate = dualPotential(model);
  const { x, y, emd } = await trainingPairs(range(400, 600), { seed: 2 }).at(0, 1000);
  const { value, gradient, diagnostics } = await estimate.valueAndGradient(x, y);
  const exact = waferEmdBatch(x, y, { gradients: true }).gradients!;
  let bias = 0, square = 0, gap = 0, cosine = 0;
  for (let row = 0; row < emd.length; row++) {
    const error = value[row] / emd[row] - 1;
    bias += error / emd.length;
    square += error ** 2 / emd.length;
    gap += (1 - diagnostics!.lower_bound[row] / emd[row]) / emd.length;
    cosine += _cosine(row, x, y, gradient, exact) / emd.length;
  }
  const sigma = Math.sqrt(square - bias ** 2);
  assert(Math.abs(bias) < 0.02 && sigma < 0.05, `bias ${bias}, sigma ${sigma}`);
  assert(gap > 0 && gap < 0.08, `mean gap ${gap}`);
  assert(cosine > 0.9, `mean cosine ${cosine}`);
  estimate.dispose();
  assertEquals(tf.memory().numTensors, before);
});

/** Of two gradients at the cells where x and y differ, centred there. */
function _cosine(
  row: number,
  x: Float32Array,
  y: Float32Array,
  a: Float64Array,
  b: Float64Array,
): number {
  const cells: number[] = [];
  for (let k = row * CELLS; k < (row + 1) * CELLS; k++) if (x[k] !== y[k]) cells.push(k);
  const centred = (g: Float64Array) => {
    const mean = cells.reduce((sum, k) => sum + g[k], 0) / cells.length;
    return cells.map((k) => g[k] - mean);
  };
  const [p, q] = [centred(a), centred(b)];
  const product = (u: number[], v: number[]) => u.reduce((sum, uk, k) => sum + uk * v[k], 0);
  return product(p, q) / Math.sqrt(product(p, p) * product(q, q));
}
