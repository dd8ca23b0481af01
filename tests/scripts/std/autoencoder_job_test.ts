import { assertEquals, assertRejects } from "@std/assert";
import { type AutoencoderJob, job } from "../../../scripts/std/autoencoder_job.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { DEFAULT_RECIPE } from "../../../src/models/autoencoder/training.ts";
import { shippedSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { modelWeights } from "../../../src/models/surrogates/model_weights.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { PUBLISHED, randomAutoencoder } from "../../models/autoencoder/_stored.ts";

const JOB: AutoencoderJob = {
  wafers: toyWafers("shower", 30, 1),
  architecture: PUBLISHED,
  loss: "exact_emd",
  recipe: DEFAULT_RECIPE,
  steps: 7,
  seed: 3,
};

Deno.test("a job is the same after it was sent to a worker", async () => {
  await useBackend({ backend: "wasm" });
  const start = randomAutoencoder(2);
  const options = await job(structuredClone({ ...JOB, start }));
  assertEquals(await modelWeights(options.model), start.weights);
  assertEquals([options.steps, options.seed, options.batchSize], [7, 3, 30]);
  assertEquals(options.checkpoint, undefined);
  options.model.dispose();
});

Deno.test("a surrogate that was trained is a loss", async () => {
  await useBackend({ backend: "wasm" });
  const { loss, model } = await job({ ...JOB, loss: await shippedSurrogate("scale_free") });
  const x = new Float32Array(48).fill(0.02), y = x.with(3, 0.5);
  const { value } = await loss.valueAndGradient(x, y);
  const byName = await job({ ...JOB, loss: "scale_free" });
  assertEquals(value, (await byName.loss.valueAndGradient(x, y)).value);
  model.dispose();
  byName.model.dispose();
});

Deno.test("a job's checkpoint goes where it says, and is read unless told otherwise", async () => {
  await useBackend({ backend: "wasm" });
  const place = { folder: "results", name: "run" };
  for (const resume of [undefined, true, false]) {
    const checkpoint = { ...place, ...(resume !== undefined && { resume }) };
    const options = await job({ ...JOB, checkpoint });
    assertEquals(options.checkpoint?.name, "run");
    assertEquals(options.checkpoint?.resume, resume ?? true);
    options.model.dispose();
  }
});

Deno.test("a job with a loss that there is not is refused", async () => {
  await assertRejects(() => job({ ...JOB, loss: "kl" }), RangeError, "current value is kl");
});
