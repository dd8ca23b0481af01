import { assert, assertEquals } from "@std/assert";
import { rateDistortionExperiment } from "../../scripts/rate_distortion.ts";
import { codecNames } from "../../src/codecs/mod.ts";
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

testNeeding(
  NEEDS,
  "rate and distortion names the bits of every method, and more bits help codecs",
  async () => {
    await useBackend({ backend: "wasm" });
    const results = `results/test-${crypto.randomUUID()}`;
    const store = memoryStore();
    const wafers = waferTable(toyWafers("shower", 150, 1).charges);
    try {
      const { result, folder } = await runExperiment(
        rateDistortionExperiment({ wafers, results, backend: "wasm" }),
        {
          config: { steps: 3, losses: ["exact_emd"], order: "train", backend: "wasm" },
          seeds: [1],
          dataChecksum: "",
          backend: "",
          version: "",
          store,
        },
      );
      const names = result.quantities.map(({ name }) => name);
      for (const bits of [48, 80, 112, 144]) {
        assert(names.includes(`autoencoder (exact_emd), ${bits} bits: median EMD`));
      }
      for (const codec of codecNames()) {
        const rates = names.filter((name) => name.startsWith(codec) && name.endsWith("median EMD"))
          .map((name) => Number(/(\d+) bits/.exec(name)![1]));
        assertEquals(rates.length, 4);
        [48, 80, 112, 144].forEach((most, k) => assert(rates[k] <= most, `${codec}: ${rates}`));
      }
      const medians = result.quantities
        .filter(({ name }) => name.startsWith("sqrt_levels") && name.endsWith("median EMD"))
        .map(({ mean }) => mean);
      assertEquals(medians, medians.toSorted((a, b) => b - a));
      assert(medians.at(-1)! < medians[0] / 2, `${medians}`);
      const table = new TextDecoder().decode(await store.read(`${folder}/table.md`));
      assertEquals(table.trim().split("\n").length, 2 + result.quantities.length / 2);
    } finally {
      await Deno.remove(results, { recursive: true });
    }
  },
);
