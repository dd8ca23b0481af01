import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { COMMAND, ordinalExperiment } from "../../scripts/ordinal_classes.ts";
import { helpText } from "../../scripts/std/command.ts";
import type { OrdinalTask } from "../../scripts/std/ordinal_tasks.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { useBackend } from "../../src/tensor/mod.ts";

/** A row of class k has its charge around cell 8 k, give or take half a class. */
function rows(count: number, seed: number) {
  const random = new RandomStream(seed, "rows"), inputs = new Float32Array(48 * count);
  const labels = Uint8Array.from({ length: count }, (_, row) => row % 6);
  labels.forEach((label, row) => {
    const cell = Math.round(8 * label + 3 + 3 * random.normal());
    inputs[48 * row + Math.max(0, Math.min(47, cell))] = 2;
  });
  return { inputs, labels };
}

const PARTS = { train: rows(300, 1), test: rows(60, 2) };
const classes = ["a", "b", "c", "d", "e", "f"];
const TASKS: OrdinalTask[] = [
  { name: "place", classes, ordered: true, ...PARTS },
  { name: "kind", classes, ordered: false, ...PARTS },
];
/** Next to nothing: what is tested is what is done with the scores. */
const TRAINING = {
  rows: 240,
  batchSize: 40,
  epochs: 6,
  learningRate: 0.01,
  sensitivity: 1,
  bias: 0,
};
const RUN = {
  config: {
    simulation: { events: 0, seed: 0 },
    sizes: { full: TRAINING, small: { ...TRAINING, rows: 60 } },
    overhead: { "squared EMD": 3 },
  },
  seeds: [1, 2],
  dataChecksum: "",
  backend: "",
  version: "",
};

Deno.test("ordinal_classes compares losses by seeds, shows what was learnt, and finds what was done", async () => {
  await useBackend({ backend: "wasm" });
  const store = memoryStore();
  const run = () => runExperiment(ordinalExperiment(TASKS), { ...RUN, store });
  const { result, folder } = await run();
  const values = (name: string) => {
    const found = result.quantities.find((quantity) => quantity.name === name);
    assert(found !== undefined, `${name} is among ${result.quantities.map(({ name }) => name)}`);
    return found.values;
  };
  const difference = values("place, 240 rows: accuracy, squared EMD less cross entropy");
  const first = values("place, 240 rows: accuracy, squared EMD");
  const base = values("place, 240 rows: accuracy, cross entropy");
  difference.forEach((value, k) => assertAlmostEquals(value, first[k] - base[k], 1e-9));
  assertEquals(values("place, 60 rows: mean class error, regression").length, 2);
  assert(
    values("place, 240 rows: rank correlation of learned distance and order").every((r) => r > 0),
  );
  assertEquals(values("time of a step above cross entropy: squared EMD"), [3]);
  // Neither distances of classes nor a regression mean anything where there is no order.
  const ofKinds = result.quantities.filter(({ name }) => name.startsWith("kind, 240 rows"));
  assert(ofKinds.every(({ name }) => name.includes("accuracy") && !name.includes("regression")));
  assertEquals(result.figures.length, 8);
  for (const file of [...result.figures.flatMap(({ files }) => files), "scores.md"]) {
    assert(await store.read(`${folder}/${file}`) !== undefined, file);
  }
  assertEquals((await run()).reused, true);
});

Deno.test("the help of ordinal_classes.ts says what the presets do", () => {
  for (const preset of COMMAND.options.preset.choices) {
    assert(helpText(COMMAND).includes(`\n  ${preset} `));
  }
});
