import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { econEncoder } from "../../../src/models/autoencoder/encoder.ts";
import { econEncoderInference } from "../../../src/models/inference/econ_autoencoder_inference.ts";
import { econFormats } from "../../../src/models/inference/mod.ts";
import type { EconFormats } from "../../../src/models/types.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { makeVariables, tf, useBackend } from "../../../src/tensor/mod.ts";
import { normalise } from "../../../src/wafer/mod.ts";

const ROWS = 60;
const WAFERS = Float32Array.from(
  normalise(toyWafers("shower", ROWS, 1).charges, "power_of_two"),
);

/** An encoder on tensors, its variables, and the same one on plain arrays. */
async function _encoders(formats: EconFormats | "float", latentBias = 0.5) {
  await useBackend({ backend: "wasm" });
  const half = econEncoder(new RandomStream(7, "encoder"), formats, latentBias);
  const variables = makeVariables(half.initial);
  const layer = (name: string) => ({
    kernel: variables.get(`encoder/${name}/kernel`)!.dataSync() as Float32Array,
    bias: variables.get(`encoder/${name}/bias`)!.dataSync() as Float32Array,
  });
  const weights = {
    conv: layer("conv"),
    dense: layer("dense"),
    ...(formats !== "float" && { formats }),
  };
  return { variables, weights, encode: half.bind(variables), plain: econEncoderInference(weights) };
}

for (const bits of [3, 5, 7, 9, "float"] as const) {
  Deno.test(`latents of ${bits} bits are those of plain arrays`, async () => {
    const formats = bits === "float" ? bits : econFormats({ latentBits: bits, weightBits: 6 });
    const { encode, plain } = await _encoders(formats);
    const latents = encode(tf.tensor2d(WAFERS, [ROWS, 48])).dataSync(), expected = plain(WAFERS);
    latents.forEach((latent, k) =>
      assertAlmostEquals(latent, expected[k], bits === "float" ? 1e-5 : 0)
    );
    assert(new Set(latents).size > 1, "latents differ");
  });
}

Deno.test("econEncoder() has 2,144 parameters, and the bias of latents that was asked for", () => {
  const { initial } = econEncoder(new RandomStream(1, "encoder"), "float", 0.25);
  const sizes = Object.values(initial).map(({ values }) => values.length);
  assertEquals(sizes.reduce((a, b) => a + b), 2144);
  assertEquals(Array.from(initial["encoder/dense/bias"].values), new Array(16).fill(0.25));
});

Deno.test("gradients go straight through rounding, to weights of full precision", async () => {
  const { variables, encode } = await _encoders(econFormats());
  const input = tf.tensor2d(WAFERS, [ROWS, 48]);
  const { grads } = tf.variableGrads(() => tf.sum(encode(input)) as tf.Scalar);
  // The sum of latents has the slope 1 in a bias for each wafer whose latent is within its range.
  const latents = encode(input).dataSync();
  const slopes = grads[variables.get("encoder/dense/bias")!.name].dataSync();
  slopes.forEach((slope, unit) => {
    const rows = Array.from({ length: ROWS }, (_, row) => latents[16 * row + unit]);
    const inside = rows.filter((latent) => latent > 0 && latent < 2 - 2 ** -8).length;
    const onTheEdge = rows.filter((latent) => latent === 0 || latent === 2 - 2 ** -8).length;
    assert(slope >= inside && slope <= inside + onTheEdge, `${unit}: ${slope}, ${inside} inside`);
  });
  assert(slopes.some((slope) => slope > 0));
  const kernel = variables.get("encoder/conv/kernel")!.dataSync();
  assert(kernel.some((weight) => weight * 8 !== Math.round(weight * 8)), "not rounded itself");
});

Deno.test("the float encoder's gradient is that of finite differences", async () => {
  const { variables, weights, encode, plain } = await _encoders("float");
  const input = tf.tensor2d(WAFERS, [ROWS, 48]);
  const { grads } = tf.variableGrads(() => tf.sum(encode(input)) as tf.Scalar);
  const kernel = variables.get("encoder/conv/kernel")!;
  const slopes = grads[kernel.name].dataSync(), values = weights.conv.kernel;
  const sum = (k: number, change: number) => {
    const before = values[k];
    values[k] = before + change;
    const total = plain(WAFERS).reduce((a, b) => a + b);
    values[k] = before;
    return total;
  };
  for (const k of [0, 17, 40, 71]) {
    const slope = (sum(k, 1e-3) - sum(k, -1e-3)) / 2e-3;
    assertAlmostEquals(slopes[k], slope, 0.02 * Math.abs(slope) + 0.02);
    assert(slope !== 0);
  }
});
