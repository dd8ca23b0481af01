import { assert, assertEquals, assertThrows } from "@std/assert";
import { cHeader } from "../../../src/models/export/c_header.ts";
import { PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { TRIGGER_CELLS } from "../../../src/wafer/mod.ts";
import { randomEconWeights } from "../_random_weights.ts";
import { FORMATS } from "./_wafers.ts";
import { assertSameNumbers } from "./_same_numbers.ts";

// That the header compiles and gives the same latents is tested in tests/system/export_c_system.ts.

for (const [name, formats] of Object.entries(FORMATS)) {
  Deno.test(`the header's tables are the integers of the encoder: ${name}`, () => {
    const spec = integerEncoderSpec(randomEconWeights(8, formats).encoder);
    const text = cHeader(spec);
    const table = (name: string) => {
      const [, body] = new RegExp(`${name}(?:\\[\\d+\\])+ = \\{([^;]*)\\};`).exec(text)!;
      return [...body.matchAll(/-?\d+/g)].map(([digits]) => Number(digits));
    };
    assertEquals(table("econ_conv_kernel"), [...spec.conv.kernel]);
    assertEquals(table("econ_conv_bias"), [...spec.conv.bias]);
    assertSameNumbers(table("econ_dense_kernel"), [...spec.dense.kernel], 16);
    assertEquals(table("econ_dense_bias"), [...spec.dense.bias]);
    // A second way to the pixels: the paper's numbers count them.
    assertEquals(
      table("econ_pixel_of_cell"),
      TRIGGER_CELLS.map(({ paper: q }) => q < 32 ? q : 32 + 8 * ((q - 32) >> 2) + q % 4),
    );
    const { latent } = formats;
    assert(text.includes(`#define ECON_LATENT_FRACTION_BITS ${latent.bits - latent.integer}\n`));
  });
}

Deno.test("the header names the published formats", () => {
  const text = cHeader(integerEncoderSpec(randomEconWeights(8, PUBLISHED_FORMATS).encoder));
  for (
    const format of [
      "image    quantized_bits(10, 3)",
      "weights  quantized_bits(5, 1)",
      "hidden   quantized_relu(11, 3)",
      "latents  quantized_relu(9, 1)",
    ]
  ) assert(text.includes(format), format);
});

Deno.test("latents that do not fit into 16 bits are refused", () => {
  const spec = integerEncoderSpec(randomEconWeights(8, PUBLISHED_FORMATS).encoder);
  const wide = { ...spec, dense: { ...spec.dense, outputMax: 2 ** 17 - 1 } };
  assertThrows(() => cHeader(wide), RangeError, "Cannot export to C: latents must have at most 16");
});
