import { assertEquals, assertThrows } from "@std/assert";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { econFormats, PUBLISHED_FORMATS } from "../../../src/models/published/econ_formats.ts";
import type { EconEncoderWeights, EconFormats } from "../../../src/models/types.ts";
import { toEncodingA } from "../../../src/wafer/mod.ts";
import { randomEconWeights } from "../_random_weights.ts";

function constant(weight: number, bias: number, formats: EconFormats): EconEncoderWeights {
  const numbers = (length: number, value: number) => new Float32Array(length).fill(value);
  return {
    conv: { kernel: numbers(72, weight), bias: numbers(8, bias) },
    dense: { kernel: numbers(128 * 16, weight), bias: numbers(16, bias) },
    formats,
  };
}

Deno.test("the constants of the published formats", () => {
  const spec = integerEncoderSpec(constant(-5, 0.3, PUBLISHED_FORMATS));
  assertEquals(spec.formats, PUBLISHED_FORMATS);
  assertEquals([spec.inputFractionBits, spec.inputMax, spec.latentFractionBits], [6, 511, 8]);
  // -5 is clipped to -2 = -16/8; 0.3 is rounded to 0.25 = 2/8, which is 2 * 64 / 512.
  assertEquals(spec.conv, {
    kernel: new Int32Array(72).fill(-16),
    bias: new Int32Array(8).fill(2 * 64),
    shift: 1,
    outputMax: 2047,
    accumulatorBound: 9 * 16 * 511 + 128,
  });
  assertEquals(spec.dense, {
    kernel: new Int32Array(128 * 16).fill(-16),
    bias: new Int32Array(16).fill(2 * 256),
    shift: 3,
    outputMax: 511,
    accumulatorBound: 128 * 16 * 2047 + 512,
  });
});

Deno.test("the shifts of other formats", () => {
  const shifts = (latentBits: number, weightBits: number) => {
    const spec = integerEncoderSpec(constant(1, 0, econFormats({ latentBits, weightBits })));
    return [spec.conv.shift, spec.dense.shift, spec.dense.outputMax, spec.latentFractionBits];
  };
  assertEquals(shifts(3, 5), [1, 9, 7, 2]);
  assertEquals(shifts(9, 6), [2, 4, 511, 8]);
});

Deno.test("pixelOfCell is encoding A", () => {
  const { pixelOfCell } = integerEncoderSpec(constant(1, 0, PUBLISHED_FORMATS));
  const image = toEncodingA(Float64Array.from({ length: 48 }, (_, cell) => cell + 1));
  assertEquals(
    Array.from(pixelOfCell, (pixel) => image[pixel]),
    [...Array(48).keys()].map((k) => k + 1),
  );
});

Deno.test("accumulatorBound is the largest sum of any filter", () => {
  const { encoder } = randomEconWeights(1, PUBLISHED_FORMATS);
  const { conv } = integerEncoderSpec(encoder);
  const sums = Array.from(
    conv.bias,
    (bias, f) =>
      conv.kernel.filter((_, k) => k % 8 === f).reduce(
        (s, w) => s + 511 * Math.abs(w),
        Math.abs(bias),
      ),
  );
  assertEquals(conv.accumulatorBound, Math.max(...sums));
});

Deno.test("integerEncoderSpec() refuses weights whose accumulators could overflow", () => {
  const formats = { ...PUBLISHED_FORMATS, weights: { bits: 15, integer: 1 } };
  // Small weights are fine in the same format: what counts are the weights.
  integerEncoderSpec(constant(0.125, 0, formats));
  assertThrows(
    () => integerEncoderSpec(constant(1.9, 0, formats)),
    RangeError,
    "accumulators of dense must stay below 2^31, they can reach",
  );
  assertThrows(
    () => integerEncoderSpec(constant(1, 0, { ...formats, weights: { bits: 24, integer: 1 } })),
    RangeError,
    "accumulators of conv must stay below 2^31",
  );
});

Deno.test("integerEncoderSpec() refuses float encoders, other shapes and unfit formats", () => {
  const weights = constant(1, 0, PUBLISHED_FORMATS);
  const { formats: _, ...float } = weights;
  assertThrows(() => integerEncoderSpec(float), TypeError, "weights must have formats");
  assertThrows(
    () => integerEncoderSpec({ ...weights, dense: weights.conv }),
    TypeError,
    "kernel and bias of dense must have 2048 and 16 numbers, current values are 72 and 8",
  );
  assertThrows(() => integerEncoderSpec(constant(NaN, 0, PUBLISHED_FORMATS)), RangeError, "NaN");
  const withFormat = (format: Partial<EconFormats>) => () =>
    integerEncoderSpec(constant(1, 0, { ...PUBLISHED_FORMATS, ...format }));
  assertThrows(
    withFormat({ input: { bits: 4, integer: 4 } }),
    RangeError,
    "fraction bits of the input must be in [0, 20], current value is -1",
  );
  assertThrows(
    withFormat({ latent: { bits: 13, integer: 1 } }),
    RangeError,
    "output of dense must not be finer than its accumulator, which has 11 fraction bits, " +
      "current value is 12",
  );
});
