import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  defineExperiment,
  type ExperimentContext,
  runExperiment,
  type RunOptions,
} from "../../src/experiments/experiment.ts";
import { parseResult } from "../../src/experiments/result.ts";
import { memoryStore, type Store } from "../../src/experiments/store.ts";
import { drawings, figures } from "./_gallery.ts";

type Config = { readonly n: number };

const INPUTS = {
  config: { n: 3 },
  seeds: [1, 2],
  dataChecksum: "ab12",
  backend: "typescript",
  version: "0.1.0",
};

Deno.test("runExperiment() keeps quantities, figures and files with what they came from", async () => {
  const { store, files } = _watchedStore();
  const { result, folder, reused } = await runExperiment(_whole(), { ...INPUTS, store });
  assert(!reused && /^whole\/[0-9a-f]{16}$/.test(folder));
  const { quantities, figures: drawn, ...inputs } = result;
  const { store: _, ...given } = { ...INPUTS, store };
  assertEquals(inputs, { schema: 1, experiment: "whole", ...given });
  assertEquals(quantities.map(({ name, mean, paper }) => [name, mean, paper]), [["n", 3.5, 4]]);
  assertEquals(drawn.map(({ name, title }) => [name, title]), [
    ["plot", "Charge of trigger cells"],
    ["wafers", "Wafers"],
  ]);
  const listed = drawn.flatMap(({ files }) => files);
  for (const file of [...listed, "notes/a.txt", "run.json", "result.json"]) {
    assert(files.has(`${folder}/${file}`), `${file} is not there`);
  }
  assertEquals(files.size, listed.length + 3);
  assertEquals(parseResult(files.get(`${folder}/result.json`)!), result);
});

Deno.test("runExperiment() writes result.json last, so that its presence means complete", async () => {
  const { store, order } = _watchedStore();
  await runExperiment(_whole(), { ...INPUTS, store });
  assert(order.at(-1)!.endsWith("/result.json"));
  assertEquals(order.filter((path) => path.endsWith("/result.json")).length, 1);
});

Deno.test("runExperiment() gives the same bytes for the same inputs, but for run.json", async () => {
  const contents = [];
  for (const host of ["one", "other"]) {
    const { store, files } = _watchedStore();
    await runExperiment(_whole(), { ...INPUTS, store, provenance: { host } });
    const run = Array.from(files.keys()).find((path) => path.endsWith("/run.json"))!;
    assertEquals(JSON.parse(new TextDecoder().decode(files.get(run))).host, host);
    files.delete(run);
    contents.push(files);
  }
  assertEquals(contents[0], contents[1]);
});

Deno.test("runExperiment() finds a complete result again, and runs when forced", async () => {
  const { store } = _watchedStore();
  let runs = 0;
  const counted = _experiment((context) => {
    runs++;
    context.addQuantity("n", "", [context.config.n]);
  });
  const first = await runExperiment(counted, { ...INPUTS, store });
  const second = await runExperiment(counted, { ...INPUTS, store });
  assertEquals([runs, first.reused, second.reused], [1, false, true]);
  assertEquals(second.result, first.result);
  const forced = await runExperiment(counted, { ...INPUTS, store, force: true });
  assertEquals([runs, forced.reused, forced.folder], [2, false, first.folder]);
});

Deno.test("runExperiment() runs again for another configuration, seed, data or version", async () => {
  const { store } = _watchedStore();
  const changes: Partial<RunOptions<Config>>[] = [
    {},
    { config: { n: 4 } },
    { seeds: [1] },
    { dataChecksum: "cd" },
    { version: "0.1.1" },
  ];
  const outcomes = [];
  for (const change of changes) {
    outcomes.push(await runExperiment(_experiment(() => {}), { ...INPUTS, store, ...change }));
  }
  assertEquals(new Set(outcomes.map(({ folder }) => folder)).size, changes.length);
  assert(outcomes.every(({ reused }) => !reused));
});

Deno.test("runExperiment() goes on from a checkpoint after it was cut off", async () => {
  const { store, files } = _watchedStore();
  const done: number[] = [];
  let power = 2;
  const long = _experiment(async (context) => {
    const start = (await context.checkpoint.read("step"))?.[0] ?? 0;
    for (let step = start; step < context.config.n; step++) {
      if (power-- === 0) throw new Error("power cut");
      done.push(step);
      await context.checkpoint.write("step", Uint8Array.of(step + 1));
    }
    context.addQuantity("steps", "", [context.config.n]);
  });
  await assertRejects(() => runExperiment(long, { ...INPUTS, store }), Error, "power cut");
  assert(Array.from(files.keys()).every((path) => path.includes("/checkpoint/")));
  power = 9;
  const { result } = await runExperiment(long, { ...INPUTS, store });
  assertEquals(done, [0, 1, 2]);
  assertEquals(result.quantities[0].mean, 3);
  // Forced, it starts afresh, and still reads what it wrote itself.
  await runExperiment(long, { ...INPUTS, store, force: true });
  assertEquals(done, [0, 1, 2, 0, 1, 2]);
});

Deno.test("runExperiment() leaves no result behind when writing a figure fails", async () => {
  const { store, files } = _watchedStore();
  const full: Store = {
    read: store.read,
    write: (path, bytes) =>
      path.endsWith(".png") ? Promise.reject(new Error("disk full")) : store.write(path, bytes),
  };
  await assertRejects(
    () => runExperiment(_whole(), { ...INPUTS, store: full }),
    Error,
    "disk full",
  );
  assert(!Array.from(files.keys()).some((path) => path.endsWith("/result.json")));
  const { reused } = await runExperiment(_whole(), { ...INPUTS, store });
  assertEquals(reused, false);
});

Deno.test("runExperiment() passes progress on", async () => {
  const seen: unknown[] = [];
  const experiment = _experiment(({ progress }) => {
    progress(1, 2, "pairs");
    progress(2, 2, "pairs");
  });
  const onProgress = (progress: unknown) => seen.push(progress);
  await runExperiment(experiment, { ...INPUTS, store: memoryStore(), onProgress });
  assertEquals(seen, [
    { done: 1, total: 2, label: "pairs" },
    { done: 2, total: 2, label: "pairs" },
  ]);
});

Deno.test("runExperiment() refuses names used twice and names of its own files", async () => {
  const figure = figures.convergence;
  const cases: [(context: ExperimentContext<Config>) => void, string][] = [
    [(c) => [1, 2].forEach((n) => c.addQuantity("n", "", [n])), 'Cannot add quantity "n"'],
    [(c) => [1, 2].forEach(() => c.addFigure("a", figure)), 'Cannot add file "a.svg"'],
    [(c) => c.addFile("result.json", Uint8Array.of()), 'Cannot add file "result.json"'],
    [(c) => c.addFile("checkpoint/a", Uint8Array.of()), 'Cannot add file "checkpoint/a"'],
    [(c) => c.addFile("../a", Uint8Array.of()), "it must be relative"],
    [(c) => c.addFigure("a/../../b", figure), "it must be relative"],
    [(c) => c.addFigure("a", { ...figure, series: [] }), "series must not be empty"],
    [(c) => c.addQuantity("n", "", [NaN]), "values[0] must be finite"],
  ];
  for (const [run, message] of cases) {
    const options = { ...INPUTS, store: memoryStore() };
    await assertRejects(() => runExperiment(_experiment(run), options), RangeError, message);
  }
});

Deno.test("runExperiment() says which stored result cannot be read", async () => {
  const { store, files } = _watchedStore();
  const { folder } = await runExperiment(_experiment(() => {}), { ...INPUTS, store });
  files.set(`${folder}/result.json`, new TextEncoder().encode("{"));
  await assertRejects(
    () => runExperiment(_experiment(() => {}), { ...INPUTS, store }),
    TypeError,
    `Cannot reuse ${folder}/result.json`,
  );
  const { result } = await runExperiment(_experiment(() => {}), { ...INPUTS, store, force: true });
  assertEquals(result.experiment, "test");
});

Deno.test("defineExperiment() refuses names that cannot name a folder", () => {
  for (const name of ["", "Fig5", "a/b", "..", "_a", "a b", "é"]) {
    assertThrows(
      () => defineExperiment({ name, title: "T", run: () => {} }),
      RangeError,
      JSON.stringify(name),
    );
  }
});

function _experiment(run: (context: ExperimentContext<Config>) => void | Promise<void>) {
  return defineExperiment<Config>({ name: "test", title: "Test", run });
}

/** An experiment that adds something of each kind. */
function _whole() {
  return defineExperiment<Config>({
    name: "whole",
    title: "Something of each kind",
    run({ config, addQuantity, addFigure, addFile }) {
      addQuantity("n", "", [config.n, config.n + 1], { paper: 4 });
      addFigure("plot", figures.log_histogram);
      addFigure("wafers", { title: "Wafers", svg: drawings.wafer_groups });
      addFile("notes/a.txt", new TextEncoder().encode("a"));
    },
  });
}

/** A store whose files, and the order of whose writes, can be seen. */
function _watchedStore() {
  const files = new Map<string, Uint8Array>();
  const order: string[] = [];
  const store: Store = {
    read: (path) => Promise.resolve(files.get(path)),
    write: (path, bytes) => {
      order.push(path);
      files.set(path, bytes);
      return Promise.resolve();
    },
  };
  return { store, files, order };
}
