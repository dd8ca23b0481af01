/**
 * The bound of the dual-potential network on 100,000 pairs: ordinary tests have 2,400. Takes a quarter
 * of a minute for each network.
 */
import { assert } from "@std/assert";
import { concatenateWafers, toyWafers, type WaferTable } from "../../src/datasets/mod.ts";
import { readWafers } from "../../src/datasets/files_deno.ts";
import { type DualPotential, dualPotential } from "../../src/models/surrogates/dual_potential.ts";
import { buildDualPotential } from "../../src/models/surrogates/dual_potential_network.ts";
import { loadSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import { trainingPairs } from "../../src/models/surrogates/training_pairs.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { assignVariable, useBackend } from "../../src/tensor/mod.ts";
import { waferEmdBatch } from "../../src/wafer/mod.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

const PAIRS = 100_000, BATCH = 2_000;

/** Random, near and blended pairs. */
async function assertBelow(estimate: DualPotential, wafers: WaferTable): Promise<void> {
  const pairs = trainingPairs(wafers, { seed: 9 });
  let highest = -Infinity, gap = 0;
  for (let step = 0; step < PAIRS / BATCH; step++) {
    const { x, y } = await pairs.at(step, BATCH);
    const exact = waferEmdBatch(x, y).values, bound = await estimate.lowerBound(x, y);
    for (let row = 0; row < BATCH; row++) {
      highest = Math.max(highest, bound[row] / exact[row] - 1);
      gap += (1 - bound[row] / exact[row]) / PAIRS;
    }
  }
  console.log(
    `  highest (bound - exact) / exact ${highest.toExponential(1)}, mean gap ${
      (100 * gap).toFixed(2)
    } %`,
  );
  assert(highest <= 1e-5, `a bound is above the exact value by ${highest} of it`);
  assert(gap > 0);
}

Deno.test("with random weights no bound of 100,000 pairs is above the EMD", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildDualPotential(), random = new RandomStream(5, "weights");
  for (const [name, variable] of model.parameters) {
    const weights = Array.from({ length: variable.size }, () => random.normal());
    assignVariable(variable, name, weights);
  }
  const estimate = dualPotential(model);
  await assertBelow(estimate, toyWafers("shower", 2000, 1));
  estimate.dispose();
});

testNeeding(
  [referenceData("wafers/dense.csv")],
  "with the shipped weights no bound of 100,000 pairs of real wafers is above the EMD",
  async () => {
    await useBackend({ backend: "wasm" });
    const estimate = await loadSurrogate("dual_potential") as DualPotential;
    const tables: WaferTable[] = [];
    for await (const table of readWafers(new URL("wafers/dense.csv", REFERENCE_DATA))) {
      tables.push(table);
    }
    await assertBelow(estimate, concatenateWafers(tables));
    estimate.dispose();
  },
);
