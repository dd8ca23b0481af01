import { assert, assertEquals } from "@std/assert";
import { COMMAND, outlookExperiment } from "../../scripts/outlook.ts";
import { helpText } from "../../scripts/std/command.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];

/** Toy showers as if simulated: every other wafer is hit; pile-up is one charge in each cell. */
function table(seed: number, pileUp: number) {
  const { charges } = toyWafers("shower", 120, seed);
  const isHit = (row: number) => row % 2 === 0;
  const numbers = (of: (row: number) => number) =>
    Float64Array.from({ length: 120 }, (_, k) => of(k));
  return waferTable(
    Float64Array.from(
      charges,
      (charge, k) => (isHit(Math.floor(k / 48)) ? charge : 0) + pileUp,
    ),
    {
      event: numbers((row) => Math.floor(row / 4)),
      layer: numbers(() => 7),
      sim_energy: numbers((row) => isHit(row) ? 5 : 0),
      signal_share: numbers((row) => isHit(row) ? 0.5 : 0),
    },
  );
}

testNeeding(NEEDS, "the outlook compares with a baseline in each demonstration", async () => {
  await useBackend({ backend: "wasm" });
  const results = `results/test-${crypto.randomUUID()}`;
  const wafers = {
    amid: table(1, 10),
    clean: table(1, 0),
    photons: table(2, 10),
    secondPhotons: table(3, 0),
    hadrons: table(4, 10),
  };
  try {
    const { result } = await runExperiment(
      outlookExperiment({ wafers, anomalies: table(5, 1), results, backend: "wasm" }),
      {
        config: { events: 0, removal: 10, autoencoder: 3, shape: 3, order: "train", backend: "" },
        seeds: [1],
        dataChecksum: "",
        backend: "",
        version: "",
        store: memoryStore(),
      },
    );
    const value = (name: string) => {
      const found = result.quantities.find((quantity) => quantity.name === name);
      assert(found !== undefined, `${name} is among ${result.quantities.map(({ name }) => name)}`);
      return found.mean;
    };
    const left = (remover: string) => value(`pile-up removal, ${remover}: median EMD`);
    // Ten counts everywhere: one of the constants is just right.
    assert(left("subtraction") < 1e-9 && left("as it is") > 0.1);
    assert(left("exact EMD") < left("as it is") && left("sliced") < left("as it is"));
    for (const kind of ["two photons", "hadron", "noise burst", "file"]) {
      for (const score of ["EMD of exact_emd", "MSE of weighted_mse"]) {
        const area = value(`anomalies, ${kind}, ${score}: ROC area`);
        assert(area >= 0 && area <= 1);
      }
    }
    const area = (name: string) => value(`electrons from pile-up, ${name}: ROC area`);
    // Showers against even charge.
    assert(area("leading cells") > 0.9);
    for (const name of ["mean shape", "tuned shape"]) assert(area(name) >= 0 && area(name) <= 1);
    assertEquals(result.figures.map(({ name }) => name), [
      "pile_up_removal",
      "pile_up_removed",
      "anomalies",
      "tuned_shape_roc",
      "tuned_shape",
    ]);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
});

Deno.test("the help of outlook.ts says what the presets do", () => {
  for (const preset of COMMAND.options.preset.choices) {
    assert(helpText(COMMAND).includes(`\n  ${preset} `));
  }
});
