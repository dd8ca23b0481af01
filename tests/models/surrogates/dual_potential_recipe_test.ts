import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { dualPotentialRecipe } from "../../../src/models/surrogates/dual_potential_recipe.ts";
import type { StoredSurrogate } from "../../../src/models/surrogates/surrogate_files.ts";
import { trainingPairs } from "../../../src/models/surrogates/training_pairs.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const ROOT = new URL("../../../", import.meta.url);

/** The worker that draws pairs is loaded from a file. */
const NEEDS = [permission({ name: "read", path: ROOT })];

testNeeding(NEEDS, "what it trains it makes anew of the weights", async () => {
  await useBackend({ backend: "wasm" });
  const wafers = toyWafers("shower", 100, 1), losses: number[] = [];
  const trained = await dualPotentialRecipe.train({
    wafers,
    seed: 5,
    steps: 50,
    onProgress: ({ loss }) => losses.push(loss),
  });
  assertEquals(losses.length, 50);
  assertEquals([trained.facts.steps, trained.facts.pairsAStep], [50, 256]);
  assertEquals(trained.options.units, 256);
  const stored: StoredSurrogate = { kind: "dual_potential", provenance: {}, ...trained };
  const estimate = await dualPotentialRecipe.restore(stored);
  const { x, y, emd } = await trainingPairs(wafers, { seed: 6 }).at(0, 400);
  const { value, diagnostics } = await estimate.valueAndGradient(x, y);
  let error = 0, gap = 0;
  for (let pair = 0; pair < 400; pair++) {
    error += Math.abs(value[pair] / emd[pair] - 1) / 400;
    gap += (1 - diagnostics!.lower_bound[pair] / emd[pair]) / 400;
  }
  assert(error < 0.08 && gap > 0 && gap < 0.12, `mean error ${error}, mean gap ${gap}`);
  // The loss is - log of bounds, up to 2 % of the square of errors, and goes down by what is gained.
  assertAlmostEquals(Number(trained.facts.lastLoss), losses.at(-1)!, 0.05);
  assert(Number(trained.facts.lastLoss) < Number(trained.facts.firstLoss), String(losses));
  estimate.dispose();
});

Deno.test("weights that are missing or too few are refused", async () => {
  await useBackend({ backend: "wasm" });
  const stored: StoredSurrogate = {
    kind: "dual_potential",
    options: { units: 4 },
    provenance: {},
    weights: new Map([["hidden1/odd", { shape: [3], values: new Float32Array(3) }]]),
  };
  assertThrows(
    () => dualPotentialRecipe.restore(stored),
    TypeError,
    "Cannot assign to variable hidden1/odd: shape [47,4] takes 188 values, current number is 3",
  );
});
