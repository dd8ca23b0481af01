import { assert, assertEquals } from "@std/assert";
import { arenaRuns } from "../../../scripts/std/arena_runs.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { DEFAULT_RECIPE } from "../../../src/models/autoencoder/training.ts";
import { econFormats } from "../../../src/models/published/econ_formats.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const ROOT = new URL("../../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
];

testNeeding(NEEDS, "a run that fails is told of, and ends no other", async () => {
  await useBackend({ backend: "wasm" });
  const results = `results/test-${crypto.randomUUID()}`;
  const told: number[] = [];
  try {
    const runs = await arenaRuns({
      wafers: toyWafers("shower", 100, 1),
      seeds: [1],
      results,
      backend: "wasm",
      description: "wasm",
      onProgress: (done) => told.push(done),
      wanted: (wafers, seed) =>
        [{ constant: 1e38 }, { constant: 1e-3 }].map((rate) => ({
          name: `rate ${rate.constant}`,
          wafers,
          architecture: {
            formats: econFormats(),
            decoder: { kind: "convolutional" },
            conditions: [],
          },
          loss: "exact_emd",
          recipe: { ...DEFAULT_RECIPE, rate },
          steps: 3,
          seed,
        })),
    });
    assertEquals(runs.map(({ judged, failed }) => [judged.length, failed.length]), [[0, 1], [
      1,
      0,
    ]]);
    const [{ failed: [{ seed, reason }] }, { judged: [{ evaluation }] }] = runs;
    assertEquals(seed, 1);
    assert(/^Cannot (train|compute)/.test(reason), reason);
    assert(evaluation.median > 0);
    assertEquals(Math.max(...told), 6);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
});
