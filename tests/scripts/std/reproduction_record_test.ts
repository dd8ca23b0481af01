import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  doneExperiment,
  measuredQuantities,
  type PlannedExperiment,
  readRecord,
  RECORD,
  ReproductionRecord,
} from "../../../scripts/std/reproduction_record.ts";
import {
  defineExperiment,
  memoryStore,
  type Reproduction,
  REPRODUCTION_SCHEMA,
  runExperiment,
} from "../../../src/experiments/mod.ts";

const MACHINE = { host: "box", platform: "linux x86_64", cores: 2, deno: "2.9.6" };
const OTHER = { ...MACHINE, host: "other" };
const PLANNED: PlannedExperiment = {
  ...{ name: "double", shows: "twice a number", script: "scripts/double.ts", arguments: [] },
  preset: "quick",
  plannedMinutes: 1,
};
const STATE: Reproduction = {
  ...{ schema: REPRODUCTION_SCHEMA, version: "0.1.0", preset: "quick" } as const,
  ...{ startedAt: "now", seed: 1, input: "a.csv", backend: "wasm", machine: MACHINE },
  experiments: [{ ...PLANNED, state: "waiting" }, { ...PLANNED, name: "b", state: "waiting" }],
};
const HERE = { seconds: 12, machine: MACHINE };
const event = (reused: boolean) =>
  ({ event: "result", experiment: "double", folder: "double/k", reused, seconds: 1 }) as const;

Deno.test("each change is on disk, and the last one stays", async () => {
  const store = memoryStore();
  assertEquals(await readRecord(store), undefined);
  const record = new ReproductionRecord(store, STATE);
  await record.save();
  assertEquals(await readRecord(store), STATE);
  await Promise.all([
    record.update("double", (row) => ({ ...row, state: "running" })),
    record.update("b", (row) => ({ ...row, state: "running" })),
    record.update("double", (row) => ({ ...row, state: "failed", error: "no room" })),
  ]);
  const { experiments } = (await readRecord(store))!;
  assertEquals(experiments.map(({ state, error }) => [state, error]), [
    ["failed", "no room"],
    ["running", undefined],
  ]);
});

Deno.test("a record that cannot be written says so, and can be written later", async () => {
  const store = memoryStore();
  let isFull = true;
  const record = new ReproductionRecord({
    ...store,
    write: (path, bytes) => isFull ? Promise.reject(new Error("full")) : store.write(path, bytes),
  }, STATE);
  await assertRejects(() => record.save(), Error, "full");
  isFull = false;
  await record.save();
  assertEquals(await readRecord(store), STATE);
});

Deno.test("results of an older version are refused", async () => {
  const store = memoryStore();
  await store.write(RECORD, new TextEncoder().encode('{"schema": 1}'));
  await assertRejects(() => readRecord(store), RangeError, "results of an older version");
});

Deno.test("what ran now has the time and the machine of now", async () => {
  const earlier = {
    ...PLANNED,
    state: "done",
    folder: "double/k",
    seconds: 99,
    machine: OTHER,
  } as const;
  const done = await doneExperiment(PLANNED, event(false), HERE, earlier, memoryStore());
  assertEquals([done.state, done.seconds, done.machine, done.reused], ["done", 12, MACHINE, false]);
  assert(!Number.isNaN(Date.parse(done.doneAt!)));
});

Deno.test("what was found has the time and the machine of the run that made it", async () => {
  const store = memoryStore();
  const earlier = {
    ...PLANNED,
    ...{ state: "done", folder: "double/k", seconds: 7200, machine: OTHER } as const,
    doneAt: "2025-01-01T00:00:00.000Z",
  };
  const known = await doneExperiment(PLANNED, event(true), HERE, earlier, store);
  assertEquals([known.seconds, known.machine, known.doneAt], [7200, OTHER, earlier.doneAt]);

  const run = { ...OTHER, time: "2024-01-01T00:00:00.000Z", seconds: 3600, commit: "unknown" };
  await store.write("double/k/run.json", new TextEncoder().encode(JSON.stringify(run)));
  const elsewhere = { ...earlier, folder: "double/another" };
  for (const before of [undefined, elsewhere]) {
    const found = await doneExperiment(PLANNED, event(true), HERE, before, store);
    assertEquals([found.seconds, found.machine, found.doneAt], [3600, OTHER, run.time]);
  }
  const unknown = await doneExperiment(PLANNED, event(true), HERE, undefined, memoryStore());
  assertEquals([unknown.state, unknown.seconds, unknown.machine], ["done", undefined, undefined]);
});

Deno.test("what ran on a cluster has the time and the machine of its own record", async () => {
  const store = memoryStore();
  const run = { ...OTHER, time: "2024-01-01T00:00:00.000Z", seconds: 3600, commit: "unknown" };
  await store.write("double/k/run.json", new TextEncoder().encode(JSON.stringify(run)));
  const before = { ...PLANNED, state: "done", folder: "double/k", seconds: 7200 } as const;
  const done = await doneExperiment(PLANNED, event(false), undefined, before, store);
  assertEquals([done.seconds, done.machine, done.doneAt], [3600, OTHER, run.time]);
});

Deno.test("quantities are those of the experiments that are done", async () => {
  const store = memoryStore();
  const experiment = defineExperiment({
    name: "double",
    title: "Twice a number",
    run: ({ addQuantity }) => addQuantity("two", "", [2], { paper: 2 }),
  });
  const inputs = { config: {}, seeds: [], dataChecksum: "", backend: "typescript", version: "1" };
  const { folder } = await runExperiment(experiment, { ...inputs, store });
  const [row] = STATE.experiments;
  const state = {
    ...STATE,
    experiments: [
      { ...row, state: "done", folder },
      { ...row, name: "gone", state: "done", folder: "double/gone" },
      { ...row, name: "b", state: "failed", folder },
    ],
  } as const;
  const measured = await measuredQuantities(state, store);
  assertEquals(
    measured.map(({ experiment, preset, quantity }) => [experiment, preset, quantity.mean]),
    [
      ["double", "quick", 2],
    ],
  );
});
