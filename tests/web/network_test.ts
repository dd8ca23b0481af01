import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type EconAutoencoderWeights,
  type EconDecoderWeights,
  loadEconAutoencoder,
} from "../../src/models/inference/mod.ts";
import { waferEmd } from "../../src/wafer/mod.ts";
import { encoderFiles } from "../../web/encoder_files.ts";
import { network } from "../../web/network.ts";
import { shower } from "../../web/presets.ts";

async function shipped(): Promise<EconAutoencoderWeights> {
  const { encoder, decoder } = await loadEconAutoencoder();
  return { encoder, decoder: decoder as EconDecoderWeights };
}

Deno.test("codes are those of the float emulation, reconstructions those of the library", async () => {
  const library = await loadEconAutoencoder(), encode = network(await shipped());
  for (let seed = 0; seed < 20; seed++) {
    const wafer = shower(seed), { codes, largest, reconstruction, emd } = encode(wafer);
    assertEquals(largest, 511);
    assertEquals(Float32Array.from(codes, (code) => code / 256), library.encode(wafer));
    const expected = library.reconstruct(wafer);
    reconstruction!.forEach((fraction, k) => assertAlmostEquals(fraction, expected[k], 1e-6));
    assertAlmostEquals(emd!, waferEmd(wafer, Float64Array.from(expected)).value, 1e-5);
  }
});

Deno.test("a decoder whose outputs are all zero gives no reconstruction", async () => {
  const { encoder, decoder } = await shipped();
  const shut = { kernel: decoder.conv2.kernel, bias: Float32Array.of(-200) };
  const { reconstruction, emd } = network({ encoder, decoder: { ...decoder, conv2: shut } })(
    shower(1),
  );
  assertEquals([reconstruction, emd], [undefined, undefined]);
});

Deno.test("files are named as docs/exports.md names them", async () => {
  const { c, json } = encoderFiles(await shipped());
  assertEquals([c.name, json.name], ["econ_encoder.h", "autoencoder.json"]);
  assertEquals(JSON.parse(json.text).format, "hexmover-econ-autoencoder");
});
