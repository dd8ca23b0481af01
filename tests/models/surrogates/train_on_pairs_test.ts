import { assert, assertEquals, assertRejects } from "@std/assert";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { memoryStore } from "../../../src/experiments/store.ts";
import { buildScaleFree, differenceRows } from "../../../src/models/surrogates/scale_free.ts";
import {
  trainOnPairs,
  type TrainOnPairsOptions,
} from "../../../src/models/surrogates/train_on_pairs.ts";
import { trainingPairs } from "../../../src/models/surrogates/training_pairs.ts";
import { exportWeights, type Model, regressionLoss, useBackend } from "../../../src/tensor/mod.ts";

const PAIRS = trainingPairs(toyWafers("shower", 60, 1), { seed: 1 });

function options(more: Partial<TrainOnPairsOptions> = {}): TrainOnPairsOptions {
  return {
    model: buildScaleFree({ units: 12, seed: 1 }),
    loss: regressionLoss("relative"),
    pairs: PAIRS,
    rows: differenceRows,
    steps: 30,
    batchSize: 16,
    peakRate: 1e-2,
    seed: 1,
    ...more,
  };
}

async function weights(model: Model): Promise<number[]> {
  return [...(await exportWeights(model)).parameters.values()].flatMap((values) => [...values]);
}

Deno.test("trainOnPairs() lowers the loss, by the same weights whenever it is run", async () => {
  await useBackend({ backend: "wasm" });
  const runs = [options({ steps: 150 }), options({ steps: 150 })];
  const steps: number[] = [];
  const [first, again] = await Promise.all(
    runs.map((run) => trainOnPairs({ ...run, onProgress: ({ step }) => steps.push(step) })),
  );
  assert(first.lastLoss < first.firstLoss / 3, `${first.firstLoss} became ${first.lastLoss}`);
  assertEquals(first, again);
  assertEquals(await weights(runs[0].model), await weights(runs[1].model));
  assertEquals(steps.toSorted((a, b) => a - b), [...Array(300).keys()].map((k) => k / 2 + 1 | 0));
});

Deno.test("trainOnPairs() that was stopped goes on to the same weights", async () => {
  await useBackend({ backend: "wasm" });
  const whole = options();
  const result = await trainOnPairs(whole);

  const checkpoint = { store: memoryStore(), name: "run" };
  const stop = new AbortController();
  await assertRejects(
    () =>
      trainOnPairs(options({
        checkpoint,
        signal: stop.signal,
        onProgress: ({ step }) => step === 13 && stop.abort(new Error("enough")),
      })),
    Error,
    "enough",
  );
  const rest = options({ checkpoint });
  const steps: number[] = [];
  assertEquals(await trainOnPairs({ ...rest, onProgress: ({ step }) => steps.push(step) }), result);
  assertEquals(steps[0], 14);
  assertEquals(await weights(rest.model), await weights(whole.model));

  // What is complete is read, not trained.
  const complete = options({ checkpoint, pairs: { at: () => Promise.reject(new Error("asked")) } });
  assertEquals(await trainOnPairs(complete), result);
  assertEquals(await weights(complete.model), await weights(whole.model));
});

Deno.test("trainOnPairs() refuses the checkpoint of another run", async () => {
  await useBackend({ backend: "wasm" });
  const checkpoint = { store: memoryStore(), name: "run" };
  await trainOnPairs(options({ steps: 2, checkpoint }));
  for (const other of [{ seed: 2 }, { batchSize: 8 }, { steps: 3 }, { peakRate: 1e-3 }]) {
    await assertRejects(
      () => trainOnPairs(options({ steps: 2, checkpoint, ...other })),
      TypeError,
      "Cannot resume run.0: it is of a run with other settings",
    );
  }
});

Deno.test("trainOnPairs() says at which step a run went astray, and keeps its weights", async () => {
  await useBackend({ backend: "wasm" });
  const run = options({
    pairs: {
      async at(step, count) {
        const batch = await PAIRS.at(step, count);
        return step < 4 ? batch : { ...batch, emd: batch.emd.fill(NaN) };
      },
    },
  });
  await assertRejects(() => trainOnPairs(run), RangeError, "at step 5: the loss is NaN");
  assert((await weights(run.model)).every(Number.isFinite));
});
