import { assert, assertEquals } from "@std/assert";
import { FIG4 } from "../../scripts/fig4_emd_cnn.ts";
import { memoryStore, runExperiment } from "../../src/experiments/mod.ts";

Deno.test("Fig. 4 has the numbers of Table B1, and parameters that follow from them", async () => {
  const store = memoryStore();
  const { result, folder } = await runExperiment(FIG4, {
    config: {},
    seeds: [],
    dataChecksum: "",
    backend: "",
    version: "",
    store,
  });
  const chosen = result.quantities.slice(0, 4);
  assertEquals(chosen.map(({ mean }) => mean), [3, 32, 5, 256]);
  assert(result.quantities.every(({ paper }) => paper === undefined), "no choice is a measurement");

  // Kernels, two numbers a channel of each batch normalisation, and the output with its bias.
  const convolutions = [6, 32, 32].map((channels) => 25 * channels * 32 + 2 * 32);
  const [first, second, third] = convolutions, dense = 4 * 4 * 32 * 256 + 2 * 256;
  const parameters = result.quantities.find(({ name }) => name === "parameters")!.mean;
  assertEquals(parameters, first + second + third + dense + 256 + 1);
  const svg = new TextDecoder().decode(await store.read(`${folder}/layers.svg`));
  assert(svg.includes(`>${dense.toLocaleString("en")} parameters</text>`));
  assert(svg.includes("4 × 4 × 32 = 512"));
});
