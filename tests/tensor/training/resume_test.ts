/** Runs that are interrupted, in all the ways that there are. */
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { memoryStore, type Store } from "../../../src/experiments/store.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { train, type TrainingResult } from "../../../src/tensor/training/train.ts";
import type { TrainingOptions } from "../../../src/tensor/training/training_options.ts";
import type { ResumableLoss } from "../../../src/tensor/training/types.ts";
import { permission, testNeeding } from "../../_support/skips.ts";
import { disposeOf, toyJob, type ToyJobOptions } from "./_toy_job.ts";
import { graphLoss, hostLoss, weightBytes } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

const HERE = new URL(".", import.meta.url), ROOT = new URL("../../../", import.meta.url);
const TOY: ToyJobOptions = { loss: "host", centred: true, steps: 60 };

/** What a run leads to that nothing interrupts. */
async function _uninterrupted(options: ToyJobOptions = TOY) {
  const job = toyJob(options);
  const result = await train(job);
  return { result, weights: weightBytes(job.model) };
}

/** Goes on to the end with a network that knows nothing yet. */
async function _finish(
  store: Store,
  change: Partial<TrainingOptions> = {},
): Promise<{ result: TrainingResult; weights: Uint32Array }> {
  const job = { ...toyJob(TOY), checkpoint: { store, name: "run/toy", everySteps: 4 }, ...change };
  const result = await train(job);
  return { result, weights: weightBytes(job.model) };
}

/** Trains until some step has been done, and ends as a crash or as a signal does. */
async function _interrupt(
  store: Store,
  at: number,
  how: "crash" | "signal",
  change: Partial<TrainingOptions> = {},
): Promise<void> {
  const controller = new AbortController();
  const reason = new Error(`a ${how} at step ${at}`);
  await assertRejects(
    () =>
      _finish(store, {
        ...change,
        signal: controller.signal,
        onProgress: ({ step }) => {
          if (step !== at) return;
          if (how === "crash") throw reason;
          controller.abort(reason);
        },
      }),
    Error,
    reason.message,
  );
}

Deno.test("a run that was interrupted again and again ends as if it had not been", async () => {
  for (const [trial, loss] of [hostLoss(), graphLoss(), hostLoss(), graphLoss()].entries()) {
    const expected = await _finish(memoryStore(), { loss });
    const random = new RandomStream(trial, "interruptions");
    const store = memoryStore();
    for (let at = 1 + random.integer(20); at < 60; at += 1 + random.integer(25)) {
      await _interrupt(store, at, random.integer(2) === 0 ? "crash" : "signal", { loss });
    }
    assertEquals(await _finish(store, { loss }), expected, `trial ${trial}`);
    // Once more changes nothing.
    assertEquals(await _finish(store, { loss }), expected, `trial ${trial}`);
  }
  assertEquals(await _finish(memoryStore()), await _uninterrupted(), "nor do checkpoints");
});

Deno.test("a signal stores the step it stopped at; a crash loses what came after the last", async () => {
  for (const [how, first] of [["signal", 8], ["crash", 5]] as const) {
    const store = memoryStore();
    await _interrupt(store, 7, how);
    let resumedAt = 0;
    await _finish(store, { onProgress: ({ step }) => resumedAt ||= step });
    assertEquals(resumedAt, first, how);
  }
});

Deno.test("a run can be prolonged, begun anew, and stored by the clock", async () => {
  const expected = await _uninterrupted();
  const store = memoryStore();
  await _finish(store, { steps: 20 });
  assertEquals(await _finish(store), expected);
  let steps = 0;
  const anew = { store, name: "run/toy", resume: false };
  assertEquals(await _finish(store, { checkpoint: anew, onProgress: () => steps++ }), expected);
  assertEquals(steps, 60);
  let writes = 0;
  const counting = {
    read: store.read,
    write: async (path: string, bytes: Uint8Array) => {
      writes++;
      await store.write(path, bytes);
    },
  };
  await _finish(store, { checkpoint: { store: counting, name: "clock", everySeconds: 0 } });
  assertEquals(writes, 60);
});

testNeeding(
  [
    permission({ name: "read", path: ROOT }),
    permission({ name: "write", path: HERE }),
    permission({ name: "run", command: "deno" }),
  ],
  "a process that is killed goes on to the same bits",
  async () => {
    const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_killed_" });
    try {
      let last = 0;
      for (const at of [5, 11, 31]) last = await _kill(folder, at);
      // Wherever it was when it died: it goes on, and ends like one that was left in peace.
      const options = { ...TOY, steps: 5 * Math.ceil(last / 5) + 10 };
      let first = 0;
      const job = toyJob({ ...options, folder });
      const result = await train({ ...job, onProgress: ({ step }) => first ||= step });
      assert(first > 28 && first > last - 3, `resumed at ${first} after ${last}`);
      assertEquals({ result, weights: weightBytes(job.model) }, await _uninterrupted(options));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("a broken checkpoint is named, and the one before it used", async () => {
  const expected = await _uninterrupted();
  const store = memoryStore();
  await _interrupt(store, 30, "signal"); // Steps 28 and 30 are stored.
  const broken: string[] = [];
  for (const slot of [0, 1]) {
    const path = `run/toy.${slot}`, bytes = (await store.read(path))!;
    const copy = memoryStore();
    await copy.write(`run/toy.${1 - slot}`, (await store.read(`run/toy.${1 - slot}`))!);
    const changed = bytes.slice();
    changed[bytes.length >> 1] ^= 4;
    await copy.write(path, changed);
    const warnings: string[] = [];
    let first = 0;
    const ended = await _finish(copy, {
      onWarning: (warning) => warnings.push(warning),
      onProgress: ({ step }) => first ||= step,
    });
    assertEquals(ended, expected);
    assertEquals(warnings.length, 1);
    assert(warnings[0].startsWith(`${path} is broken`), warnings[0]);
    broken.push(`${first}`);
  }
  assertEquals(broken.sort(), ["29", "31"]);
});

Deno.test("checkpoints that are all broken are an error that names them", async () => {
  const store = memoryStore();
  await _interrupt(store, 30, "signal");
  for (const slot of [0, 1]) await store.write(`run/toy.${slot}`, new Uint8Array(1000));
  await assertRejects(
    () => _finish(store),
    TypeError,
    "Cannot resume: of run/toy.0 and run/toy.1 none is a whole checkpoint",
  );
});

Deno.test("a disk that fills leaves the last good checkpoint and a clear error", async () => {
  const expected = await _uninterrupted();
  const store = memoryStore();
  let writes = 0;
  const filling = {
    read: store.read,
    write: async (path: string, bytes: Uint8Array) => {
      if (++writes > 3) throw new Error("No space left on device (os error 28)");
      await store.write(path, bytes);
    },
  };
  const before = tf.memory().numTensors;
  const job = toyJob(TOY);
  await assertRejects(
    () => train({ ...job, checkpoint: { store: filling, name: "run/toy", everySteps: 4 } }),
    Error,
    "Cannot write checkpoint run/toy.1: No space left on device (os error 28); run/toy.0 is kept",
  );
  disposeOf(job);
  assertEquals(tf.memory().numTensors, before);
  let first = 0;
  assertEquals(await _finish(store, { onProgress: ({ step }) => first ||= step }), expected);
  assertEquals(first, 13);
});

Deno.test("a loss that becomes NaN keeps the last good checkpoint", async () => {
  const expected = await _uninterrupted();
  const store = memoryStore();
  const plain = hostLoss();
  let calls = 0;
  const loss: ResumableLoss = {
    ...plain,
    valueAndGradient: async (target, output) => {
      const result = await plain.valueAndGradient(target, output);
      // Each fifth step has three more calls, for the 20 rows to validate with.
      if (++calls === 10 + 2 * 3 + 1) result.value[0] = NaN;
      return result;
    },
  };
  await assertRejects(
    () => _finish(store, { loss }),
    RangeError,
    "Cannot train toy any further at step 11, batch 4 of epoch 2: the loss is NaN; " +
      "the last good checkpoint is run/toy.1 of step 8",
  );
  let first = 0;
  assertEquals(await _finish(store, { onProgress: ({ step }) => first ||= step }), expected);
  assertEquals(first, 9);
});

Deno.test("a loss that learns is stored with the run", async () => {
  const makeLoss = (): ResumableLoss => {
    const plain = hostLoss();
    let scale = 1;
    return {
      ...plain,
      valueAndGradient: async (target, output) => {
        const { value, gradient } = await plain.valueAndGradient(target, output);
        return { value: value.map((x) => scale * x), gradient: gradient.map((x) => scale * x) };
      },
      update: () => void (scale = Math.fround(0.7 * scale)),
      exportState: () => ({ scale: Float32Array.of(scale) }),
      importState: (state) => void ([scale] = state.scale),
    };
  };
  const expected = await _finish(memoryStore(), { loss: makeLoss() });
  const store = memoryStore();
  const controller = new AbortController();
  const onProgress = ({ step }: { step: number }) => step === 33 && controller.abort();
  await assertRejects(
    () => _finish(store, { loss: makeLoss(), signal: controller.signal, onProgress }),
    DOMException,
  );
  assertEquals(await _finish(store, { loss: makeLoss() }), expected);
});

Deno.test("a checkpoint of another run is refused", async () => {
  const store = memoryStore();
  await _interrupt(store, 10, "signal");
  for (
    const [change, message] of [
      [
        { seed: 4 },
        "Cannot resume run/toy.0: it is of a run with other settings: seed was 3, is 4",
      ],
      [{ batchSize: 9 }, "batchSize was 8, is 9"],
      [{ learningRate: 0.1 }, "learningRate was"],
      [{ adam: { beta1: 0.8 } }, 'adam was {}, is {"beta1":0.8}'],
      [{ model: { ...toyJob(TOY).model, name: "other" } }, 'model was "toy", is "other"'],
    ] as const
  ) {
    await assertRejects(() => _finish(store, change), TypeError, message);
  }
  const model = toyJob(TOY).model;
  const more = new Map([...model.parameters, ["extra", tf.variable(tf.zeros([2]))]]);
  await assertRejects(
    () => _finish(store, { model: { ...model, parameters: more } }),
    TypeError,
    "extra needs 2 numbers, current length is undefined",
  );
});

/** Kills a process when it has told of a step; gives the last step that it told of. */
async function _kill(folder: string, at: number): Promise<number> {
  const child = new Deno.Command("deno", {
    args: [
      "run",
      `--lock=${fileURLToPath(new URL("tests/deno.lock", ROOT))}`,
      "--no-prompt",
      `--allow-read=${fileURLToPath(ROOT)}`,
      `--allow-write=${folder}`,
      fileURLToPath(new URL("_toy_run.ts", HERE)),
      folder,
    ],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let told = "", isKilled = false;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    told += text;
    if (isKilled || !told.includes(`step ${at}\n`)) continue;
    child.kill("SIGKILL");
    isKilled = true;
  }
  assertEquals((await child.status).signal, "SIGKILL", `it told: ${told.slice(-100)}`);
  return Number([...told.matchAll(/step (\d+)\n/g)].at(-1)![1]);
}
