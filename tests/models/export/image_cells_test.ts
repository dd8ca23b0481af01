import { assertEquals } from "@std/assert";
import { cellOfPixel } from "../../../src/models/export/image_cells.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";
import { randomEconWeights } from "../_random_weights.ts";

Deno.test("cellOfPixel() is the published arrangement of the image", () => {
  const x = null;
  assertEquals(cellOfPixel(integerEncoderSpec(randomEconWeights(1, PUBLISHED_FORMATS).encoder)), [
    ...[28, 29, 30, 31, 0, 4, 8, 12],
    ...[24, 25, 26, 27, 1, 5, 9, 13],
    ...[20, 21, 22, 23, 2, 6, 10, 14],
    ...[16, 17, 18, 19, 3, 7, 11, 15],
    ...[47, 43, 39, 35, x, x, x, x],
    ...[46, 42, 38, 34, x, x, x, x],
    ...[45, 41, 37, 33, x, x, x, x],
    ...[44, 40, 36, 32, x, x, x, x],
  ]);
});
