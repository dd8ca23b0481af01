/**
 * Fixed-point numbers as QKeras means them, on plain typed arrays. No tensors.
 *
 * Each quantiser tells its step, its least and largest value and its table of codes, prints its
 * configuration in QKeras's form, and gives the straight-through gradient that training uses.
 *
 * @module
 */
export type {
  AutoScaledQuantizer,
  FixedPoint,
  FixedPointRule,
  Gate,
  Quantizer,
  QuantizingFunction,
} from "./types.ts";
export type { AutoScale, AutoScaledBitsOptions } from "./auto_scaled_bits.ts";
export type { SigmoidName } from "./sigmoids.ts";
export { quantizedBits, type QuantizedBitsOptions } from "./quantized_bits.ts";
export { quantizedRelu, type QuantizedReluOptions } from "./quantized_relu.ts";
export { binary, type BinaryOptions } from "./binary.ts";
export { ternary, type TernaryOptions } from "./ternary.ts";
export { quantizedSigmoid, type QuantizedSigmoidOptions } from "./quantized_sigmoid.ts";
export { quantizedTanh, type QuantizedTanhOptions } from "./quantized_tanh.ts";
export { quantizedHswish, type QuantizedHswishOptions } from "./quantized_hswish.ts";
export { quantizedPo2, type QuantizedPo2Options } from "./quantized_po2.ts";
export { quantizedReluPo2, type QuantizedReluPo2Options } from "./quantized_relu_po2.ts";
export { parseQuantizer, type ParseQuantizerOptions } from "./parse_quantizer.ts";
