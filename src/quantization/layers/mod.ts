/**
 * Quantisation-aware training on tfjs: fixed-point operations with straight-through gradients, and
 * layers made of them.
 *
 * The same layers for models of tf.layers (`QDense`, `QConv2D`, `QActivation`) stand in
 * `keras_layers.ts`, apart from here, so that only who uses them downloads tf.layers.
 *
 * @module
 */
export { fakeQuantize } from "./fake_quantize.ts";
export { quantizedDense, type WeightQuantizers } from "./quantized_dense.ts";
export { quantizedConv2d, type QuantizedConv2dOptions } from "./quantized_conv2d.ts";
