import { assert, assertEquals, assertRejects } from "@std/assert";
import { weightedSquares } from "../../../src/losses/weighted_squares.ts";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { Batches } from "../../../src/tensor/training/batches.ts";
import { exportWeights } from "../../../src/tensor/training/run_state.ts";
import { constantRate } from "../../../src/tensor/training/schedules.ts";
import { train } from "../../../src/tensor/training/train.ts";
import type {
  TrainingOptions,
  TrainingProgress,
} from "../../../src/tensor/training/training_options.ts";
import type { Model, TensorLoss } from "../../../src/tensor/types.ts";
import { disposeOf, toyJob } from "./_toy_job.ts";
import { graphLoss, hostLoss, INPUTS, maxDifference, toyData, toyModel } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

const STEPS = 40;
const PLAIN = { data: toyData(1, 50), batchSize: 16, seed: 3, learningRate: 0.05 };

Deno.test("train takes the steps that a plain loop with tf.train.adam takes", async () => {
  for (const loss of [graphLoss(), hostLoss()]) {
    const model = toyModel(1, { centred: true }), peer = toyModel(1, { centred: true });
    await train({ ...PLAIN, model, loss, steps: STEPS });
    const optimiser = tf.train.adam(0.05, 0.9, 0.999, 1e-7);
    const batches = new Batches(PLAIN.data, PLAIN);
    for (let step = 0; step < STEPS; step++) {
      const { inputs, targets, count } = batches.at(step);
      optimiser.minimize(
        () => {
          const output = peer.apply(tf.tensor2d(inputs, [count, INPUTS]), true) as tf.Tensor2D;
          const target = tf.tensor2d(targets, output.shape);
          return tf.mean(graphLoss().graph!(target, output)) as tf.Scalar;
        },
        false,
        [...peer.parameters.values()],
      );
    }
    for (const kind of ["parameters", "state"] as const) {
      for (const [name, variable] of model[kind]) {
        const expected = peer[kind].get(name)!.dataSync();
        assert(maxDifference(variable.dataSync(), expected) < 2e-5, `${loss.name}: ${name}`);
      }
    }
  }
});

Deno.test("train learns, and tells how it goes", async () => {
  const job = toyJob({ steps: 200 });
  const seen: TrainingProgress[] = [];
  const result = await train({ ...job, onProgress: (progress) => seen.push(progress) });
  assertEquals([result.steps, result.ended, result.history.length], [200, "steps", 40]);
  const losses = result.history.map(({ validationLoss }) => validationLoss!);
  assert(result.best!.loss < 0.3 * losses[0], String(losses));
  assertEquals(result.best!.loss, Math.min(...losses));
  assertEquals(result.best!.step, 5 * (losses.indexOf(Math.min(...losses)) + 1));
  assertEquals(seen.map(({ step }) => step), [...Array(200).keys()].map((step) => step + 1));
  assert(seen.every(({ steps, samplesPerSecond }) => steps === 200 && samplesPerSecond > 0));
  // Seven batches make an epoch.
  assertEquals(seen.map(({ epoch }) => epoch), seen.map((_, k) => Math.floor(k / 7)));
  for (const { step, validationLoss } of seen) {
    assertEquals(validationLoss, step % 5 === 0 ? losses[step / 5 - 1] : undefined);
  }
  // Five batches to a record, of equal weight where none is the short one at the end of an epoch.
  const mean = seen.slice(0, 5).reduce((sum, { loss }) => sum + loss, 0) / 5;
  assert(Math.abs(result.history[0].loss - mean) < 1e-6 * mean);
});

Deno.test("train leaves not one tensor behind", async () => {
  await _onBothBackends(async () => {
    for (const loss of ["graph", "host"] as const) {
      const job = toyJob({ loss, centred: true, steps: 100 });
      const before = tf.memory();
      const during: number[] = [];
      await train({ ...job, onProgress: () => during.push(tf.memory().numTensors) });
      assertEquals(during.length, 100);
      assertEquals(new Set(during).size, 1);
      const { numTensors, numBytes, numDataBuffers } = tf.memory();
      assertEquals(
        [numTensors, numBytes, numDataBuffers],
        [before.numTensors, before.numBytes, before.numDataBuffers],
      );
      disposeOf(job);
    }
  });
});

Deno.test("train follows the cpu backend on wasm", async () => {
  for (const loss of ["graph", "host"] as const) {
    const [cpu, wasm] = await _onBothBackends(async () => {
      const job = toyJob({ loss, centred: true, steps: 50 });
      const { history } = await train(job);
      const { parameters } = await exportWeights(job.model);
      return { history, numbers: [...parameters.values()].flatMap((array) => [...array]) };
    });
    assertEquals(wasm.history.length, 10);
    assert(maxDifference(wasm.numbers, cpu.numbers) < 1e-4);
    const losses = [wasm, cpu].map(({ history }) => history.map((x) => x.validationLoss!));
    assert(maxDifference(losses[0], losses[1]) < 1e-4);
  }
});

Deno.test("train keeps the best weights and stops when patience is lost", async () => {
  // One weight on its way from 1 to 10, and a validation that likes 3.
  const rows = (target: number) => ({
    inputs: Float32Array.of(1),
    inputShape: [1],
    targets: Float32Array.of(target),
  });
  const options: Omit<TrainingOptions, "model"> = {
    loss: weightedSquares("one", 1, [{ cells: [0], weight: 1 }]),
    data: rows(10),
    validation: rows(3),
    batchSize: 1,
    epochs: 1000,
    seed: 1,
    learningRate: 0.25,
  };
  const earlyStopping = { patience: 4 };
  for (const keep of ["best", "last"] as const) {
    const model = _lineModel();
    const weights: number[] = [];
    const result = await train({
      ...options,
      model,
      earlyStopping,
      keep,
      onProgress: () => weights.push(_weightOf(model)),
    });
    const losses = result.history.map(({ validationLoss }) => validationLoss!);
    // (w - 3)^2 max(w, 3)
    weights.forEach((w, k) =>
      assert(Math.abs(losses[k] - (w - 3) ** 2 * Math.max(w, 3)) < 1e-4 * (1 + losses[k]))
    );
    const best = losses.indexOf(Math.min(...losses));
    assert(best > 4 && weights[best + 1] > 3);
    assertEquals([result.ended, result.steps], ["patience", best + 1 + earlyStopping.patience]);
    assertEquals(result.best, { step: best + 1, loss: losses[best] });
    assertEquals(_weightOf(model), keep === "best" ? weights[best] : weights.at(-1));
  }
  const demanding = { patience: 4, minimumImprovement: 100 };
  const stopped = await train({ ...options, model: _lineModel(), earlyStopping: demanding });
  // The first loss is better than none; no later one is by 100.
  assertEquals([stopped.ended, stopped.steps], ["patience", 1 + 4]);
});

Deno.test("train hands each validation to the schedule and uses its rate from then on", async () => {
  const job = toyJob({ steps: 100 });
  const schedule = job.learningRate as Exclude<TrainingOptions["learningRate"], number>;
  const rates: number[] = [];
  const { history } = await train({
    ...job,
    onProgress: ({ learningRate }) => rates.push(learningRate),
  });
  let state = schedule.start;
  const expected = history.flatMap(({ validationLoss }) => {
    const rate = schedule.rate(0, state);
    state = schedule.next!(state, validationLoss!);
    return Array<number>(5).fill(rate);
  });
  assertEquals(rates, expected);
  assert(new Set(rates).size > 2, "the rate was reduced");
});

Deno.test("train gives the step to the schedule", async () => {
  const schedule = { ...constantRate(1), rate: (step: number) => 1e-3 * (step + 1) };
  const rates: number[] = [];
  await train({
    ...PLAIN,
    model: toyModel(1),
    loss: graphLoss(),
    steps: 3,
    learningRate: schedule,
    onProgress: ({ learningRate }) => rates.push(learningRate),
  });
  assertEquals(rates, [1e-3, 2e-3, 3e-3]);
});

Deno.test("train lets a loss learn after each epoch", async () => {
  const epochs: [number, number][] = [];
  let step = 0;
  const loss = { ...hostLoss(), update: (epoch: number) => void epochs.push([epoch, step + 1]) };
  const onProgress = (progress: TrainingProgress) => step = progress.step;
  await train({ ...PLAIN, model: toyModel(1), loss, epochs: 3, onProgress });
  assertEquals(epochs, [[0, 4], [1, 8], [2, 12]]);
});

Deno.test("train stops at a loss or a weight that is not finite", async () => {
  for (const bad of [NaN, Infinity]) {
    let calls = 0;
    const plain = hostLoss();
    const loss: typeof plain = {
      ...plain,
      valueAndGradient: async (target, output) => {
        const result = await plain.valueAndGradient(target, output);
        if (++calls === 6) result.value[0] = bad;
        return result;
      },
    };
    await assertRejects(
      () => train({ ...PLAIN, model: toyModel(1), loss, steps: 20 }),
      RangeError,
      `Cannot train toy any further at step 6, batch 2 of epoch 2: the loss is ${bad}; ` +
        "no checkpoints were asked for",
    );
  }
  // A gradient that overflows breaks the weights, and there is no next loss to show it.
  const steepen = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: (dy) => tf.mul(dy, Infinity),
  }));
  const overflowing: TensorLoss = {
    ...graphLoss(),
    graph: (_, output) => tf.tidy(() => tf.sum(steepen(output), 1) as tf.Tensor1D),
  };
  const before = tf.memory().numTensors;
  const model = toyModel(1);
  await assertRejects(
    () => train({ ...PLAIN, model, loss: overflowing, steps: 1 }),
    RangeError,
    "at step 1, batch 1 of epoch 1: parameter: kernel1 is not finite any more",
  );
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("train stops at a validation loss that is not finite", async () => {
  const validation = toyData(2, 5);
  validation.inputs[7] = NaN;
  await assertRejects(
    () => train({ ...PLAIN, model: toyModel(1), loss: graphLoss(), validation, steps: 20 }),
    RangeError,
    "at step 4, batch 4 of epoch 1: the validation loss is NaN",
  );
});

Deno.test("train heeds a signal, also one that a timer gives", async () => {
  const reason = new Error("time for lunch");
  const options = { ...PLAIN, model: toyModel(1), loss: graphLoss(), steps: 1_000_000 };
  await assertRejects(
    () => train({ ...options, signal: AbortSignal.abort(reason) }),
    Error,
    reason.message,
  );
  let steps = 0;
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 20);
  await assertRejects(
    () => train({ ...options, signal: controller.signal, onProgress: () => steps++ }),
    Error,
    reason.message,
  );
  assert(steps > 0);
  const stopping = new AbortController();
  let last = 0;
  await assertRejects(
    () =>
      train({
        ...options,
        signal: stopping.signal,
        onProgress: ({ step }) => {
          last = step;
          if (step === 3) stopping.abort(reason);
        },
      }),
    Error,
    reason.message,
  );
  assertEquals(last, 3, "no step after it");
});

/** What something gives on cpu, and on wasm with the project's kernels. */
async function _onBothBackends<T>(run: () => Promise<T>): Promise<[T, T]> {
  const onCpu = await run();
  try {
    await useBackend({ backend: "wasm" });
    return [onCpu, await run()];
  } finally {
    await useBackend({ backend: "cpu" });
  }
}

function _lineModel(): Model {
  const weight = tf.tidy(() => tf.variable(tf.tensor2d([[1]])));
  return {
    name: "line",
    parameters: new Map([["weight", weight as tf.Variable]]),
    state: new Map(),
    apply: (x) => tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D),
    dispose: () => weight.dispose(),
  };
}

function _weightOf(model: Model): number {
  return model.parameters.get("weight")!.dataSync()[0];
}
