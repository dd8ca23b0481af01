import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { telescopeMse, weightedMse } from "../../../src/losses/mod.ts";
import {
  autoencoderLoss,
  autoencoderLossNames,
} from "../../../src/models/autoencoder/autoencoder_loss.ts";
import { loadSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { normalise, waferEmdBatch } from "../../../src/wafer/mod.ts";

const ROWS = 6;
const TARGETS = Float32Array.from(normalise(toyWafers("shower", ROWS, 1).charges, "power_of_two"));
const OUTPUTS = (() => {
  const random = new RandomStream(1, "outputs");
  return TARGETS.map((charge) => 0.3 * charge + 0.03 * random.uniform());
})();

Deno.test("autoencoderLossNames() are losses of wafers and surrogates", () => {
  const names = autoencoderLossNames();
  for (const name of ["weighted_mse", "telescope_mse", "exact_emd", "scale_free", "emd_cnn"]) {
    assert(names.includes(name), name);
  }
  assertEquals(names.filter((name) => /cross_entropy|squared_emd/.test(name)), []);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("mean squared errors are taken of the numbers as they are", async () => {
  for (const loss of [weightedMse(), telescopeMse()]) {
    const { value } = await (await autoencoderLoss(loss.name)).valueAndGradient(TARGETS, OUTPUTS);
    assertEquals(value, (await loss.valueAndGradient(TARGETS, OUTPUTS)).value);
  }
});

Deno.test("the exact EMD is that of fractions, with its gradient in outputs of any sum", async () => {
  const loss = await autoencoderLoss("exact_emd");
  const { value, gradient } = await loss.valueAndGradient(TARGETS, OUTPUTS);
  const { values, gradients } = waferEmdBatch(TARGETS, OUTPUTS, { gradients: true });
  value.forEach((emd, row) => assertAlmostEquals(emd, values[row], 1e-9));
  gradient.forEach((slope, k) => assertAlmostEquals(slope, gradients![k], 1e-6));
});

Deno.test("the gradient of each loss is that of finite differences", async () => {
  await useBackend({ backend: "wasm" });
  for (const name of autoencoderLossNames()) {
    const loss = await autoencoderLoss(name);
    assertEquals(loss.size, 48, name);
    const { value, gradient } = await loss.valueAndGradient(TARGETS, OUTPUTS);
    assertEquals([value.length, gradient.length], [ROWS, 48 * ROWS], name);
    // One direction for all cells: along it the loss falls as the gradient says.
    const random = new RandomStream(2, name);
    const direction = Float64Array.from(OUTPUTS, (output) => output * random.normal());
    const at = async (t: number) => {
      const moved = OUTPUTS.map((output, k) => output + t * direction[k]);
      const { value } = await loss.valueAndGradient(TARGETS, moved);
      return value.reduce((a, b) => a + b);
    };
    const step = 1e-3, slope = (await at(step) - await at(-step)) / (2 * step);
    const expected = gradient.reduce((sum, g, k) => sum + g * direction[k], 0);
    // The gradient of this one is its potential, not its slope.
    const tolerance = name === "dual_potential" ? 0.15 : 0.03;
    assertAlmostEquals(expected, slope, tolerance * Math.abs(slope) + 0.02, name);
    assert(slope !== 0, name);
  }
});

Deno.test("a surrogate in hand is a loss as its name is", async () => {
  await useBackend({ backend: "wasm" });
  const byName = await autoencoderLoss("scale_free");
  const inHand = await autoencoderLoss(await loadSurrogate("scale_free"));
  const values = [byName, inHand].map((loss) => loss.valueAndGradient(TARGETS, OUTPUTS));
  const [one, other] = await Promise.all(values);
  assertEquals(one.value, other.value);
});

Deno.test("autoencoderLoss() refuses other names, and losses between classes", async () => {
  for (const name of ["emd", "cross_entropy", "squared_emd_matrix", ""]) {
    await assertRejects(
      () => autoencoderLoss(name),
      RangeError,
      "Cannot find a loss of autoencoders: the name must be one of weighted_mse,",
    );
  }
});
