import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { loadEconAutoencoder } from "../../../src/models/autoencoder/load_autoencoder.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { autoencoderCodec } from "../../../src/trigger/codecs/autoencoder_codec.ts";
import { shareCodec } from "../../../src/trigger/codecs/share_codec.ts";

Deno.test("autoencoderCodec() in integers is the quantised network in floats", async () => {
  const network = await loadEconAutoencoder();
  const random = new RandomStream(1, "autoencoder codec");
  const charges = Float64Array.from({ length: 40 * 48 }, () => Math.max(0, random.normal()));
  const sent = await autoencoderCodec(network, { name: "integers" }).transmit(charges);
  const floats = shareCodec((x) => network.reconstruct(x), { name: "floats" });
  const expected = await floats.transmit(charges);
  let worst = 0;
  for (let k = 0; k < charges.length; k++) {
    worst = Math.max(worst, Math.abs(sent[k] - expected[k]));
  }
  assertAlmostEquals(worst, 0, 1e-6);
  assert(charges.some((_, k) => sent[k] > 0));
});

Deno.test("autoencoderCodec() of a float encoder encodes in floats, and counts published bits", async () => {
  const network = {
    encoder: {
      conv: { kernel: new Float32Array(72), bias: new Float32Array(8) },
      dense: { kernel: new Float32Array(2048), bias: new Float32Array(16) },
    },
    encode: (charges: ArrayLike<number>) => new Float32Array(charges.length / 3).fill(2),
    decode: (latents: ArrayLike<number>) => new Float32Array(3 * latents.length).fill(latents[0]),
  };
  const codec = autoencoderCodec(network, { name: "even" });
  const charges = new Float64Array(48);
  charges[3] = 96;
  assertEquals(Array.from(await codec.transmit(charges)), new Array(48).fill(2));
  assertEquals(codec.bits(charges), 5 + 8 + 144);
});
