import type { IntegerEncoderSpec, IntegerLayer } from "../types.ts";
import { checkFloat32Integers } from "./float32_integers.ts";
import { cellOfPixel } from "./image_cells.ts";
import { bytesField, integerField, message, tensorBytes, textField } from "./protobuf.ts";

/**
 * The encoder as an ONNX model (operator set 13): charges in, latents out, all else inside.
 *
 * | name    | type    | shape   | what                                                                |
 * | ------- | ------- | ------- | ------------------------------------------------------------------- |
 * | charges | int32   | [N, 48] | input: charges in train order, each >= 0 and below 2^24             |
 * | codes   | int32   | [N, 16] | output: the latents as integers, those of the integer encoder       |
 * | latents | float32 | [N, 16] | output: the latents as numbers, code / 2^(fraction bits of latents) |
 *
 * The graph reckons with the codes of the integer encoder in float32, where they are exact. Rounding
 * is ONNX's Round, half to even. The power of two in a wafer's sum is found by comparing the sum with
 * the powers of two, because a logarithm in float32 would miss it. A wafer without charge is encoded
 * as an image of zeros.
 *
 * @param spec The encoder in integers.
 * @returns The model's bytes, for a file that ends in `.onnx`.
 * @throws {RangeError} If an accumulator can exceed 2^24: it would not be exact in float32.
 * @see https://onnx.ai/onnx/operators
 */
export function onnxEncoder(spec: IntegerEncoderSpec): Uint8Array<ArrayBuffer> {
  checkFloat32Integers(spec, "export to ONNX");
  const pixels = cellOfPixel(spec);
  const graph = message(
    // Scale of each wafer: 2^(fraction bits of the input) over the highest power of two in its sum.
    _node("ReduceSum", ["charges", "axis_1"], "sum"),
    _node("GreaterOrEqual", ["sum", "powers_of_two"], "at_least"),
    _node("Cast", ["at_least"], "bits", { to: INT64 }),
    _node("ReduceSum", ["bits", "axis_1"], "highest_bit"),
    _node("Gather", ["scales", "highest_bit"], "scale"),
    // The image, in codes of the input.
    _node("Cast", ["charges"], "charges_float", { to: FLOAT }),
    _node("Mul", ["charges_float", "scale"], "charges_scaled"),
    ..._roundAndClip("charges_scaled", "input", "cells"),
    _node("Pad", ["cells", "one_cell_more"], "cells_and_zero"),
    _node("Gather", ["cells_and_zero", "cell_of_pixel"], "pixels", { axis: 1 }),
    _node("Reshape", ["pixels", "image_shape"], "image"),
    // Convolution; ONNX wants channels first, the dense layer channels last.
    _node("Conv", ["image", "conv_kernel", "conv_bias"], "conv", {
      strides: [2, 2],
      pads: [0, 0, 1, 1], // top, left, bottom, right
    }),
    _node("Mul", ["conv", "conv_scale"], "conv_scaled"),
    ..._roundAndClip("conv_scaled", "hidden", "hidden"),
    _node("Transpose", ["hidden"], "hidden_rows", { perm: [0, 2, 3, 1] }),
    _node("Reshape", ["hidden_rows", "flat_shape"], "hidden_flat"),
    // Dense layer.
    _node("Gemm", ["hidden_flat", "dense_kernel", "dense_bias"], "dense"),
    _node("Mul", ["dense", "dense_scale"], "dense_scaled"),
    ..._roundAndClip("dense_scaled", "latent", "codes_float"),
    _node("Cast", ["codes_float"], "codes", { to: INT32 }),
    // From the integers, so that no latent is -0, which Round makes of small negative numbers.
    _node("Cast", ["codes"], "codes_again", { to: FLOAT }),
    _node("Mul", ["codes_again", "latent_step"], "latents"),
    textField(2, "econ_encoder"),
    ..._constants({
      axis_1: [INT64, [1], [1]],
      powers_of_two: [INT32, [SUM_BITS - 1], _range(1, SUM_BITS).map((k) => 2 ** k)],
      scales: [
        FLOAT,
        [SUM_BITS],
        _range(0, SUM_BITS).map((k) => 2 ** (spec.inputFractionBits - k)),
      ],
      input_min: [FLOAT, [], [-spec.inputMax - 1]],
      input_max: [FLOAT, [], [spec.inputMax]],
      one_cell_more: [INT64, [4], [0, 0, 0, 1]],
      cell_of_pixel: [INT64, [64], pixels.map((cell) => cell ?? EMPTY_CELL)],
      image_shape: [INT64, [4], [-1, 1, 8, 8]],
      conv_kernel: [FLOAT, [8, 1, 3, 3], _filtersFirst(spec.conv.kernel)],
      conv_bias: [FLOAT, [8], spec.conv.bias],
      ..._outputOf("conv", "hidden", spec.conv),
      flat_shape: [INT64, [2], [-1, 128]],
      dense_kernel: [FLOAT, [128, 16], spec.dense.kernel],
      dense_bias: [FLOAT, [16], spec.dense.bias],
      ..._outputOf("dense", "latent", spec.dense),
      latent_step: [FLOAT, [], [2 ** -spec.latentFractionBits]],
    }),
    bytesField(11, _value("charges", INT32, 48, "Charges of the 48 trigger cells, train order")),
    bytesField(12, _value("codes", INT32, 16, "Latents as integers")),
    bytesField(12, _value("latents", FLOAT, 16, "Latents as numbers")),
  );
  return message(
    integerField(1, 7), // version of the file format that goes with operator set 13
    textField(2, "hexmover"),
    bytesField(7, graph),
    bytesField(8, integerField(2, 13)),
  );
}

/** Numbers of the types of tensors. */
const FLOAT = 1, INT32 = 6, INT64 = 7;

/** Sums of 48 charges below 2^24 are below 2^30. */
const SUM_BITS = 30;

/** Where empty pixels look: at the zero that is appended to the 48 cells. */
const EMPTY_CELL = 48;

type _Attributes = Readonly<Record<string, number | readonly number[]>>;
type _Constant = readonly [type: number, shape: readonly number[], values: Iterable<number>];

function _node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: _Attributes = {},
): Uint8Array {
  return bytesField(
    1,
    message(
      ...inputs.map((name) => textField(1, name)),
      textField(2, output),
      textField(3, output),
      textField(4, operator),
      ...Object.entries(attributes).map(([name, value]) => bytesField(5, _attribute(name, value))),
    ),
  );
}

function _attribute(name: string, value: number | readonly number[]): Uint8Array {
  const INT = 2, INTS = 7;
  return typeof value === "number"
    ? message(textField(1, name), integerField(3, value), integerField(20, INT))
    : message(textField(1, name), ...value.map((i) => integerField(8, i)), integerField(20, INTS));
}

/** Rounds to the nearest code, half to even, and saturates. */
function _roundAndClip(from: string, range: string, to: string): Uint8Array[] {
  return [
    _node("Round", [from], `${from}_rounded`),
    _node("Clip", [`${from}_rounded`, `${range}_min`, `${range}_max`], to),
  ];
}

function _outputOf(
  layer: string,
  range: string,
  { shift, outputMax }: IntegerLayer,
): Record<string, _Constant> {
  return {
    [`${layer}_scale`]: [FLOAT, [], [2 ** -shift]],
    [`${range}_min`]: [FLOAT, [], [0]],
    [`${range}_max`]: [FLOAT, [], [outputMax]],
  };
}

function _constants(constants: Readonly<Record<string, _Constant>>): Uint8Array[] {
  const types = { [FLOAT]: "float32", [INT32]: "int32", [INT64]: "int64" } as const;
  return Object.entries(constants).map(([name, [type, shape, values]]) =>
    bytesField(
      5,
      message(
        ...shape.map((size) => integerField(1, size)),
        integerField(2, type),
        textField(8, name),
        bytesField(9, tensorBytes(values, types[type as keyof typeof types])),
      ),
    )
  );
}

/** An input or output with any number of rows. */
function _value(name: string, type: number, columns: number, describe: string): Uint8Array {
  const shape = message(
    bytesField(1, textField(2, "N")),
    bytesField(1, integerField(1, columns)),
  );
  const tensorType = message(integerField(1, type), bytesField(2, shape));
  return message(
    textField(1, name),
    bytesField(2, bytesField(1, tensorType)),
    textField(3, describe),
  );
}

/** A kernel [3, 3, 1, 8] as [8, 1, 3, 3]. */
function _filtersFirst(kernel: Int32Array): number[] {
  return _range(0, 8).flatMap((filter) => _range(0, 9).map((place) => kernel[8 * place + filter]));
}

function _range(first: number, end: number): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}
