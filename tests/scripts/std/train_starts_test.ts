import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { type AutoencoderJob, job } from "../../../scripts/std/autoencoder_job.ts";
import { type StartProgress, trainStarts } from "../../../scripts/std/train_starts.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { DEFAULT_RECIPE } from "../../../src/models/autoencoder/training.ts";
import { modelWeights } from "../../../src/models/surrogates/model_weights.ts";
import { train, useBackend } from "../../../src/tensor/mod.ts";
import { PUBLISHED, randomAutoencoder } from "../../models/autoencoder/_stored.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: new URL("../../../", import.meta.url) }),
  permission({ name: "write", path: HERE }),
];

const JOB: AutoencoderJob = {
  wafers: toyWafers("shower", 60, 1),
  architecture: PUBLISHED,
  loss: "exact_emd",
  recipe: { ...DEFAULT_RECIPE, batchSize: 32 },
  steps: 12,
  seed: 3,
};

testNeeding(NEEDS.slice(0, 1), "trainStarts() gives what train() gives, job by job", async () => {
  await useBackend({ backend: "wasm" });
  const told: StartProgress[] = [], ended: number[] = [];
  const jobs = [JOB, { ...JOB, seed: 4, steps: 5 }, { ...JOB, seed: 5, loss: "telescope_mse" }];
  const trained = await trainStarts(jobs, {
    backend: "wasm",
    onProgress: (progress) => void told.push(progress),
    onTrained: ({ seed }, job) => {
      assertEquals(seed, jobs[job].seed);
      ended.push(job);
    },
  });
  assertEquals(trained.map(({ seed }) => seed), [3, 4, 5]);
  assertEquals(ended.toSorted(), [0, 1, 2]);
  for (const [k, { weights, history }] of trained.entries()) {
    const options = await job(jobs[k]), { steps } = jobs[k];
    const alone = await train(options);
    assertEquals(weights, await modelWeights(options.model));
    assertEquals(history.length, alone.history.length);
    // Workers share losses as float32.
    history.forEach(({ loss }, k) => assertAlmostEquals(loss, alone.history[k].loss, 1e-5));
    options.model.dispose();
    const stepsTold = told.filter(({ job }) => job === k).map(({ step }) => step);
    assertEquals(stepsTold, Array.from({ length: steps }, (_, step) => step + 1));
  }
});

testNeeding(NEEDS, "a run that was cut off goes on, to the same weights", async () => {
  await useBackend({ backend: "wasm" });
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "starts_" });
  try {
    const stored = { ...JOB, checkpoint: { folder, name: "run" } };
    const [expected] = await trainStarts([JOB], { backend: "wasm" });
    const cut = new AbortController();
    const begun = trainStarts([stored], {
      backend: "wasm",
      signal: cut.signal,
      onProgress: ({ step }) => step === 4 && cut.abort(new Error("enough")),
    });
    await assertRejects(() => begun, Error, "enough");
    const steps: number[] = [];
    const [resumed] = await trainStarts([stored], {
      backend: "wasm",
      onProgress: ({ step }) => void steps.push(step),
    });
    assert(steps[0] > 4, `${steps} are left`);
    assertEquals(resumed, expected);
    // What is complete is not trained again, unless it is asked for.
    let told = 0;
    const onProgress = () => void told++;
    assertEquals((await trainStarts([stored], { backend: "wasm", onProgress }))[0], expected);
    assertEquals(told, 0);
    const anew = { ...stored, checkpoint: { ...stored.checkpoint, resume: false } };
    assertEquals((await trainStarts([anew], { backend: "wasm", onProgress }))[0], expected);
    assertEquals(told, 12);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testNeeding(
  NEEDS.slice(0, 1),
  "a training that diverges is an error, and ends the others",
  async () => {
    await useBackend({ backend: "wasm" });
    const start = randomAutoencoder(1);
    start.weights.get("decoder/conv1/kernel")!.values.fill(3e38);
    const jobs = [{ ...JOB, loss: "telescope_mse", start }, { ...JOB, steps: 100_000 }];
    await assertRejects(() => trainStarts(jobs, { backend: "wasm" }), Error, "Cannot");
  },
);
