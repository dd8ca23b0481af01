import type { EconAutoencoderWeights, EconFormats, LayerWeights } from "../../src/models/types.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

/** An autoencoder with random weights, large enough that a few weights and latents are clipped. */
export function randomEconWeights(seed: number, formats?: EconFormats): EconAutoencoderWeights {
  const random = new RandomStream(seed, "weights");
  const layer = (inputs: number, outputs: number, spread: number): LayerWeights => {
    const numbers = (length: number) =>
      Float32Array.from({ length }, () => spread * random.normal());
    return { kernel: numbers(inputs * outputs), bias: numbers(outputs) };
  };
  return {
    encoder: {
      conv: layer(9, 8, 1),
      dense: layer(128, 16, 0.5),
      ...(formats && { formats }),
    },
    decoder: {
      dense: layer(16, 128, 0.3),
      conv1: layer(72, 8, 0.3),
      conv2: layer(72, 1, 0.3),
    },
  };
}
