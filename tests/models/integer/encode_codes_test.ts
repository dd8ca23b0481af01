import { assert, assertEquals } from "@std/assert";
import { codeEncoder } from "../../../src/models/integer/encode_codes.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { econFormats } from "../../../src/models/published/econ_formats.ts";
import type { IntegerEncoderSpec, IntegerLayer } from "../../../src/models/types.ts";
import { RandomStream, roundHalfEven } from "../../../src/numerics/mod.ts";
import { CELLS } from "../../../src/wafer/mod.ts";
import { randomEconWeights } from "../_random_weights.ts";

/** What the description of the specification says, step by step, in whole numbers of any size. */
function byDescription(spec: IntegerEncoderSpec, codes: Int32Array): number[] {
  // One row and column of zeros below and to the right.
  const image = Array.from({ length: 9 }, () => new Array<bigint>(9).fill(0n));
  spec.pixelOfCell.forEach((pixel, cell) =>
    image[Math.floor(pixel / 8)][pixel % 8] = BigInt(codes[cell])
  );
  const hidden: bigint[] = [];
  for (let r = 0; r < 4; r++) {
    for (let c = 0; c < 4; c++) {
      const window = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => image[2 * r + i][2 * c + j]));
      hidden.push(...layer(spec.conv, window));
    }
  }
  return layer(spec.dense, hidden).map(Number);
}

function layer({ kernel, bias, shift, outputMax }: IntegerLayer, input: bigint[]): bigint[] {
  return Array.from(bias, (start, o) => {
    const sum = input.reduce(
      (a, x, i) => a + x * BigInt(kernel[i * bias.length + o]),
      BigInt(start),
    );
    const rounded = roundHalfEven(Number(sum) / 2 ** shift);
    return BigInt(Math.min(Math.max(rounded, 0), outputMax));
  });
}

for (const latentBits of [3, 5, 7, 9]) {
  for (const weightBits of [5, 6]) {
    Deno.test(`the loop does what is described: ${latentBits}-bit latents, ${weightBits}-bit weights`, () => {
      const formats = econFormats({ latentBits, weightBits });
      const spec = integerEncoderSpec(
        randomEconWeights(10 * latentBits + weightBits, formats).encoder,
      );
      const random = new RandomStream(1, "codes");
      // Sparse and full wafers, small codes and the largest ones.
      const codes = Int32Array.from({ length: 200 * CELLS }, (_, k) => {
        const wafer = Math.floor(k / CELLS);
        const largest = wafer % 4 < 2 ? 10 : spec.inputMax;
        return wafer % 2 === 0 || random.integer(5) === 0 ? random.integer(largest + 1) : 0;
      });
      const latents = codeEncoder(spec)(codes);
      const expected = Array.from(
        { length: 200 },
        (_, wafer) => byDescription(spec, codes.subarray(wafer * CELLS, (wafer + 1) * CELLS)),
      ).flat();
      assertEquals([...latents], expected);
      assert(expected.includes(0) && expected.includes(2 ** latentBits - 1));
      assert(new Set(expected).size > 2 ** (latentBits - 1), "latents of all sizes");
    });
  }
}

Deno.test("one batch leaves nothing behind for the next", () => {
  const spec = integerEncoderSpec(randomEconWeights(1, econFormats()).encoder);
  const encode = codeEncoder(spec);
  const full = new Int32Array(CELLS).fill(100), sparse = new Int32Array(CELLS).fill(1, 3, 4);
  const alone = codeEncoder(spec)(sparse);
  encode(full);
  assertEquals(encode(sparse), alone);
});
