/** The simulation against published values: a fast form of `scripts/validate_simulation.ts`. */
import { assert, assertEquals } from "@std/assert";
import { measureSimulation, validationExperiment } from "../../scripts/validate_simulation.ts";
import { agrees, validationRows } from "../../scripts/std/validation_rows.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";

Deno.test("the simulation agrees with the published values", async () => {
  const measures = await measureSimulation({ seed: 1, events: 100, showers: 250, workers: 1 });
  for (const row of validationRows(measures)) {
    // Room for the statistics of few events, beside the tolerance of the long run.
    const tolerance = row.tolerance === undefined ? undefined : 1.25 * row.tolerance + 0.01;
    const { name, value, published } = row;
    assert(
      tolerance === undefined || agrees({ ...row, tolerance }),
      `${name}: ${value}, published ${published} +- ${tolerance}`,
    );
  }
});

Deno.test("validate_simulation.ts keeps a table of all quantities, and four figures", async () => {
  const store = memoryStore();
  const { result, folder } = await runExperiment(validationExperiment(1), {
    config: { events: 2, showers: 10 },
    seeds: [1],
    dataChecksum: "",
    backend: "typescript",
    version: "0",
    store,
  });
  assertEquals(result.figures.map(({ name }) => name), [
    "layer_profile",
    "cells",
    "charge_sums",
    "resolution",
  ]);
  const table = new TextDecoder().decode(await store.read(`${folder}/validation.md`));
  const lines = table.split("\n").filter((line) => line.startsWith("| "));
  assertEquals(lines.length, result.quantities.length + 2);
  for (const line of lines) assertEquals(line.split("|").length, 9, line);
  assert(/^\d+ of 30 quantities with a verdict agree\.$/m.test(table));
});
