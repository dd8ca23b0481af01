import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  COMMAND,
  fig7Experiment,
  fig7TriggerResolution,
} from "../../scripts/fig7_trigger_resolution.ts";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import type { TriggerNetwork } from "../../scripts/std/trigger_networks.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";

/** A network that sees all charge in the cell where there is most, or evenly everywhere. */
function network(name: string, isEven: boolean): TriggerNetwork {
  const layer = { kernel: new Float32Array(0), bias: new Float32Array(0) };
  return {
    name,
    checksum: "",
    network: {
      encoder: { conv: layer, dense: layer },
      encode: (charges) => Float32Array.from(charges),
      decode: (charges) => Float32Array.from(charges, (charge) => isEven ? 1 : charge ** 2),
    },
  };
}

const RUN = {
  config: {
    photons: 40,
    electrons: 90,
    sample: "high",
    pileUp: "line",
    rms: "shortest_interval",
    sum: "exact",
    codecBits: 144,
    leastClusters: 4,
    networks: [],
  },
  seeds: [3],
  dataChecksum: "",
  backend: "",
  version: "",
} as const;

Deno.test("Fig. 7 tells cost, resolution and ratios of each codec, beside published ones", async () => {
  const store = memoryStore();
  const networks = [
    network("weighted_mse", true),
    network("telescope_mse", false),
    network("exact_emd", false),
  ];
  const { result, folder } = await runExperiment(fig7Experiment(networks, 1), { ...RUN, store });
  const quantity = (name: string) => {
    const found = result.quantities.find((quantity) => quantity.name === name);
    assert(found !== undefined, name);
    return found;
  };
  assertEquals(quantity("no compression: bits a wafer").values, [336]);
  assertEquals(quantity("best choice 14: bits a wafer").values, [159]);
  assertEquals(quantity("sqrt_levels: bits a wafer").values, [157]);
  assertEquals(quantity("weighted_mse: bits a wafer").values, [157]);
  assert(quantity("no compression: electrons found").mean > 80);
  const { mean, paper } = quantity("no compression: mean RMS_eff / mean");
  assert(mean > 0.01 && mean < 0.2 && paper! > 0.045 && paper! < 0.07);
  // Of even images nothing can be seen; equal networks are equal exactly.
  assert(quantity("no compression: mean ratio to weighted_mse").mean < 1);
  assertEquals(quantity("exact_emd: mean ratio to telescope_mse").mean, 1);
  assertEquals(quantity("exact_emd: mean ratio to telescope_mse, its error").mean, 0);
  assert(quantity("telescope_mse: mean ratio to weighted_mse").paper! < 0.85);

  assertEquals(result.figures.map(({ name }) => name), [
    "resolution_by_eta",
    "ratio_by_eta",
    "resolution_by_pt",
  ]);
  const tables = new TextDecoder().decode(await store.read(`${folder}/tables.md`));
  assert(tables.includes("| published telescope_mse |") && !tables.includes("NaN"), tables);
});

Deno.test("the help of fig7_trigger_resolution.ts tells the presets; wrong networks are named", async () => {
  const help = helpText(COMMAND);
  for (const preset of COMMAND.options.preset.choices) assert(help.includes(`\n  ${preset} `));
  for (const networks of ["default", "=default", "ours="]) {
    const options = parseCommand(COMMAND, ["--networks", networks])!;
    await assertRejects(() => fig7TriggerResolution(options), TypeError, "each must be NAME=PATH");
  }
  const options = parseCommand(COMMAND, ["--networks", "ours=tests/absent"])!;
  await assertRejects(() => fig7TriggerResolution(options));
});
