/**
 * Weights of an ECON-T autoencoder into and out of tfjs.
 *
 * @module
 */
import type { Model } from "../tensor/types.ts";
import { assignVariable } from "../tensor/variables.ts";
import { buildEconAutoencoder, type EconAutoencoder } from "./econ_autoencoder.ts";
import type { EconAutoencoderWeights, EconFormats, LayerWeights } from "./types.ts";

/** The layers, as they are called in weights and in the model. */
const LAYERS = [
  ["encoder", "conv"],
  ["encoder", "dense"],
  ["decoder", "dense"],
  ["decoder", "conv1"],
  ["decoder", "conv2"],
] as const;

/**
 * An autoencoder on tfjs with given weights, to be trained on.
 *
 * @param weights The weights; with formats the encoder is quantised, without a float one.
 * @returns The model, on the backend in use.
 */
export function restoreEconAutoencoder(weights: EconAutoencoderWeights): EconAutoencoder {
  const model = buildEconAutoencoder({ formats: weights.encoder.formats ?? "float" });
  for (const [half, layer] of LAYERS) {
    const { kernel, bias } = (weights[half] as unknown as Record<string, LayerWeights>)[layer];
    for (const [name, values] of Object.entries({ kernel, bias })) {
      const path = `${half}/${layer}/${name}`;
      assignVariable(model.parameters.get(path)!, path, values);
    }
  }
  return model;
}

/**
 * The weights of an autoencoder on tfjs.
 *
 * @param model A model of {@linkcode buildEconAutoencoder}.
 * @param formats Its formats, if it is quantised.
 * @returns Copies of the weights, not quantised.
 * @throws {TypeError} If the model is another.
 */
export async function econAutoencoderWeightsOf(
  model: Model,
  formats?: EconFormats,
): Promise<EconAutoencoderWeights> {
  if (model.name !== "econ_autoencoder") {
    throw new TypeError(
      `Cannot read the weights of ${model.name}: it must be an ECON-T autoencoder`,
    );
  }
  const read = async (path: string) => await model.parameters.get(path)!.data() as Float32Array;
  const layers: Record<string, LayerWeights> = {};
  for (const [half, layer] of LAYERS) {
    const path = `${half}/${layer}`;
    layers[path] = { kernel: await read(`${path}/kernel`), bias: await read(`${path}/bias`) };
  }
  return {
    encoder: {
      conv: layers["encoder/conv"],
      dense: layers["encoder/dense"],
      ...(formats === undefined ? {} : { formats }),
    },
    decoder: {
      dense: layers["decoder/dense"],
      conv1: layers["decoder/conv1"],
      conv2: layers["decoder/conv2"],
    },
  };
}
