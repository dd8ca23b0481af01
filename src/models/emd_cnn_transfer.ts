/**
 * Weights of an EMD CNN into and out of tfjs.
 *
 * @module
 */
import type { Model } from "../tensor/types.ts";
import { assignVariable } from "../tensor/variables.ts";
import { buildEmdCnn } from "./emd_cnn.ts";
import type { EmdCnnWeights, LayerWeights, NormalisedLayerWeights } from "./types.ts";

/**
 * An EMD CNN on tfjs with given weights, to be frozen in a loss or trained on.
 *
 * Biases before a normalisation go into its running mean, since the model has none.
 *
 * @param weights The weights, with epsilon 1e-3.
 * @returns The model, on the backend in use.
 * @throws {RangeError} If epsilon is another.
 * @throws {TypeError} If the layers do not fit to each other.
 */
export function loadEmdCnn(weights: EmdCnnWeights): Model {
  if (weights.epsilon !== 1e-3) {
    throw new RangeError(
      `Cannot load an EMD CNN: epsilon must be 0.001, current value is ${weights.epsilon}`,
    );
  }
  const filters = weights.convs[0].bias.length;
  const model = buildEmdCnn({
    convLayers: weights.convs.length,
    filters,
    kernelSize: Math.round(Math.sqrt(weights.convs[0].kernel.length / (6 * filters))),
    denseLayers: 1 + (weights.moreDense?.length ?? 0),
    denseUnits: weights.dense.bias.length,
  });
  for (const [name, layer] of _layers(weights)) {
    _assign(model, `${name}/kernel`, layer.kernel);
    _assign(model, `${name}/gamma`, layer.gamma);
    _assign(model, `${name}/beta`, layer.beta);
    _assign(model, `${name}/mean`, layer.movingMean.map((mean, unit) => mean - layer.bias[unit]));
    _assign(model, `${name}/variance`, layer.movingVariance);
  }
  _assign(model, "output/kernel", weights.output.kernel);
  _assign(model, "output/bias", weights.output.bias);
  return model;
}

/**
 * The weights of an EMD CNN on tfjs.
 *
 * @param model A model of {@linkcode buildEmdCnn}.
 * @returns Copies of the weights; biases before a normalisation are zero.
 * @throws {TypeError} If the model is another.
 */
export async function emdCnnWeightsOf(model: Model): Promise<EmdCnnWeights> {
  if (model.name !== "emd_cnn") {
    throw new TypeError(`Cannot read the weights of ${model.name}: it must be an EMD CNN`);
  }
  const read = async (name: string) =>
    await (model.parameters.get(name) ?? model.state.get(name))!.data() as Float32Array;
  const normalised = async (name: string): Promise<NormalisedLayerWeights> => {
    const gamma = await read(`${name}/gamma`);
    return {
      kernel: await read(`${name}/kernel`),
      bias: new Float32Array(gamma.length),
      gamma,
      beta: await read(`${name}/beta`),
      movingMean: await read(`${name}/mean`),
      movingVariance: await read(`${name}/variance`),
    };
  };
  const all = async (kind: "conv" | "dense") => {
    const layers: NormalisedLayerWeights[] = [];
    while (model.parameters.has(`${kind}${layers.length + 1}/kernel`)) {
      layers.push(await normalised(`${kind}${layers.length + 1}`));
    }
    return layers;
  };
  const convs = await all("conv"), [dense, ...moreDense] = await all("dense");
  const output: LayerWeights = {
    kernel: await read("output/kernel"),
    bias: await read("output/bias"),
  };
  return { convs, dense, ...(moreDense.length > 0 && { moreDense }), output, epsilon: 1e-3 };
}

function _layers(weights: EmdCnnWeights): [string, NormalisedLayerWeights][] {
  return [
    ...weights.convs.map((conv, i): [string, NormalisedLayerWeights] => [`conv${i + 1}`, conv]),
    ...[weights.dense, ...weights.moreDense ?? []].map(
      (dense, i): [string, NormalisedLayerWeights] => [`dense${i + 1}`, dense],
    ),
  ];
}

function _assign(model: Model, name: string, values: Float32Array): void {
  assignVariable((model.parameters.get(name) ?? model.state.get(name))!, name, values);
}
