import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { memoryStore } from "../../../src/experiments/mod.ts";
import { emdCnnSurrogate } from "../../../src/models/surrogates/emd_cnn_surrogate.ts";
import {
  type EmdCnnTrainingOptions,
  randomPairDraw,
  trainEmdCnn,
} from "../../../src/models/surrogates/emd_cnn_training.ts";
import { relativeDifference } from "../../../src/models/surrogates/relative_difference.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { exportWeights, type Model, useBackend } from "../../../src/tensor/mod.ts";
import { CELLS, waferEmd } from "../../../src/wafer/mod.ts";

const draw = (seed: number) => randomPairDraw(toyWafers("shower", 400, seed).charges);
const validation = draw(2)(300, new RandomStream(2, "validation"));

/** A small network that learns a little in a second. */
const SMALL: EmdCnnTrainingOptions = {
  network: { convLayers: 1, kernelSize: 3, filters: 6, denseUnits: 16 },
  pairs: draw(1),
  validation,
  visits: 1600,
  batchSize: 32,
  learningRate: 5e-3,
  validations: 5,
  seed: 1,
};

async function numbers(model: Model): Promise<number[]> {
  const { parameters, state } = await exportWeights(model);
  return [...parameters.values(), ...state.values()].flatMap((array) => [...array]);
}

/** Whether two lists are the same; a comparison in words of thousands of numbers would take minutes. */
function areSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, k) => value === other[k]);
}

Deno.test("a network learns EMDs of wafers that it does not see, from any kind of loss", async () => {
  await useBackend({ backend: "wasm" });
  const constant = relativeDifference(validation.emd.map(() => 4), validation.emd);
  for (const kind of ["mse", "msle", "huber"] as const) {
    const { model, history, best } = await trainEmdCnn({ ...SMALL, kind, visits: 12_800 });
    assertEquals(history.length, 5);
    assertEquals(best.loss, Math.min(...history.map(({ validationLoss }) => validationLoss!)));
    const surrogate = emdCnnSurrogate(model);
    const estimate = await surrogate.value(validation.x, validation.y);
    const { sigma } = relativeDifference(estimate, validation.emd);
    assert(sigma < 0.7 * constant.sigma, `${kind}: ${sigma}, by a constant ${constant.sigma}`);
    model.dispose();
  }
});

Deno.test("one seed gives one network, another gives another", async () => {
  await useBackend({ backend: "wasm" });
  const found: number[][] = [];
  for (const seed of [1, 1, 2]) {
    const { model } = await trainEmdCnn({ ...SMALL, seed });
    found.push(await numbers(model));
    model.dispose();
  }
  assert(areSame(found[0], found[1]));
  assert(!areSame(found[0], found[2]));
});

Deno.test("a run that was stopped goes on to what it would have been", async () => {
  await useBackend({ backend: "wasm" });
  const whole = await trainEmdCnn(SMALL);
  const checkpoint = { store: memoryStore(), name: "emd_cnn", everySteps: 10 };
  const stop = new AbortController();
  await assertRejects(() =>
    trainEmdCnn({
      ...SMALL,
      checkpoint,
      signal: stop.signal,
      onProgress: ({ step }) => step === 27 && stop.abort(),
    })
  );
  const steps: number[] = [];
  const resumed = await trainEmdCnn({
    ...SMALL,
    checkpoint,
    onProgress: ({ step }) => steps.push(step),
  });
  assert(steps[0] > 20 && steps.at(-1) === 50, `from step ${steps[0]}`);
  assert(areSame(await numbers(resumed.model), await numbers(whole.model)));
  for (const { model } of [whole, resumed]) model.dispose();
});

Deno.test("a fixed set of pairs is learnt with the labels that it has", async () => {
  await useBackend({ backend: "wasm" });
  const pairs = draw(1)(200, new RandomStream(1, "pairs"));
  const wrong = { ...pairs, emd: pairs.emd.map(() => 7) };
  const { model } = await trainEmdCnn({
    ...SMALL,
    pairs: wrong,
    validation: wrong,
    visits: 6400,
    learningRate: 2e-2,
  });
  const estimates = await emdCnnSurrogate(model).value(pairs.x, pairs.y);
  const mean = estimates.reduce((sum, emd) => sum + emd / estimates.length, 0);
  assertAlmostEquals(mean, 7, 0.5);
  model.dispose();
});

Deno.test("running averages begin with those of pairs, not with ones", async () => {
  await useBackend({ backend: "wasm" });
  const { model } = await trainEmdCnn({ ...SMALL, visits: 32, validations: 1 });
  // Of zeros and ones, 99 parts of 100 would be left after one step.
  const variances = model.state.get("conv1/variance")!.dataSync();
  assert(variances.every((variance) => variance > 0 && variance < 0.1), `${variances}`);
  assert(model.state.get("dense1/mean")!.dataSync().every((mean) => mean !== 0));
  model.dispose();
});

Deno.test("random pairs are two wafers of the list and their exact EMD", () => {
  const wafers = toyWafers("shower", 10, 3).charges, drawPairs = randomPairDraw(wafers);
  const { x, y, emd, count } = drawPairs(50, new RandomStream(1, "pairs"));
  const again = drawPairs(50, new RandomStream(1, "pairs"));
  assertEquals([again.emd, count], [emd, 50]);
  const numberOf = (fractions: Float32Array) =>
    Array.from({ length: 10 }, (_, wafer) => wafer).findIndex((wafer) => {
      const row = wafers.subarray(wafer * CELLS, (wafer + 1) * CELLS);
      const sum = row.reduce((a, b) => a + b);
      return row.every((charge, cell) => Math.abs(charge / sum - fractions[cell]) < 1e-6);
    });
  for (let pair = 0; pair < 50; pair++) {
    const [first, second] = [x, y].map((rows) => rows.subarray(pair * CELLS, (pair + 1) * CELLS));
    const [one, other] = [numberOf(first), numberOf(second)];
    assert(one >= 0 && other >= 0 && one !== other);
    const wafer = (number: number) => wafers.subarray(number * CELLS, (number + 1) * CELLS);
    assertAlmostEquals(emd[pair], waferEmd(wafer(one), wafer(other)).value, 1e-9);
  }
});
