import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { denseDecoder } from "../../../src/models/autoencoder/dense_decoder.ts";
import { econDecoderInference } from "../../../src/models/inference/econ_decoder_inference.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { makeVariables, tf, useBackend } from "../../../src/tensor/mod.ts";

for (const units of [[5], [20, 12], [9, 8, 7]]) {
  Deno.test(`hidden layers of ${units} units are those of plain arrays`, async () => {
    await useBackend({ backend: "wasm" });
    const inputs = 18, random = new RandomStream(2, "codes");
    const { initial, bind } = denseDecoder(new RandomStream(1, "decoder"), inputs, units);
    const variables = makeVariables(initial);
    const layer = (name: string) => ({
      kernel: variables.get(`decoder/${name}/kernel`)!.dataSync() as Float32Array,
      bias: variables.get(`decoder/${name}/bias`)!.dataSync() as Float32Array,
    });
    const plain = econDecoderInference({
      hidden: units.map((_, k) => layer(`hidden${k}`)),
      output: layer("output"),
    });
    const codes = Float32Array.from({ length: 30 * inputs }, () => 2 * random.normal());
    const cells = Array.from(bind(variables)(tf.tensor2d(codes, [30, inputs])).dataSync());
    const expected = plain(codes);
    cells.forEach((cell, k) => assertAlmostEquals(cell, expected[k], 1e-6));
    for (let row = 0; row < 30; row++) {
      const sum = cells.slice(48 * row, 48 * row + 48).reduce((a, b) => a + b);
      assertAlmostEquals(sum, 1, 1e-6);
    }
    assert(new Set(cells).size > 1000, "outputs differ");
  });
}

Deno.test("256, 256 units are 82,480 parameters", () => {
  const { initial } = denseDecoder(new RandomStream(1, "decoder"), 16, [256, 256]);
  const sizes = Object.values(initial).map(({ values }) => values.length);
  assertEquals(sizes.reduce((a, b) => a + b), 82_480);
});

Deno.test("denseDecoder() refuses numbers of units that are none", () => {
  for (const units of [[], [0], [16, 2.5], [NaN], [-3]]) {
    assertThrows(
      () => denseDecoder(new RandomStream(1, "decoder"), 16, units),
      RangeError,
      `units must be positive integers, current value is [${units}]`,
    );
  }
});
