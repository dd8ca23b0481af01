import { assert, assertEquals } from "@std/assert";
import { uncompressedCodec } from "../../../src/trigger/codecs/uncompressed_codec.ts";

Deno.test("uncompressedCodec() changes nothing, at 7 bits a cell", async () => {
  const charges = Float64Array.from({ length: 96 }, (_, k) => k / 7);
  const { transmit, bits } = uncompressedCodec();
  assert(await transmit(charges) === charges);
  assertEquals(bits(charges), 2 * 48 * 7);
});
