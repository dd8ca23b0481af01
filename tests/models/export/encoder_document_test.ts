import { assert, assertEquals } from "@std/assert";
import { encoderDocument } from "../../../src/models/export/encoder_document.ts";
import { PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { roundHalfEven } from "../../../src/numerics/mod.ts";
import { randomEconWeights } from "../_random_weights.ts";
import { codesOf, FORMATS, someWafers } from "./_wafers.ts";
import { assertSameNumbers } from "./_same_numbers.ts";

for (const [name, formats] of Object.entries(FORMATS)) {
  Deno.test(`what the document says is enough to encode: ${name}`, () => {
    const { encoder, decoder } = randomEconWeights(9, formats);
    const spec = integerEncoderSpec(encoder);
    const { input, conv, dense, latents } = encoderDocument(spec, decoder);
    const charges = someWafers(20);

    // Written from the document's description alone, with floats.
    const codes: number[] = [];
    for (let wafer = 0; wafer < charges.length; wafer += 48) {
      const own = charges.subarray(wafer, wafer + 48);
      const sum = own.reduce((a, b) => a + b), scale = 2 ** Math.floor(Math.log2(sum));
      const image = input.cellOfPixel.map((row) =>
        row.map((cell) =>
          cell === null
            ? 0
            : Math.min(roundHalfEven(own[cell] / scale * 2 ** input.fractionBits), input.max)
        )
      );
      const output = (sum: number, { shift, outputMax }: { shift: number; outputMax: number }) =>
        Math.min(Math.max(roundHalfEven(sum / 2 ** shift), 0), outputMax);
      const hidden: number[] = [];
      for (let window = 0; window < 16; window++) {
        for (let filter = 0; filter < 8; filter++) {
          let sum = conv.bias[filter];
          for (let tap = 0; tap < 9; tap++) {
            const y = 2 * (window >> 2) + Math.floor(tap / 3), x = 2 * (window & 3) + tap % 3;
            sum += conv.kernel[8 * tap + filter] * (image[y]?.[x] ?? 0);
          }
          hidden.push(output(sum, conv));
        }
      }
      for (let latent = 0; latent < 16; latent++) {
        const sum = hidden.reduce((sum, y, i) => sum + y * dense.kernel[16 * i + latent], 0);
        codes.push(output(sum + dense.bias[latent], dense));
      }
    }
    assertSameNumbers(Int32Array.from(codes), codesOf(spec, charges), 16);
    assertEquals(Math.max(...codes), latents.max);
    assertEquals(latents.fractionBits, formats.latent.bits - formats.latent.integer);
  });
}

Deno.test("the document tells each cell's pixel, number in the paper and place in CMS", () => {
  const { encoder, decoder } = randomEconWeights(9, PUBLISHED_FORMATS);
  const { input } = encoderDocument(integerEncoderSpec(encoder), decoder);
  assertEquals(input.cells.length, 48);
  input.cells.forEach(({ pixel }, cell) => {
    assertEquals(input.cellOfPixel[pixel >> 3][pixel & 7], cell);
  });
  assertEquals(input.cells.map(({ paper }) => paper).toSorted((a, b) => a - b), [
    ...Array(48).keys(),
  ]);
  assertEquals(new Set(input.cells.map(({ u, v }) => `${u},${v}`)).size, 48);
});

Deno.test("the decoder's numbers are those of float32, in few digits", () => {
  const { encoder, decoder } = randomEconWeights(9, PUBLISHED_FORMATS);
  const document = encoderDocument(integerEncoderSpec(encoder), decoder);
  for (const layer of ["dense", "conv1", "conv2"] as const) {
    const { kernel, bias } = document.decoder[layer];
    assertSameNumbers(Float32Array.from(kernel), decoder[layer].kernel);
    assertEquals(Float32Array.from(bias), decoder[layer].bias);
    // A sign, "0.", zeros, nine digits; as a float64 the same number takes 17 digits.
    assert(kernel.every((weight) => weight === Number(weight.toPrecision(9))));
  }
});
