import { assert, assertEquals, assertThrows } from "@std/assert";
import { encoderJson, parseEncoderJson } from "../../../src/models/export/encoder_json.ts";
import { econAutoencoderWeights, PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import type { EconAutoencoderWeights } from "../../../src/models/types.ts";
import { quantizedBits } from "../../../src/quantization/mod.ts";
import { referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";
import { randomEconWeights } from "../_random_weights.ts";
import { FORMATS } from "./_wafers.ts";
import { assertSameNumbers, assertSameWeights } from "./_same_numbers.ts";

const TEXT = _write(randomEconWeights(10, PUBLISHED_FORMATS));

for (const [name, formats] of Object.entries(FORMATS)) {
  Deno.test(`quantised weights come back: ${name}`, () => {
    const weights = randomEconWeights(10, formats), quantizer = quantizedBits(formats.weights);
    const quantised = ({ kernel, bias }: { kernel: Float32Array; bias: Float32Array }) => ({
      kernel: quantizer.apply(kernel),
      bias: quantizer.apply(bias),
    });
    const read = parseEncoderJson(_write(weights));
    assertSameWeights(
      read,
      {
        encoder: {
          conv: quantised(weights.encoder.conv),
          dense: quantised(weights.encoder.dense),
          formats,
        },
        decoder: weights.decoder,
      },
    );
    // What was read is a fixed point.
    assertEquals(_write(read), _write(weights));
  });
}

testNeeding(
  [referenceData("peer_networks/autoencoder_5bit.f32")],
  "published weights come back with the same integers",
  () => {
    const named = readReferenceWeights("autoencoder_5bit");
    const weights = econAutoencoderWeights(named, PUBLISHED_FORMATS);
    const read = parseEncoderJson(_write(weights));
    const before = integerEncoderSpec(weights.encoder), after = integerEncoderSpec(read.encoder);
    for (const layer of ["conv", "dense"] as const) {
      assertSameNumbers(after[layer].kernel, before[layer].kernel);
      assertSameNumbers(after[layer].bias, before[layer].bias);
    }
    assertSameWeights({ ...read, encoder: weights.encoder }, weights);
  },
);

Deno.test("the text has a line for each list of numbers", () => {
  const lines = TEXT.trimEnd().split("\n");
  assert(lines.length < 150, `${lines.length} lines`);
  assert(lines.some((line) => line.includes("[28, 29, 30, 31, 0, 4, 8, 12]")));
});

Deno.test("members that are missing or of another type are named", () => {
  // deno-lint-ignore no-explicit-any
  const cases: [change: (document: any) => unknown, message: string][] = [
    [(d) => d.format = "other", "format must be hexmover-econ-autoencoder, version 1"],
    [(d) => d.version = 2, "current value is hexmover-econ-autoencoder, version 2"],
    [(d) => delete d.formats.hidden, "formats.hidden.bits must be an integer"],
    [(d) => d.formats.input.bits = "10", "formats.input.bits must be an integer"],
    [(d) => delete d.conv, "conv.kernel must be a list of 72 numbers, current value is undefined"],
    [
      (d) => d.dense.kernel.pop(),
      "dense.kernel must be a list of 2048 numbers, current value is a list of 2047",
    ],
    [(d) => d.dense.bias[3] = null, "dense.bias[3] must be a finite number, current value is null"],
    [(d) => delete d.decoder, "decoder.dense.kernel must be a list of 2048 numbers"],
  ];
  for (const [change, message] of cases) {
    assertThrows(() => parseEncoderJson(_changed(change)), TypeError, message);
  }
  for (const text of ["", "{", "null", "[]", '"text"', "7"]) {
    assertThrows(() => parseEncoderJson(text), TypeError, "Cannot read an encoder from JSON: ");
  }
});

Deno.test("members that do not go with the others are named", () => {
  // deno-lint-ignore no-explicit-any
  const cases: [change: (document: any) => unknown, message: string][] = [
    [(d) => d.conv.shift = 2, "conv.shift must be 1 to go with the rest, current value is 2"],
    [(d) => d.input.max = 255, "input.max must be 511 to go with the rest"],
    [(d) => d.formats.latent.bits = 8, "dense.shift must be 4 to go with the rest"],
    [(d) => d.conv.kernel[4] = 16, "conv.kernel.4 must be 15 to go with the rest"],
    [(d) => d.conv.kernel[4] = 0.5, "conv.kernel.4 must be 0 to go with the rest"],
    [(d) => d.conv.bias[1] = 7, "conv.bias.1 must be 0 to go with the rest"],
    [(d) => d.input.cellOfPixel[0][0] = 0, "input.cellOfPixel.0.0 must be 28 to go with"],
    [(d) => d.input.order = "paper", "input.order must be train to go with the rest"],
    [(d) => d.input.cells.pop(), "input.cells.47.pixel must be"],
    [(d) => d.decoder.dense.kernel[0] = 0.1234567891234, "decoder.dense.kernel.0 must be"],
    [(d) => d.dense.unit = 1, "dense.unit is no member that is known"],
  ];
  for (const [change, message] of cases) {
    assertThrows(() => parseEncoderJson(_changed(change)), RangeError, message);
  }
});

function _write(weights: EconAutoencoderWeights): string {
  return encoderJson(integerEncoderSpec(weights.encoder), weights.decoder);
}

// deno-lint-ignore no-explicit-any
function _changed(change: (document: any) => unknown): string {
  const document = JSON.parse(TEXT);
  change(document);
  return JSON.stringify(document);
}
