import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "../../../../src/tensor/backend.ts";
import {
  trainParallel,
  type TrainParallelOptions,
} from "../../../../src/tensor/training/parallel/train_parallel.ts";
import { exportWeights, type Weights } from "../../../../src/tensor/training/run_state.ts";
import { train } from "../../../../src/tensor/training/train.ts";
import type { TrainingProgress } from "../../../../src/tensor/training/training_options.ts";
import { permission, testNeeding } from "../../../_support/skips.ts";
import { toyJob, type ToyJobOptions } from "../_toy_job.ts";
import { maxDifference } from "../_toy_model.ts";

await useBackend({ backend: "cpu" });

const HERE = new URL(".", import.meta.url);
const NEEDS = [permission({ name: "read", path: new URL("../../../../", HERE) })];
const BACKEND = { backend: "cpu" } as const;

testNeeding(NEEDS, "two workers find what one process finds, the same bits each time", async () => {
  for (const loss of ["graph", "host"] as const) {
    const options: ToyJobOptions = { loss, steps: 30, batchSize: 9 };
    const alone = toyJob(options);
    const expected = await train(alone);
    const weights = await exportWeights(alone.model);
    const seen: TrainingProgress[] = [];
    const first = await _train(options, { onProgress: (progress) => seen.push(progress) });
    assertEquals([first.steps, first.ended, first.history.length], [30, "steps", 6]);
    assertEquals(first.best!.step, expected.best!.step);
    assert(_distance(first.weights, weights) < 1e-5, `${_distance(first.weights, weights)}`);
    assertEquals(seen.map(({ step }) => step), [...Array(30).keys()].map((step) => step + 1));
    assertEquals(await _train(options), first);
  }
});

testNeeding(NEEDS, "one worker finds the very same as one process", async () => {
  const alone = toyJob({ steps: 10, centred: true });
  await train(alone);
  const { weights } = await _train({ steps: 10, centred: true }, { workers: 1 });
  assertEquals(weights, await exportWeights(alone.model));
});

testNeeding(NEEDS, "running averages are shared, and rows may be fewer than workers", async () => {
  const options: ToyJobOptions = { centred: true, steps: 8, batchSize: 2 };
  const [first, second] = [
    await _train(options, { workers: 3 }),
    await _train(options, { workers: 3 }),
  ];
  assertEquals(first, second);
  assert(first.weights.state.get("mean")!.every((x) => x !== 0));
});

testNeeding(
  [...NEEDS, permission({ name: "write", path: HERE })],
  "a parallel run that is stopped goes on to the same bits",
  async () => {
    const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "_parallel_" });
    try {
      const options: ToyJobOptions = { loss: "host", centred: true, folder, delay: 1 };
      const reason = new Error("enough for today");
      let last = 0;
      for (const more of [4, 16]) {
        const controller = new AbortController();
        const end = last + more;
        const onProgress = ({ step }: TrainingProgress) => {
          last = step;
          if (step >= end) controller.abort(reason);
        };
        const { signal } = controller;
        await assertRejects(
          () => _train({ ...options, steps: 1_000_000 }, { signal, onProgress }),
          Error,
          reason.message,
        );
        assert(last >= end);
      }
      // Wherever it was when the workers heard of it.
      const steps = 5 * Math.ceil(last / 5) + 10;
      let first = 0;
      const onProgress = ({ step }: TrainingProgress) => first ||= step;
      const ended = await _train({ ...options, steps }, { onProgress });
      assert(first > 20 && first < steps);
      assertEquals(ended, await _train({ loss: "host", centred: true, steps }));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

testNeeding(NEEDS, "a worker that fails ends the run with its message", async () => {
  // Nine rows are shared as four and five: only worker 1 has five times three outputs.
  const fails = { outputs: 15, call: 7, how: "throws" } as const;
  await assertRejects(
    () => _train({ loss: "host", batchSize: 9, fails }),
    Error,
    "Cannot train in parallel: worker 1: the loss broke down",
  );
  await assertRejects(
    () => _train({ unseeded: true }),
    Error,
    "the copies of toy do not have the same weights",
  );
  await assertRejects(
    () => trainParallel({ module: new URL("_none.ts", HERE), export: "job" }, { workers: 1 }),
    Error,
    "_none.ts",
  );
  await assertRejects(
    () => trainParallel({ module: HERE + "../_toy_job.ts", export: "none" }, { workers: 1 }),
    Error,
    "exports no function none",
  );
});

testNeeding(NEEDS, "a worker that does not come is not waited for", async () => {
  const fails = { outputs: 15, call: 7, how: "sleeps" } as const;
  await assertRejects(
    () => _train({ loss: "host", batchSize: 9, fails }, { timeoutSeconds: 0.5 }),
    Error,
    "another worker did not come for 0.5 seconds",
  );
});

Deno.test("trainParallel refuses a wrong number of workers and heeds a signal at once", async () => {
  for (const workers of [0, 1.5]) {
    await assertRejects(
      () => _train({}, { workers }),
      RangeError,
      `workers must be a positive integer, current value is ${workers}`,
    );
  }
  const signal = AbortSignal.abort(new Error("never mind"));
  await assertRejects(() => _train({}, { signal }), Error, "never mind");
});

function _train(options: ToyJobOptions, how: TrainParallelOptions = {}) {
  const job = { module: new URL("../_toy_job.ts", HERE), export: "toyJob", options };
  return trainParallel(job, { workers: 2, backend: BACKEND, ...how });
}

function _distance(a: Weights, b: Weights): number {
  assertEquals([...a.parameters.keys()], [...b.parameters.keys()]);
  const names = [...a.parameters.keys()];
  return Math.max(
    ...names.map((name) => maxDifference(a.parameters.get(name)!, b.parameters.get(name)!)),
  );
}
