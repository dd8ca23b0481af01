import { quantizedBits } from "../../quantization/quantized_bits.ts";
import type { FixedPoint } from "../../quantization/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import { fromEncodingA } from "../../wafer/encodings.ts";
import type {
  EconEncoderWeights,
  IntegerEncoderSpec,
  IntegerLayer,
  LayerWeights,
} from "../types.ts";

/**
 * The integers of a quantised encoder: codes of its weights, biases in the unit of the accumulators,
 * shifts and largest codes.
 *
 * A product has the fraction bits of its factors together, so that accumulators are exact, and the
 * only roundings are those of the input and behind each layer. That no accumulator leaves int32 is
 * proved from the weights themselves: |bias| + sum |weight| times the largest input code.
 *
 * @param weights Weights of the encoder with their formats.
 * @returns The integers.
 * @throws {TypeError} If there are no formats, or a kernel or bias has another length.
 * @throws {RangeError} If a weight is NaN, an accumulator could leave int32, the input's fraction bits
 * are not 0 to 20, or a layer's output is finer than its accumulator.
 *
 * @example The unit of the convolution's bias is 2^-9, that of a weight 2^-3
 * ```ts
 * import { integerEncoderSpec } from "./integer_encoder_spec.ts";
 * import { PUBLISHED_FORMATS } from "../published/econ_formats.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ones = (length: number) => new Float32Array(length).fill(1);
 * const { conv, dense } = integerEncoderSpec({
 *   conv: { kernel: ones(72), bias: ones(8) },
 *   dense: { kernel: ones(128 * 16), bias: ones(16) },
 *   formats: PUBLISHED_FORMATS,
 * });
 * assertEquals([conv.kernel[0], conv.bias[0], conv.shift], [8, 512, 1]);
 * assertEquals([dense.kernel[0], dense.bias[0], dense.shift], [8, 2048, 3]);
 * ```
 */
export function integerEncoderSpec(weights: EconEncoderWeights): IntegerEncoderSpec {
  const { formats } = weights;
  if (formats === undefined) {
    throw new TypeError(
      `${_CANNOT}: weights must have formats, those of a float encoder have none`,
    );
  }
  const { input, hidden, latent } = formats;
  const inputFractionBits = input.bits - 1 - input.integer;
  const inputMax = 2 ** (input.bits - 1) - 1;
  if (!(inputFractionBits >= 0 && inputFractionBits <= 20)) {
    throw new RangeError(
      `${_CANNOT}: fraction bits of the input must be in [0, 20], ` +
        `current value is ${inputFractionBits}`,
    );
  }
  const hiddenFractionBits = hidden.bits - hidden.integer;
  const conv = _layer("conv", weights.conv, formats.weights, {
    inputs: 9,
    outputs: 8,
    inputMax,
    inputFractionBits,
    output: hidden,
  });
  const dense = _layer("dense", weights.dense, formats.weights, {
    inputs: 128,
    outputs: 16,
    inputMax: conv.outputMax,
    inputFractionBits: hiddenFractionBits,
    output: latent,
  });
  // Decoding the pixels' own numbers tells which of them holds which cell.
  const pixelOfCell = fromEncodingA(Uint8Array.from({ length: 64 }, (_, pixel) => pixel));
  return {
    formats,
    pixelOfCell: pixelOfCell.slice(0, CELLS),
    inputFractionBits,
    inputMax,
    conv,
    dense,
    latentFractionBits: latent.bits - latent.integer,
  };
}

const _CANNOT = "Cannot make an integer encoder";

/** Shape of a layer and the codes that come in and go out. */
interface _LayerFormat {
  readonly inputs: number;
  readonly outputs: number;
  readonly inputMax: number;
  readonly inputFractionBits: number;
  readonly output: FixedPoint;
}

function _layer(
  name: string,
  { kernel, bias }: LayerWeights,
  format: FixedPoint,
  { inputs, outputs, inputMax, inputFractionBits, output }: _LayerFormat,
): IntegerLayer {
  if (kernel.length !== inputs * outputs || bias.length !== outputs) {
    throw new TypeError(
      `${_CANNOT}: kernel and bias of ${name} must have ${inputs * outputs} and ${outputs} ` +
        `numbers, current values are ${kernel.length} and ${bias.length}`,
    );
  }
  const fixed = quantizedBits(format);
  const kernelCodes = fixed.encode(kernel), biasCodes = fixed.encode(bias);
  const fractionBits = inputFractionBits + format.bits - 1 - format.integer;
  const shift = fractionBits - (output.bits - output.integer);
  if (shift < 0) {
    throw new RangeError(
      `${_CANNOT}: output of ${name} must not be finer than its accumulator, which has ` +
        `${fractionBits} fraction bits, current value is ${output.bits - output.integer}`,
    );
  }
  const biasUnit = 2 ** inputFractionBits;
  const bound = _bound(kernelCodes, biasCodes, inputMax, biasUnit);
  const rounding = shift === 0 ? 0 : 2 ** (shift - 1);
  if (!(bound + rounding < 2 ** 31)) {
    throw new RangeError(
      `${_CANNOT}: accumulators of ${name} must stay below 2^31, they can reach ${
        bound + rounding
      }`,
    );
  }
  return {
    kernel: kernelCodes,
    bias: biasCodes.map((code) => code * biasUnit),
    shift,
    outputMax: 2 ** output.bits - 1,
    accumulatorBound: bound,
  };
}

/** The largest |bias| + sum |weight| input of any output; in float64, so that it cannot overflow. */
function _bound(
  kernel: Int32Array,
  bias: Int32Array,
  inputMax: number,
  biasUnit: number,
): number {
  const bounds = Array.from(bias, (code) => Math.abs(code) * biasUnit);
  kernel.forEach((code, k) => bounds[k % bounds.length] += Math.abs(code) * inputMax);
  return Math.max(...bounds);
}
