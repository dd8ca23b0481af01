import type { EconAutoencoderWeights, EconFormats, LayerWeights } from "../types.ts";
import { hasShape, type NamedLayer, namedLayers, onlyLayer, valuesOf } from "./named_layers.ts";
import type { NamedWeights } from "./types.ts";

/**
 * Weights of an ECON-T autoencoder from the tensors of a file.
 *
 * Published files call their layers differently; what they share is that paths begin with `encoder`
 * or `decoder`, and within these the shape of the kernel tells the layers apart.
 *
 * @param named Tensors by name, from `readRawWeights` or `readKerasWeights`.
 * @param formats Fixed-point formats of a quantised encoder, for example `PUBLISHED_FORMATS`; a float
 * encoder if left out.
 * @returns The weights: copies, not quantised.
 * @throws {TypeError} If a layer is missing, or there are two of one shape.
 *
 * @example
 * ```ts
 * import { econAutoencoderWeights, PUBLISHED_FORMATS, type WeightTensor } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * const named = new Map<string, WeightTensor>();
 * const put = (name: string, ...shape: number[]) =>
 *   named.set(name, { shape, values: new Float32Array(shape.reduce((a, b) => a * b)) });
 * put("encoder/conv/kernel:0", 3, 3, 1, 8), put("encoder/conv/bias:0", 8);
 * put("encoder/latent/kernel:0", 128, 16), put("encoder/latent/bias:0", 16);
 * put("decoder/dense/kernel:0", 16, 128), put("decoder/dense/bias:0", 128);
 * put("decoder/up/kernel:0", 3, 3, 8, 8), put("decoder/up/bias:0", 8);
 * put("decoder/image/kernel:0", 3, 3, 1, 8), put("decoder/image/bias:0", 1);
 * assertEquals(econAutoencoderWeights(named, PUBLISHED_FORMATS).decoder.conv2.bias.length, 1);
 * ```
 */
export function econAutoencoderWeights(
  named: NamedWeights,
  formats?: EconFormats,
): EconAutoencoderWeights {
  const layers = namedLayers(named);
  return {
    encoder: {
      conv: _layer(layers, "encoder", [3, 3, 1, 8], 8),
      dense: _layer(layers, "encoder", [128, 16], 16),
      ...(formats && { formats }),
    },
    decoder: {
      dense: _layer(layers, "decoder", [16, 128], 128),
      conv1: _layer(layers, "decoder", [3, 3, 8, 8], 8),
      conv2: _layer(layers, "decoder", [3, 3, 1, 8], 1),
    },
  };
}

const _DOING = "take weights of an autoencoder";

function _layer(
  layers: readonly NamedLayer[],
  part: "encoder" | "decoder",
  shape: readonly number[],
  outputs: number,
): LayerWeights {
  const layer = onlyLayer(
    layers,
    ({ name, tensors }) => name.startsWith(`${part}/`) && hasShape(tensors.get("kernel"), shape),
    `layer of the ${part} with a kernel of shape [${shape}]`,
    _DOING,
  );
  return {
    kernel: valuesOf(layer, "kernel", shape, _DOING),
    bias: valuesOf(layer, "bias", [outputs], _DOING),
  };
}
