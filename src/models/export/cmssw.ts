import type { EconDecoderWeights, IntegerEncoderSpec } from "../types.ts";
import { checkFloat32Integers } from "./float32_integers.ts";
import { type Attribute, attribute, FrozenGraph } from "./frozen_graph.ts";

/** Frozen TensorFlow graphs for CMSSW, each the bytes of a `.pb` file. */
export interface CmsswGraphs {
  /** The encoder. */
  readonly encoder: Uint8Array<ArrayBuffer>;
  /** The decoder. */
  readonly decoder: Uint8Array<ArrayBuffer>;
}

/**
 * Encoder and decoder as frozen TensorFlow graphs, as CMSSW's `HGCalConcentratorAutoEncoderImpl`
 * takes them: the first node is the input and the last node the output.
 *
 * | graph   | first node            | last node                                                     |
 * | ------- | --------------------- | ------------------------------------------------------------- |
 * | encoder | input_1 [N, 8, 8, 1]  | encod_qa [N, 16]: latents, code / 2^(fraction bits of latents) |
 * | decoder | decoder_input [1, 16] | decoder_output [1, 8, 8, 1]: the image, normalised            |
 *
 * All is float32. The encoder's input is encoding A of a wafer that was divided by the highest power
 * of two in its sum, as CMSSW's bit-shift normalisation does it. The graph reckons with the codes of
 * the integer encoder, which are exact in float32; TensorFlow's Round is half to even. The decoder
 * takes one wafer at a time, as CMSSW gives them, because TensorFlow wants to be told the size of
 * what a transposed convolution returns.
 *
 * @param spec The encoder in integers.
 * @param decoder Weights of the decoder.
 * @returns Both graphs.
 * @throws {RangeError} If an accumulator can exceed 2^24: it would not be exact in float32.
 * @see https://github.com/cms-sw/cmssw/tree/master/L1Trigger/L1THGCal/src/concentrator
 */
export function cmsswGraphs(spec: IntegerEncoderSpec, decoder: EconDecoderWeights): CmsswGraphs {
  checkFloat32Integers(spec, "export to CMSSW");
  return { encoder: _encoder(spec), decoder: _decoder(decoder) };
}

function _encoder(spec: IntegerEncoderSpec): Uint8Array<ArrayBuffer> {
  const { conv, dense, inputFractionBits, inputMax, latentFractionBits } = spec;
  const graph = new FrozenGraph("input_1", [-1, 8, 8, 1]);
  let x = _scale(graph, "input_qa/scale", "input_1", 2 ** inputFractionBits);
  x = _roundAndClip(graph, "input_qa", x, -inputMax - 1, inputMax);
  const kernel = graph.constant("conv2d_0_m/kernel", "float32", [3, 3, 1, 8], conv.kernel);
  x = graph.add("Conv2D", "conv2d_0_m/conv", [x, kernel], _convolution(2));
  x = _addBias(graph, "conv2d_0_m", x, conv.bias);
  x = _scale(graph, "accum1_qa/scale", x, 2 ** -conv.shift);
  x = _roundAndClip(graph, "accum1_qa", x, 0, conv.outputMax);
  x = _reshape(graph, "flatten", x, [-1, 128]);
  x = _dense(graph, "encoded_vector", x, [128, 16], dense);
  x = _scale(graph, "encod_qa/scale", x, 2 ** -dense.shift);
  x = _roundAndClip(graph, "encod_qa/codes", x, 0, dense.outputMax);
  _scale(graph, "encod_qa", x, 2 ** -latentFractionBits);
  return graph.bytes();
}

function _decoder({ dense, conv1, conv2 }: EconDecoderWeights): Uint8Array<ArrayBuffer> {
  const graph = new FrozenGraph("decoder_input", [1, 16]);
  let x = _dense(graph, "de_dense_final", "decoder_input", [16, 128], dense);
  x = graph.add("Relu", "de_dense_final/relu", [x]);
  x = _reshape(graph, "de_reshape", x, [1, 4, 4, 8]);
  x = _transposedConvolution(graph, "conv2D_t_0", x, 2, [3, 3, 8, 8], conv1);
  x = graph.add("Relu", "conv2D_t_0/relu", [x]);
  x = _transposedConvolution(graph, "conv2d_t_final", x, 1, [3, 3, 1, 8], conv2);
  graph.add("Sigmoid", "decoder_output", [x]);
  return graph.bytes();
}

/** A layer's numbers: integers of the encoder or floats of the decoder. */
interface _Layer {
  readonly kernel: Iterable<number>;
  readonly bias: Int32Array | Float32Array;
}

function _scale(graph: FrozenGraph, name: string, x: string, factor: number): string {
  return graph.add("Mul", name, [x, graph.constant(`${name}/factor`, "float32", [], [factor])]);
}

/** Rounds to the nearest code, half to even, and saturates. The node of the given name is the last. */
function _roundAndClip(
  graph: FrozenGraph,
  name: string,
  x: string,
  min: number,
  max: number,
): string {
  const [least, most] = [["min", min], ["max", max]].map(([bound, code]) =>
    graph.constant(`${name}/${bound}`, "float32", [], [Number(code)])
  );
  const rounded = graph.add("Round", `${name}/round`, [x]);
  const below = graph.add("Minimum", `${name}/minimum`, [rounded, most]);
  return graph.add("Maximum", name, [below, least]);
}

function _addBias(graph: FrozenGraph, layer: string, x: string, bias: _Layer["bias"]): string {
  const constant = graph.constant(`${layer}/bias`, "float32", [bias.length], bias);
  return graph.add("BiasAdd", layer, [x, constant], { data_format: attribute.text("NHWC") });
}

function _dense(
  graph: FrozenGraph,
  name: string,
  x: string,
  shape: readonly number[],
  { kernel, bias }: _Layer,
): string {
  const constant = graph.constant(`${name}/kernel`, "float32", shape, kernel);
  const product = graph.add("MatMul", `${name}/product`, [x, constant], {
    transpose_a: attribute.boolean(false),
    transpose_b: attribute.boolean(false),
  });
  return _addBias(graph, name, product, bias);
}

function _transposedConvolution(
  graph: FrozenGraph,
  name: string,
  x: string,
  stride: number,
  shape: readonly number[],
  { kernel, bias }: _Layer,
): string {
  // TensorFlow's name for it tells where it comes from: it is the gradient of a convolution in its
  // input. Its kernel is (row, column, out, in), as Keras keeps it.
  const size = graph.constant(`${name}/size`, "int32", [4], [1, 8, 8, shape[2]]);
  const constant = graph.constant(`${name}/kernel`, "float32", shape, kernel);
  const product = graph.add(
    "Conv2DBackpropInput",
    `${name}/conv`,
    [size, constant, x],
    _convolution(stride),
  );
  return _addBias(graph, name, product, bias);
}

function _reshape(graph: FrozenGraph, name: string, x: string, shape: readonly number[]): string {
  const constant = graph.constant(`${name}/shape`, "int32", [shape.length], shape);
  return graph.add("Reshape", name, [x, constant], { Tshape: attribute.type("int32") });
}

function _convolution(stride: number): Record<string, Attribute> {
  return {
    strides: attribute.integers([1, stride, stride, 1]),
    padding: attribute.text("SAME"),
    data_format: attribute.text("NHWC"),
    dilations: attribute.integers([1, 1, 1, 1]),
    explicit_paddings: attribute.integers([]),
    use_cudnn_on_gpu: attribute.boolean(true),
  };
}
