import { assertEquals } from "@std/assert";
import { jobName, PRINTED } from "../../../scripts/std/emd_cnn_grid.ts";
import { gridSummary } from "../../../scripts/std/emd_cnn_grid_summary.ts";
import { memoryStore, quantity, runExperiment } from "../../../src/experiments/mod.ts";

async function summary(numbers: readonly number[]) {
  const sigmas = new Map(
    numbers.map((n) => [jobName(PRINTED[n - 1].job), quantity("sigma", "%", [n, n + 1])]),
  );
  const { result } = await runExperiment(gridSummary(sigmas), {
    config: { numbers: [...numbers] },
    seeds: [1, 2],
    dataChecksum: "",
    backend: "typescript",
    version: "test",
    store: memoryStore(),
  });
  return result;
}

Deno.test("the summary of Table B1 has the configurations that were trained, with the printed sigma", async () => {
  const { quantities, figures } = await summary([4, 6]);
  assertEquals(quantities.map(({ name, paper, values }) => [name.slice(0, 15), paper, values]), [
    ["configuration 4", 7.8, [4, 5]],
    ["configuration 6", 7.9, [6, 7]],
  ]);
  assertEquals(figures.map(({ name }) => name), ["sigma"]);
});

Deno.test("the summary of Table B1 can be drawn before anything is trained", async () => {
  const { quantities, figures } = await summary([]);
  assertEquals([quantities.length, figures.length], [0, 1]);
});
