import { assertEquals, assertThrows } from "@std/assert";
import { econAutoencoderWeights } from "../../../src/models/published/econ_autoencoder_weights.ts";
import { PUBLISHED_FORMATS } from "../../../src/models/published/econ_formats.ts";
import type { WeightTensor } from "../../../src/models/published/types.ts";
import { referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";

function small(): Map<string, WeightTensor> {
  const named = new Map<string, WeightTensor>();
  const put = (name: string, ...shape: number[]) => {
    const values = new Float32Array(shape.reduce((a, b) => a * b)).fill(named.size + 1);
    named.set(`${name}:0`, { shape, values });
  };
  put("decoder/image/kernel", 3, 3, 1, 8), put("decoder/image/bias", 1);
  put("encoder/conv/kernel", 3, 3, 1, 8), put("encoder/conv/bias", 8);
  put("encoder/latent/kernel", 128, 16), put("encoder/latent/bias", 16);
  put("decoder/up/kernel", 3, 3, 8, 8), put("decoder/up/bias", 8);
  put("decoder/first/kernel", 16, 128), put("decoder/first/bias", 128);
  return named;
}

Deno.test("econAutoencoderWeights() puts every tensor in its place, whatever layers are called", () => {
  const named = small();
  const layer = (name: string) => ({
    kernel: named.get(`${name}/kernel:0`)!.values,
    bias: named.get(`${name}/bias:0`)!.values,
  });
  const weights = {
    encoder: { conv: layer("encoder/conv"), dense: layer("encoder/latent") },
    decoder: {
      dense: layer("decoder/first"),
      conv1: layer("decoder/up"),
      conv2: layer("decoder/image"),
    },
  };
  assertEquals(econAutoencoderWeights(named), weights);
  assertEquals(econAutoencoderWeights(named, PUBLISHED_FORMATS), {
    ...weights,
    encoder: { ...weights.encoder, formats: PUBLISHED_FORMATS },
  });
});

for (const file of ["autoencoder_float", "autoencoder_5bit"]) {
  testNeeding(
    [referenceData(`peer_networks/${file}.f32`)],
    `econAutoencoderWeights() takes all numbers of the published ${file}`,
    () => {
      const { encoder, decoder } = econAutoencoderWeights(readReferenceWeights(file));
      const count = (layers: object) =>
        Object.values(layers).reduce(
          (sum, { kernel, bias }) => sum + kernel.length + bias.length,
          0,
        );
      assertEquals([count(encoder), count(decoder)], [2144, 2833]);
    },
  );
}

Deno.test("econAutoencoderWeights() refuses missing layers, two of one shape and other biases", () => {
  const named = small();
  named.delete("encoder/conv/kernel:0");
  assertThrows(
    () => econAutoencoderWeights(named),
    TypeError,
    "there must be one layer of the encoder with a kernel of shape [3,3,1,8], current value is 0",
  );
  const twice = small().set("encoder/other/kernel:0", small().get("encoder/conv/kernel:0")!);
  assertThrows(() => econAutoencoderWeights(twice), TypeError, "(encoder/conv, encoder/other)");
  const bias = small().set("decoder/up/bias:0", { shape: [1], values: Float32Array.of(0) });
  assertThrows(
    () => econAutoencoderWeights(bias),
    TypeError,
    "bias of decoder/up must have shape [8]",
  );
});
