import type { EmdCnnWeights, LayerWeights, NormalisedLayerWeights } from "../types.ts";
import { type NamedLayer, namedLayers, onlyLayer, valuesOf } from "./named_layers.ts";
import type { NamedWeights } from "./types.ts";

/**
 * Weights of an EMD CNN from the tensors of a file with the published names: layers `conv2d_1`,
 * `conv2d_2`, ..., `dense_1` and `output`, batch normalisations `batchnorm_1`, ... after the
 * convolutions and `batchnormN` after the dense layer.
 *
 * The number of convolutions, their filters and kernels and the units of the dense layer are those
 * of the file: the published networks have 3 (one has 4), 32, 5 and 256 (that one, 32).
 *
 * @param named Tensors by name, from `readRawWeights` or `readKerasWeights`.
 * @returns The weights: copies.
 * @throws {TypeError} If a layer is missing or has a shape that does not fit to the others.
 *
 * @example
 * ```ts
 * import { emdCnnWeights, type WeightTensor } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * const named = new Map<string, WeightTensor>();
 * const put = (name: string, ...shape: number[]) =>
 *   named.set(name, { shape, values: new Float32Array(shape.reduce((a, b) => a * b)) });
 * put("conv2d_1/kernel", 3, 3, 6, 8), put("conv2d_1/bias", 8);
 * put("dense_1/kernel", 16 * 8, 2), put("dense_1/bias", 2);
 * put("output/kernel", 2, 1), put("output/bias", 1);
 * for (const role of ["gamma", "beta", "moving_mean", "moving_variance"]) {
 *   put(`batchnorm_1/${role}`, 8), put(`batchnorm2/${role}`, 2);
 * }
 * assertEquals(emdCnnWeights(named).convs.length, 1);
 * ```
 */
export function emdCnnWeights(named: NamedWeights): EmdCnnWeights {
  const layers = namedLayers(named);
  const convs: NormalisedLayerWeights[] = [];
  let channels = _CHANNELS_OF_PAIR;
  const count = layers.filter(_isCalled(/conv2d_\d+/)).length;
  for (let number = 1; number <= count; number++) {
    const conv = _layer(layers, `conv2d_${number}`);
    const [size, , , filters] = _kernelShape(conv, 4);
    const weights = _weights(conv, [size, size, channels, filters]);
    convs.push(_normalised(layers, number, weights));
    channels = filters;
  }
  const dense = _layer(layers, "dense_1");
  const [, units] = _kernelShape(dense, 2);
  return {
    convs,
    dense: _normalised(layers, count + 1, _weights(dense, [_PIXELS * channels, units])),
    output: _weights(_layer(layers, "output"), [units, 1]),
    epsilon: _PUBLISHED_EPSILON,
  };
}

const _DOING = "take weights of an EMD CNN";
const _PIXELS = 16;
const _CHANNELS_OF_PAIR = 6;
const _PUBLISHED_EPSILON = 1e-3;

function _layer(layers: readonly NamedLayer[], name: string): NamedLayer {
  return onlyLayer(layers, _isCalled(new RegExp(name)), `layer ${name}`, _DOING);
}

function _isCalled(name: RegExp): (layer: NamedLayer) => boolean {
  const ending = new RegExp(`(^|/)${name.source}$`);
  return (layer) => ending.test(layer.name);
}

function _kernelShape(layer: NamedLayer, axes: number): readonly number[] {
  const shape = layer.tensors.get("kernel")?.shape;
  if (shape?.length === axes) return shape;
  throw new TypeError(
    `Cannot ${_DOING}: kernel of ${layer.name} must have ${axes} axes, current value is ${shape}`,
  );
}

function _weights(layer: NamedLayer, shape: readonly number[]): LayerWeights {
  return {
    kernel: valuesOf(layer, "kernel", shape, _DOING),
    bias: valuesOf(layer, "bias", shape.slice(-1), _DOING),
  };
}

function _normalised(
  layers: readonly NamedLayer[],
  number: number,
  weights: LayerWeights,
): NormalisedLayerWeights {
  // The published files leave the underscore out of the last name.
  const name = `batchnorm_?${number}`;
  const layer = _layer(layers, name);
  const values = (role: string) => valuesOf(layer, role, [weights.bias.length], _DOING);
  return {
    ...weights,
    gamma: values("gamma"),
    beta: values("beta"),
    movingMean: values("moving_mean"),
    movingVariance: values("moving_variance"),
  };
}
