/**
 * Architecture of the autoencoder in Keras's words: the JSON that Keras keeps beside weights.
 *
 * Layers, names and quantisers are those of the published quantised autoencoder (QKeras 0.9,
 * Keras 2.8). Left out is what only tells Keras which objects are the same one.
 *
 * @module
 */
import type { EconFormats } from "../types.ts";
import type { FixedPoint } from "../../quantization/types.ts";

/** A Keras object: its class, and what its constructor takes. */
export interface KerasObject {
  /** Name of the class. */
  readonly class_name: string;
  /** Arguments of its constructor. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** A layer of a Keras model. */
export interface KerasLayer extends KerasObject {
  /** Name, unique in the model. */
  readonly name: string;
  /** Where its input comes from: layer, number of its call, number of its output, arguments. */
  readonly inbound_nodes: readonly (readonly (readonly [string, number, number, object])[])[];
}

/** A model whose layers are a chain. */
export interface KerasModel extends KerasObject {
  /** The layers, in order. */
  readonly config: {
    readonly name: string;
    readonly layers: readonly KerasLayer[];
    readonly input_layers: readonly (readonly [string, number, number])[];
    readonly output_layers: readonly (readonly [string, number, number])[];
  };
}

/**
 * The quantised encoder: image [8, 8, 1] in, 16 latents out.
 *
 * @param formats Fixed-point formats.
 * @returns The model.
 */
export function kerasEncoder(formats: EconFormats): KerasModel {
  const quantizer = _quantizedBits(formats.weights);
  // QKeras keeps weights in the range of their quantiser, its upper end rounded up.
  const limit = 2 ** formats.weights.integer;
  const clip = { class_name: "Clip", config: { min_value: -limit, max_value: limit } };
  const quantized = {
    activation: "linear",
    use_bias: true,
    kernel_initializer: {
      class_name: "QInitializer",
      config: {
        initializer: { class_name: "HeNormal", config: { seed: null } },
        use_scale: true,
        quantizer,
      },
    },
    bias_initializer: _object("Zeros"),
    kernel_regularizer: null,
    bias_regularizer: null,
    activity_regularizer: null,
    kernel_constraint: clip,
    bias_constraint: clip,
    kernel_quantizer: quantizer,
    bias_quantizer: quantizer,
    kernel_range: null,
    bias_range: null,
  };
  return _chain("encoder", [
    _input("input_1", [8, 8, 1]),
    _layer("QActivation", "input_qa", { activation: _quantizedBits(formats.input) }),
    _layer("QConv2D", "conv2d_0_m", { ..._convolution(8, 2), ...quantized }),
    _layer("QActivation", "accum1_qa", { activation: _quantizedRelu(formats.hidden) }),
    _layer("Flatten", "flatten", { data_format: "channels_last" }),
    _layer("QDense", "encoded_vector", { units: 16, ...quantized }),
    _layer("QActivation", "encod_qa", { activation: _quantizedRelu(formats.latent) }),
  ]);
}

/**
 * The decoder: 16 latents in, image [8, 8, 1] out.
 *
 * @returns The model.
 */
export function kerasDecoder(): KerasModel {
  const trained = (activation: string) => ({
    activation,
    use_bias: true,
    kernel_initializer: { class_name: "GlorotUniform", config: { seed: null } },
    bias_initializer: _object("Zeros"),
    kernel_regularizer: null,
    bias_regularizer: null,
    activity_regularizer: null,
    kernel_constraint: null,
    bias_constraint: null,
  });
  const transposed = (name: string, filters: number, stride: number, activation: string) =>
    _layer("Conv2DTranspose", name, {
      ..._convolution(filters, stride),
      ...trained(activation),
      output_padding: null,
    });
  return _chain("decoder", [
    _input("decoder_input", [16]),
    _layer("Dense", "de_dense_final", { units: 128, ...trained("relu") }),
    _layer("Reshape", "de_reshape", { target_shape: [4, 4, 8] }),
    transposed("conv2D_t_0", 8, 2, "relu"),
    transposed("conv2d_t_final", 1, 1, "linear"),
    _layer("Activation", "decoder_output", { activation: "sigmoid" }),
  ]);
}

/**
 * The decoder after the encoder, image in, image out: the layers are the two models.
 *
 * @param formats Fixed-point formats of the encoder.
 * @returns The model.
 */
export function kerasAutoencoder(formats: EconFormats): KerasModel {
  const models = [kerasEncoder(formats), kerasDecoder()];
  return _chain("autoencoder", [
    _input("input_1", [8, 8, 1]),
    ...models.map((model) => ({ ...model, name: model.config.name, inbound_nodes: [] })),
  ], { calls: 1 });
}

function _quantizedBits({ bits, integer }: FixedPoint): KerasObject {
  return {
    class_name: "quantized_bits",
    config: {
      bits,
      integer,
      symmetric: 0,
      alpha: 1,
      keep_negative: 1,
      use_stochastic_rounding: false,
      qnoise_factor: 1,
    },
  };
}

function _quantizedRelu({ bits, integer }: FixedPoint): KerasObject {
  return {
    class_name: "quantized_relu",
    config: {
      bits,
      integer,
      use_sigmoid: 0,
      negative_slope: 0,
      use_stochastic_rounding: false,
      relu_upper_bound: null,
      qnoise_factor: 1,
    },
  };
}

function _convolution(filters: number, stride: number): Record<string, unknown> {
  return {
    filters,
    kernel_size: [3, 3],
    strides: [stride, stride],
    padding: "same",
    data_format: "channels_last",
    dilation_rate: [1, 1],
    groups: 1,
  };
}

function _input(name: string, shape: readonly number[]): KerasLayer {
  const config = {
    batch_input_shape: [null, ...shape],
    dtype: "float32",
    sparse: false,
    ragged: false,
    name,
  };
  return { class_name: "InputLayer", config, name, inbound_nodes: [] };
}

function _layer(className: string, name: string, config: Record<string, unknown>): KerasLayer {
  return {
    class_name: className,
    config: { name, trainable: true, dtype: "float32", ...config },
    name,
    inbound_nodes: [],
  };
}

function _object(className: string): KerasObject {
  return { class_name: className, config: {} };
}

/**
 * Each layer takes what the one before returns. A model within a model has been called once already,
 * when it was made, so that its output here is that of call 1.
 */
function _chain(
  name: string,
  layers: readonly KerasLayer[],
  { calls = 0 }: { calls?: number } = {},
): KerasModel {
  const output = (layer: number) => [layers[layer].name, layer === 0 ? 0 : calls, 0] as const;
  return {
    class_name: "Functional",
    config: {
      name,
      layers: layers.map((layer, k) => ({
        ...layer,
        inbound_nodes: k === 0 ? [] : [[[...output(k - 1), {}]]],
      })),
      input_layers: [output(0)],
      output_layers: [output(layers.length - 1)],
    },
  };
}
