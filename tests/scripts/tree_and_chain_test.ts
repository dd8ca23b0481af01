import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { helpText } from "../../scripts/std/command.ts";
import { COMMAND, treeAndChainExperiment } from "../../scripts/tree_and_chain.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { useBackend } from "../../src/tensor/mod.ts";

/** A row of class k has its charge in cell k of the wafer, as often as not. */
function rows(count: number, seed: number) {
  const random = new RandomStream(seed, "rows"), inputs = new Float32Array(48 * count);
  const labels = Uint16Array.from({ length: count }, (_, row) => row % 48);
  labels.forEach((label, row) => {
    inputs[48 * row + (random.uniform() < 0.5 ? label : random.integer(48))] = 2;
  });
  return { inputs, labels };
}

const draw = () => Promise.resolve({ train: rows(192, 1), test: rows(48, 2) });

/** Next to nothing: what is tested is what is done with the numbers. */
const RUN = {
  config: {
    outputs: { depth: 1, pairs: 2, steps: 10, epsilon: 0.1 },
    sample: { layerGroups: [[7]], subCells: false, perClass: { train: 4, test: 1 }, seed: 1 },
    training: { hidden: [8], batchSize: 48, epochs: 2, learningRate: 0.01 },
    times: { steps: {}, classes: {} },
  },
  seeds: [1, 2],
  dataChecksum: "",
  backend: "",
  version: "",
};

Deno.test("tree_and_chain measures, judges by its own numbers, and finds what was done", async () => {
  await useBackend({ backend: "wasm" });
  const store = memoryStore();
  const run = () => runExperiment(treeAndChainExperiment(draw), { ...RUN, store });
  const { result, folder } = await run();
  const find = (begin: string) => {
    const found = result.quantities.find(({ name }) => name.startsWith(begin));
    assert(found !== undefined, `${begin} begins none of ${result.quantities.map((q) => q.name)}`);
    return found;
  };
  const [relaxed, entropy] = ["relaxed tree", "cross entropy"]
    .map((loss) => find(`48 classes: Top-1, ${loss}`).values);
  const claim = find("Relaxed EMD beats cross entropy: ");
  claim.values.forEach((x, k) => assertAlmostEquals(x, relaxed[k] - entropy[k], 1e-9));
  const [exact, own] = ["exact", "relaxed"]
    .map((loss) => find(`tree: steps to 10 % of the first EMD (at most 11), ${loss}`).values);
  find(
    "On a tree the relaxed gradient takes outputs to 10 % of the EMD faster than that of the exact",
  )
    .values.forEach((x, k) => assertEquals(x, exact[k] - own[k]));
  assertEquals(find("chain: value at equality, exact").values, [0]);
  const claims = new TextDecoder().decode(await store.read(`${folder}/claims.md`));
  assert(claims.includes(`| Relaxed EMD beats cross entropy | Martinez et al. | Top-1, more: `));
  assertEquals(result.figures.length, 2 * 5 + 1);
  assertEquals((await run()).reused, true);
});

Deno.test("tree_and_chain draws times where it was told some", async () => {
  await useBackend({ backend: "wasm" });
  const steps = Object.fromEntries(
    ["exact", "relaxed", "Sinkhorn", "Sinkhorn divergence", "cross entropy"]
      .map((name, k) => [name, { chain: k + 1, tree: k + 2 }]),
  );
  const times = { steps, classes: { "closed form, exact": { 10: 0.1, 30: 0.3 } } };
  const { result } = await runExperiment(treeAndChainExperiment(draw), {
    ...RUN,
    config: { ...RUN.config, times, training: { ...RUN.config.training, epochs: 1 } },
    seeds: [1],
    store: memoryStore(),
  });
  const names = result.figures.map(({ name }) => name);
  assert(["speed", "seconds_chain", "seconds_tree"].every((name) => names.includes(name)));
  const time = result.quantities.find(({ name }) => name.startsWith("30 classes: time of a row"));
  assertEquals(time?.values, [0.3]);
});

Deno.test("the help of tree_and_chain.ts says what the presets do", () => {
  for (const preset of COMMAND.options.preset.choices) {
    assert(helpText(COMMAND).includes(`\n  ${preset} `));
  }
});
