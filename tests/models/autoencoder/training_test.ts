import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { autoencoderLoss } from "../../../src/models/autoencoder/autoencoder_loss.ts";
import { conditionNames, waferConditions } from "../../../src/models/autoencoder/conditions.ts";
import type { AutoencoderArchitecture } from "../../../src/models/autoencoder/stored_autoencoder.ts";
import {
  autoencoderData,
  autoencoderTraining,
  type AutoencoderTrainingOptions,
  DEFAULT_RECIPE,
  PUBLISHED_RECIPE,
} from "../../../src/models/autoencoder/training.ts";
import { modelWeights } from "../../../src/models/surrogates/model_weights.ts";
import { train, useBackend } from "../../../src/tensor/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";
import { assertSameNumbers } from "../export/_same_numbers.ts";
import { PUBLISHED, randomAutoencoder } from "./_stored.ts";

const column = (value: number) => new Float64Array(200).fill(value);
const WAFERS = {
  ...toyWafers("shower", 200, 1),
  columns: {
    eta: column(2),
    layer: column(7),
    density: column(1),
    waferu: column(3),
    waferv: column(5),
  },
};

async function _options(
  options: Partial<AutoencoderTrainingOptions> = {},
): Promise<AutoencoderTrainingOptions> {
  await useBackend({ backend: "wasm" });
  return {
    wafers: WAFERS,
    architecture: PUBLISHED,
    loss: await autoencoderLoss("exact_emd"),
    steps: 60,
    seed: 1,
    ...options,
  };
}

Deno.test("data are wafers divided by a power of two, followed by conditions; charges are targets", () => {
  const conditions = conditionNames();
  const { inputs, inputShape, targets } = autoencoderData(WAFERS, { conditions });
  const charges = Float32Array.from(normalise(WAFERS.charges, "power_of_two"));
  assertSameNumbers(targets, charges);
  assertEquals(inputShape, [54]);
  const known = waferConditions(WAFERS, conditions);
  for (const row of [0, 3, 199]) {
    assertEquals(inputs.slice(54 * row, 54 * row + 48), charges.slice(48 * row, 48 * row + 48));
    assertEquals(inputs.slice(54 * row + 48, 54 * row + 54), known.slice(6 * row, 6 * row + 6));
  }
  const plain = autoencoderData(WAFERS, { conditions: [] });
  assertSameNumbers(plain.inputs, charges);
});

const ARCHITECTURES: Record<string, AutoencoderArchitecture> = {
  "the published network": PUBLISHED,
  "a float one": { ...PUBLISHED, formats: "float" },
  "one that is told all": { ...PUBLISHED, conditions: conditionNames() },
  "a dense decoder": { ...PUBLISHED, decoder: { kind: "dense", units: [24] } },
};

for (const [name, architecture] of Object.entries(ARCHITECTURES)) {
  Deno.test(`sixty steps of ${name} lower the exact EMD`, async () => {
    const recipe = { ...DEFAULT_RECIPE, mixed: 0.2 };
    const training = autoencoderTraining(await _options({ architecture, recipe }));
    const { history } = await train({ ...training, validateEverySteps: 10 });
    const losses = history.map(({ loss }) => loss);
    assert(losses.at(-1)! < 0.85 * losses[0], `${losses}`);
    training.model.dispose();
  });
}

Deno.test("one seed gives the same weights, another one others", async () => {
  const weights = async (seed: number) => {
    const training = autoencoderTraining(await _options({ seed, steps: 5 }));
    await train(training);
    const found = (await modelWeights(training.model)).get("encoder/dense/kernel")!.values;
    training.model.dispose();
    return found;
  };
  const [one, again, other] = [await weights(1), await weights(1), await weights(2)];
  assertSameNumbers(one, again);
  assert(one.some((weight, k) => weight !== other[k]));
});

Deno.test("validation wafers do not change the training", async () => {
  const weights = async (options: Partial<AutoencoderTrainingOptions>) => {
    const training = autoencoderTraining(await _options({ steps: 40, ...options }));
    const { history } = await train(training);
    const found = (await modelWeights(training.model)).get("encoder/dense/kernel")!.values;
    training.model.dispose();
    return { found, history };
  };
  const without = await weights({}), seen = await weights({ validation: WAFERS });
  assertSameNumbers(seen.found, without.found);
  assert(seen.history.every(({ validationLoss }) => validationLoss! > 0));
});

Deno.test("a training begins with the weights that it is given", async () => {
  const start = randomAutoencoder(7);
  const { model } = autoencoderTraining(await _options({ start }));
  assertEquals(await modelWeights(model), start.weights);
  model.dispose();
  const other = randomAutoencoder(7, { decoder: { kind: "dense", units: [4] } });
  const options = await _options({ start: other });
  assertThrows(() => autoencoderTraining(options), TypeError, "decoder/dense/kernel is missing");
});

Deno.test("the default recipe starts with live latents and few charge, its rate rises and falls", async () => {
  const { model, learningRate, augment } = autoencoderTraining(await _options({ steps: 1000 }));
  const biases = await modelWeights(model);
  assertEquals([...biases.get("encoder/dense/bias")!.values], new Array(16).fill(0.5));
  assertAlmostEquals(biases.get("decoder/conv2/bias")!.values[0], -3.4, 1e-6);
  assert(augment !== undefined && typeof learningRate === "object");
  const rate = (step: number) => learningRate.rate(step, learningRate.start);
  assertAlmostEquals(rate(99), 1.5e-2, 1e-3);
  assert(rate(0) < 1e-3 && rate(999) < 1e-4 && rate(550) < rate(300));
  model.dispose();
});

Deno.test("the published recipe has a constant rate and takes wafers and biases as they come", async () => {
  const { model, learningRate, augment, batchSize } = autoencoderTraining(
    await _options({ recipe: PUBLISHED_RECIPE }),
  );
  // No batch is larger than all wafers.
  assertEquals([learningRate, augment, batchSize], [1e-3, undefined, 200]);
  const biases = await modelWeights(model);
  assert(biases.get("encoder/dense/bias")!.values.every((bias) => bias === 0));
  assertEquals(biases.get("decoder/conv2/bias")!.values[0], 0);
  model.dispose();
});

Deno.test("wafers without charge, and conditions without a column, are errors", async () => {
  const empty = { ...WAFERS, charges: WAFERS.charges.slice().fill(0, 48 * 3, 48 * 4) };
  const options = await _options();
  assertThrows(() => autoencoderTraining({ ...options, wafers: empty }), RangeError, "wafer 3");
  const { eta: _, ...columns } = WAFERS.columns;
  const architecture = { ...PUBLISHED, conditions: ["eta"] as const };
  assertThrows(
    () => autoencoderTraining({ ...options, architecture, wafers: { ...WAFERS, columns } }),
    TypeError,
    "no column eta",
  );
});
