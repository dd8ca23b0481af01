import { assert, assertEquals } from "@std/assert";
import { overviewDrawing } from "../../../scripts/std/overview_drawing.ts";
import type { SeenLayer } from "../../../scripts/std/network_layers.ts";
import { svgToPng } from "../../../src/experiments/mod.ts";
import { PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";

const LAYER: SeenLayer = {
  name: "encoder/dense",
  kind: "dense",
  kernel: [48, 3],
  input: [48],
  output: [3],
  activation: "Relu",
  others: ["bias"],
  parameters: 147,
  multiplications: 144,
};

Deno.test("the overview shows both wafers, and each code in as many bits as are sent", async () => {
  const svg = overviewDrawing({
    charges: Array.from({ length: 48 }, (_, cell) => cell),
    reconstruction: new Array(48).fill(1 / 48),
    codes: [0, 5, 511],
    emd: 1.234,
    bitsBefore: 336,
    formats: PUBLISHED_FORMATS,
    encoder: [LAYER],
    decoder: [{ ...LAYER, name: "decoder/dense" }],
  });
  const texts = [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text);
  for (
    const text of [
      "48 trigger cells, 336 bits",
      "sent: 3 × 9 bits = 27 bits",
      "000000000",
      "000000101",
      "111111111",
      "EMD 1.23 half pitches",
    ]
  ) {
    assertEquals(texts.filter((found) => found === text).length, 1, text);
  }
  assert((await svgToPng(svg)).length > 1000);
});
