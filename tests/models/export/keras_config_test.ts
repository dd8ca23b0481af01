import { assertEquals } from "@std/assert";
import {
  kerasAutoencoder,
  kerasDecoder,
  kerasEncoder,
  type KerasLayer,
  type KerasModel,
} from "../../../src/models/export/keras_config.ts";
import { econFormats, PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";

/** Settings of the published quantisers, in QKeras's words. */
const bits = (bits: number, integer: number) => ({
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
});
const relu = (bits: number, integer: number) => ({
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
});

Deno.test("kerasEncoder() has the published layers, quantisers and limits", () => {
  const model = kerasEncoder(PUBLISHED_FORMATS);
  assertEquals(_classes(model), [
    "input_1 InputLayer",
    "input_qa QActivation",
    "conv2d_0_m QConv2D",
    "accum1_qa QActivation",
    "flatten Flatten",
    "encoded_vector QDense",
    "encod_qa QActivation",
  ]);
  const [input, image, conv, hidden, flat, dense, latents] = model.config.layers.map(_config);
  assertEquals(input.batch_input_shape, [null, 8, 8, 1]);
  assertEquals(
    [image, hidden, latents].map(({ activation }) => activation),
    [bits(10, 3), relu(11, 3), relu(9, 1)],
  );
  assertEquals(flat.data_format, "channels_last");
  assertEquals(dense.units, 16);
  _assertConvolution(conv, 8, 2);
  const clip = { class_name: "Clip", config: { min_value: -2, max_value: 2 } };
  for (const layer of [conv, dense]) {
    assertEquals([layer.kernel_quantizer, layer.bias_quantizer], [bits(5, 1), bits(5, 1)]);
    assertEquals([layer.kernel_constraint, layer.bias_constraint], [clip, clip]);
    assertEquals([layer.activation, layer.use_bias], ["linear", true]);
  }
});

Deno.test("kerasEncoder() follows the formats", () => {
  const { layers } = kerasEncoder(econFormats({ latentBits: 3, weightBits: 6 })).config;
  assertEquals(_config(layers[2]).kernel_quantizer, bits(6, 1));
  assertEquals(_config(layers[6]).activation, relu(3, 1));
});

Deno.test("kerasDecoder() has the published layers", () => {
  const model = kerasDecoder();
  assertEquals(_classes(model), [
    "decoder_input InputLayer",
    "de_dense_final Dense",
    "de_reshape Reshape",
    "conv2D_t_0 Conv2DTranspose",
    "conv2d_t_final Conv2DTranspose",
    "decoder_output Activation",
  ]);
  const [input, dense, reshape, conv1, conv2, output] = model.config.layers.map(_config);
  assertEquals(input.batch_input_shape, [null, 16]);
  assertEquals([dense.units, reshape.target_shape], [128, [4, 4, 8]]);
  _assertConvolution(conv1, 8, 2);
  _assertConvolution(conv2, 1, 1);
  assertEquals([dense, conv1, conv2, output].map(({ activation }) => activation), [
    "relu",
    "relu",
    "linear",
    "sigmoid",
  ]);
});

Deno.test("each layer takes what the one before returns", () => {
  for (const model of [kerasEncoder(PUBLISHED_FORMATS), kerasDecoder()]) {
    const { layers, input_layers: inputs, output_layers: outputs } = model.config;
    const names = layers.map(({ name }) => name);
    assertEquals(layers[0].inbound_nodes, []);
    assertEquals(
      layers.slice(1).map(({ inbound_nodes: from }) => from),
      names.slice(0, -1).map((name) => [[[name, 0, 0, {}] as const]]),
    );
    assertEquals([inputs, outputs], [[[names[0], 0, 0]], [[names.at(-1), 0, 0]]]);
    assertEquals(layers.map((layer) => _config(layer).name), names);
  }
});

Deno.test("kerasAutoencoder() calls each model a second time", () => {
  const { layers, input_layers: inputs, output_layers: outputs } =
    kerasAutoencoder(PUBLISHED_FORMATS).config;
  assertEquals(layers.slice(1).map(({ class_name, config }) => ({ class_name, config })), [
    kerasEncoder(PUBLISHED_FORMATS),
    kerasDecoder(),
  ] as object[]);
  assertEquals(layers.map(({ name, inbound_nodes: from }) => [name, from]), [
    ["input_1", []],
    ["encoder", [[["input_1", 0, 0, {}]]]],
    ["decoder", [[["encoder", 1, 0, {}]]]],
  ]);
  assertEquals([inputs, outputs], [[["input_1", 0, 0]], [["decoder", 1, 0]]]);
});

function _classes(model: KerasModel): string[] {
  return model.config.layers.map(({ name, class_name: type }) => `${name} ${type}`);
}

// deno-lint-ignore no-explicit-any
function _config(layer: KerasLayer): any {
  return layer.config;
}

// deno-lint-ignore no-explicit-any
function _assertConvolution(config: any, filters: number, stride: number): void {
  assertEquals(
    [config.filters, config.kernel_size, config.strides, config.padding, config.data_format],
    [filters, [3, 3], [stride, stride], "same", "channels_last"],
  );
}
