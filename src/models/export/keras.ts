/**
 * Keras's HDF5 files.
 *
 * It stands apart from the other formats because it brings a package of 14 MB.
 *
 * @module
 */
import { File, type Group, ready } from "npm:h5wasm@0.10.3";
import type { EconAutoencoderWeights, LayerWeights } from "../types.ts";
import { kerasAutoencoder, kerasDecoder, kerasEncoder, type KerasModel } from "./keras_config.ts";

/** Keras models, each the bytes of an `.h5` file. */
export interface KerasFiles {
  /** The encoder. */
  readonly encoder: Uint8Array<ArrayBuffer>;
  /** The decoder. */
  readonly decoder: Uint8Array<ArrayBuffer>;
  /** The decoder after the encoder. */
  readonly autoencoder: Uint8Array<ArrayBuffer>;
}

/**
 * Encoder, decoder and both in one as Keras files, as `model.save("x.h5")` of Keras 2 writes them:
 * the architecture, which QKeras's classes quantise, in the attribute `model_config`, and the weights
 * as trained. Layers, paths of weights and quantisers are those of the published autoencoder.
 *
 * To load them in Python:
 *
 * ```py
 * from qkeras.utils import load_qmodel
 * encoder = load_qmodel("encoder.h5", compile=False)
 * ```
 *
 * @param weights The weights. Keras keeps kernels in the order in which they are here.
 * @returns The files.
 * @throws {TypeError} If the encoder has no formats.
 *
 * @example
 * ```ts
 * import { kerasFiles } from "./keras.ts";
 * import { readKerasWeights } from "../published/keras_weights.ts";
 * import { econFormats } from "../published/econ_formats.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const layer = (kernel: number, bias: number) => ({
 *   kernel: new Float32Array(kernel).fill(0.5),
 *   bias: new Float32Array(bias),
 * });
 * const files = await kerasFiles({
 *   encoder: { conv: layer(72, 8), dense: layer(2048, 16), formats: econFormats() },
 *   decoder: { dense: layer(2048, 128), conv1: layer(576, 8), conv2: layer(72, 1) },
 * });
 * const named = await readKerasWeights(files.encoder);
 * assertEquals(named.get("encoded_vector/encoded_vector/kernel:0")?.shape, [128, 16]);
 * ```
 */
export async function kerasFiles(weights: EconAutoencoderWeights): Promise<KerasFiles> {
  const { encoder, decoder } = weights, { formats } = encoder;
  if (formats === undefined) {
    throw new TypeError(
      "Cannot export to Keras: encoder must have formats, current value is undefined",
    );
  }
  const encoderLayers = {
    conv2d_0_m: _weights([3, 3, 1, 8], encoder.conv),
    encoded_vector: _weights([128, 16], encoder.dense),
  };
  const decoderLayers = {
    de_dense_final: _weights([16, 128], decoder.dense),
    conv2D_t_0: _weights([3, 3, 8, 8], decoder.conv1),
    conv2d_t_final: _weights([3, 3, 1, 8], decoder.conv2),
  };
  const own = (layers: Record<string, _Weights>) =>
    Object.fromEntries(Object.entries(layers).map(([name, layer]) => [name, { [name]: layer }]));
  await ready;
  return {
    encoder: await _file(kerasEncoder(formats), own(encoderLayers)),
    decoder: await _file(kerasDecoder(), own(decoderLayers)),
    autoencoder: await _file(kerasAutoencoder(formats), {
      encoder: encoderLayers,
      decoder: decoderLayers,
    }),
  };
}

/** Arrays of a layer by name. */
type _Weights = Readonly<Record<string, { shape: number[]; data: Float32Array }>>;

/** Version of Keras that wrote the published files. */
const _VERSION = { keras_version: "2.8.0", backend: "tensorflow" };

function _weights(shape: number[], { kernel, bias }: LayerWeights): _Weights {
  return {
    "kernel:0": { shape, data: kernel },
    "bias:0": { shape: [bias.length], data: bias },
  };
}

/**
 * A file: a group for each layer of the model, in it a group for each layer with weights, which is
 * the layer itself unless the layer is a model.
 */
async function _file(
  model: KerasModel,
  layers: Readonly<Record<string, Readonly<Record<string, _Weights>>>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { FS } = await ready;
  // The package works on files of its own, in memory.
  const path = `${model.config.name}.h5`;
  const file = new File(path, "w");
  try {
    _attributes(file, { ..._VERSION, model_config: JSON.stringify(model) });
    const root = file.create_group("model_weights") as Group;
    _attributes(root, _VERSION);
    const names = model.config.layers.map((layer) => layer.name);
    _names(root, "layer_names", names);
    for (const name of [...names, "top_level_model_weights"]) {
      const group = root.create_group(name) as Group;
      const inner = Object.entries(layers[name] ?? {});
      _names(
        group,
        "weight_names",
        inner.flatMap(([layer, arrays]) => Object.keys(arrays).map((array) => `${layer}/${array}`)),
      );
      for (const [layer, arrays] of inner) {
        const place = group.create_group(layer) as Group;
        for (const [array, { shape, data }] of Object.entries(arrays)) {
          place.create_dataset({ name: array, data, shape, dtype: "<f4" });
        }
      }
    }
    file.flush();
    file.close();
    return new Uint8Array(FS.readFile(path));
  } finally {
    FS.unlink(path);
  }
}

function _attributes(group: Group, attributes: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(attributes)) group.create_attribute(name, text);
}

/** A list of names as bytes of one length; an empty one is a list of numbers, as Keras writes it. */
function _names(group: Group, attribute: string, names: string[]): void {
  if (names.length === 0) group.create_attribute(attribute, [], [0], "<d");
  else {
    const length = Math.max(...names.map((name) => new TextEncoder().encode(name).length));
    group.create_attribute(attribute, names, [names.length], `S${length}`);
  }
}
