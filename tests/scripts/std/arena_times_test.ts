import { assert, assertEquals } from "@std/assert";
import { STEPS_TO_TIME, stepTimes } from "../../../scripts/std/arena_times.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { DEFAULT_RECIPE } from "../../../src/models/autoencoder/training.ts";
import { econFormats } from "../../../src/models/published/econ_formats.ts";
import { useBackend } from "../../../src/tensor/mod.ts";

Deno.test("each loss has a time", async () => {
  await useBackend({ backend: "wasm" });
  const wanted = ["tree_emd", "exact_emd"].map((loss) => ({
    name: `by ${loss}`,
    wafers: toyWafers("shower", 40, 1),
    architecture: {
      formats: econFormats(),
      decoder: { kind: "convolutional" } as const,
      conditions: [],
    },
    loss,
    recipe: { ...DEFAULT_RECIPE, batchSize: 8 },
    steps: STEPS_TO_TIME,
    seed: 1,
  }));
  const times = await stepTimes(wanted, 1);
  assertEquals(Object.keys(times), ["by tree_emd", "by exact_emd"]);
  for (const time of Object.values(times)) {
    assert(time > 0 && Number(time.toPrecision(3)) === time, `${time}`);
  }
});
