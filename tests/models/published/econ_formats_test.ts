import { assertEquals, assertThrows } from "@std/assert";
import {
  econFormats,
  latentBits,
  PUBLISHED_FORMATS,
} from "../../../src/models/published/econ_formats.ts";
import type { Quantizer } from "../../../src/quantization/mod.ts";
import { quantizedBits } from "../../../src/quantization/quantized_bits.ts";
import { quantizedRelu } from "../../../src/quantization/quantized_relu.ts";

Deno.test("PUBLISHED_FORMATS have the steps and ranges of the published encoder", () => {
  const { input, weights, hidden, latent } = PUBLISHED_FORMATS;
  const range = ({ step, min, max }: Quantizer) => [step, min, max];
  assertEquals(range(quantizedBits(input)), [1 / 64, -8, 8 - 1 / 64]);
  assertEquals(range(quantizedBits(weights)), [0.125, -2, 1.875]);
  assertEquals(range(quantizedRelu(hidden)), [1 / 256, 0, 8 - 1 / 256]);
  assertEquals(range(quantizedRelu(latent)), [1 / 256, 0, 1.99609375]);
});

Deno.test("econFormats() changes bits of latents and weights and nothing else", () => {
  assertEquals(econFormats({ latentBits: 3, weightBits: 6 }), {
    ...PUBLISHED_FORMATS,
    weights: { bits: 6, integer: 1 },
    latent: { bits: 3, integer: 1 },
  });
  assertThrows(
    () => econFormats({ latentBits: 1 }),
    RangeError,
    "latentBits must be an integer >= 2",
  );
  assertThrows(() => econFormats({ weightBits: 5.5 }), RangeError, "current value is 5.5");
});

Deno.test("latentBits() knows the modules with 2 to 5 links", () => {
  assertEquals([2, 3, 4, 5].map(latentBits), [3, 5, 7, 9]);
  for (const eLinks of [1, 6, 2.5]) {
    assertThrows(() => latentBits(eLinks), RangeError, `current value is ${eLinks}`);
  }
});
