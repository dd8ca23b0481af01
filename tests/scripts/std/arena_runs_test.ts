import { assert, assertEquals } from "@std/assert";
import {
  arenaRuns,
  type ArenaRunsOptions,
  trainArenaShare,
} from "../../../scripts/std/arena_runs.ts";
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
      ..._options(results, [1], [1e38, 1e-3]),
      onProgress: (done) => told.push(done),
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

testNeeding(
  NEEDS,
  "shares of the trainings, one of which fails, are what all of them are",
  async () => {
    await useBackend({ backend: "wasm" });
    const results = `results/test-${crypto.randomUUID()}`;
    try {
      const options = _options(results, [1, 2], [1e38, 1e-3]);
      const counts = [];
      for (const number of [1, 2, 3]) {
        counts.push(
          await trainArenaShare(options, { number, of: 3 }),
        );
      }
      assertEquals(counts, [2, 1, 1]);
      const trained = [...Deno.readDirSync(`${results}/networks`)].map(({ name }) => name);
      const runs = await arenaRuns(options);
      assertEquals(runs.map(({ judged, failed }) => [judged.length, failed.length]), [[0, 2], [
        2,
        0,
      ]]);
      assertEquals([...Deno.readDirSync(`${results}/networks`)].map(({ name }) => name), trained);
    } finally {
      await Deno.remove(results, { recursive: true });
    }
  },
);

/** Trainings of three steps, one for each learning rate. */
function _options(
  results: string,
  seeds: readonly number[],
  rates: readonly number[],
): ArenaRunsOptions {
  return {
    wafers: toyWafers("shower", 100, 1),
    seeds,
    results,
    backend: "wasm",
    description: "wasm",
    wanted: (wafers, seed) =>
      rates.map((constant) => ({
        name: `rate ${constant}`,
        wafers,
        architecture: {
          formats: econFormats(),
          decoder: { kind: "convolutional" },
          conditions: [],
        },
        loss: "exact_emd",
        recipe: { ...DEFAULT_RECIPE, rate: { constant } },
        steps: 3,
        seed,
      })),
  };
}
