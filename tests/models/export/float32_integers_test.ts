import { assertThrows } from "@std/assert";
import { checkFloat32Integers } from "../../../src/models/export/float32_integers.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { econFormats } from "../../../src/models/inference/mod.ts";
import { randomEconWeights } from "../_random_weights.ts";

const SPEC = integerEncoderSpec(randomEconWeights(1, econFormats({ weightBits: 6 })).encoder);

Deno.test("checkFloat32Integers() takes accumulators up to 2^24, the last of float32's integers", () => {
  const bounded = (conv: number, dense: number) => ({
    ...SPEC,
    conv: { ...SPEC.conv, accumulatorBound: conv },
    dense: { ...SPEC.dense, accumulatorBound: dense },
  });
  checkFloat32Integers(SPEC, "export to ONNX");
  checkFloat32Integers(bounded(2 ** 24, 2 ** 24), "export to ONNX");
  for (
    const [layer, spec] of [["conv", bounded(2 ** 24 + 1, 1)], [
      "dense",
      bounded(1, 2 ** 30),
    ]] as const
  ) {
    assertThrows(
      () => checkFloat32Integers(spec, "export to ONNX"),
      RangeError,
      `Cannot export to ONNX: accumulators of ${layer} must be <= 16777216 to be exact in float32, ` +
        `current value is ${spec[layer].accumulatorBound}`,
    );
  }
});
