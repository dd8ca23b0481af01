import { assertEquals, assertRejects } from "@std/assert";
import { loss, type LossName, lossNames } from "../../src/losses/registry.ts";
import { type LossProperties, testLossProperties } from "./_properties.ts";

/** What the suite has to know of a loss; nothing of most. */
const PROPERTIES: Partial<Record<LossName, LossProperties>> = {
  weighted_mse: { degree: 3 },
  telescope_mse: { degree: 3 },
  squared_emd_matrix: { certainTargets: true },
};

for (const name of lossNames()) {
  testLossProperties(`loss("${name}")`, await loss(name), PROPERTIES[name]);
}

Deno.test("loss() finds every loss under its own name", async () => {
  assertEquals(lossNames().slice(0, 3), ["weighted_mse", "telescope_mse", "exact_emd"]);
  for (const name of lossNames()) assertEquals((await loss(name)).name, name);
});

Deno.test("loss() hands options on", async () => {
  const x = new Float64Array(48), y = new Float64Array(48);
  x[0] = y[1] = 1;
  const cells = await (await loss("weighted_mse")).valueAndGradient(x, y);
  const pixels = await (await loss("weighted_mse", { mean: "pixels" })).valueAndGradient(x, y);
  assertEquals(pixels.value[0], 0.75 * cells.value[0]);
});

Deno.test("loss() says which names there are", async () => {
  for (const name of ["emd", "constructor"]) {
    await assertRejects(
      () => loss(name as "exact_emd"),
      RangeError,
      `the name must be one of ${lossNames().join(", ")}, current value is ${name}`,
    );
  }
});
