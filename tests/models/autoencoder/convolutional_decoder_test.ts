import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { convolutionalDecoder } from "../../../src/models/autoencoder/convolutional_decoder.ts";
import { econDecoderInference } from "../../../src/models/inference/econ_decoder_inference.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { makeVariables, tf, useBackend } from "../../../src/tensor/mod.ts";

for (const inputs of [16, 19]) {
  Deno.test(`a decoder of ${inputs} numbers is that of plain arrays`, async () => {
    await useBackend({ backend: "wasm" });
    const random = new RandomStream(3, "codes");
    const half = convolutionalDecoder(new RandomStream(inputs, "decoder"), inputs, -1);
    const variables = makeVariables(half.initial);
    const layer = (name: string) => ({
      kernel: variables.get(`decoder/${name}/kernel`)!.dataSync() as Float32Array,
      bias: variables.get(`decoder/${name}/bias`)!.dataSync() as Float32Array,
    });
    const plain = econDecoderInference({
      dense: layer("dense"),
      conv1: layer("conv1"),
      conv2: layer("conv2"),
    });
    const codes = Float32Array.from({ length: 40 * inputs }, () => 3 * random.normal());
    const cells = half.bind(variables)(tf.tensor2d(codes, [40, inputs])).dataSync();
    const expected = plain(codes);
    assertEquals(cells.length, 40 * 48);
    cells.forEach((cell, k) => assertAlmostEquals(cell, expected[k], 1e-5));
    assert(new Set(cells).size > 1000, "outputs differ");
    half.dispose();
  });
}

Deno.test("convolutionalDecoder() has 2,833 parameters, and starts where its bias says", async () => {
  await useBackend({ backend: "cpu" });
  const half = convolutionalDecoder(new RandomStream(1, "decoder"), 16, -3.4);
  const sizes = Object.values(half.initial).map(({ values }) => values.length);
  assertEquals(sizes.reduce((a, b) => a + b), 2833);
  const cells = half.bind(makeVariables(half.initial))(tf.zeros([1, 16])).dataSync();
  cells.forEach((cell) => assertAlmostEquals(cell, 1 / (1 + Math.exp(3.4)), 1e-6));
});
