/**
 * Autoencoders before their first step.
 *
 * @module
 */
import { LATENTS } from "../../src/models/autoencoder/architecture.ts";
import type {
  AutoencoderArchitecture,
  StoredAutoencoder,
} from "../../src/models/autoencoder/stored_autoencoder.ts";
import type { AutoencoderRecipe } from "../../src/models/autoencoder/training.ts";
import { buildEconAutoencoder } from "../../src/models/econ_autoencoder.ts";
import { modelWeights } from "../../src/models/surrogates/model_weights.ts";

/** An autoencoder that has not been trained. */
export interface FirstWeights {
  /** What is built. */
  readonly architecture: AutoencoderArchitecture;
  /** First biases. */
  readonly recipe: Pick<AutoencoderRecipe, "latentBias" | "outputBias">;
  /** Seed of the weights. */
  readonly seed: number;
}

/**
 * An autoencoder before its first step: told nothing, it is as `autoencoderTraining` builds it; told
 * something, it is the same, and what it is told has weights of zero. So networks of one seed differ by
 * nothing but what they are told, and not by the luck of their first weights. A backend must be in use.
 *
 * @param first What is built, biases and seed.
 * @returns The autoencoder.
 */
export async function firstAutoencoder(first: FirstWeights): Promise<StoredAutoencoder> {
  const { architecture, recipe: { latentBias, outputBias }, seed } = first;
  const { formats, decoder, conditions } = architecture;
  const model = buildEconAutoencoder({ formats, decoder, latentBias, outputBias, seed });
  try {
    const weights = new Map(await modelWeights(model));
    const name = `decoder/${decoder.kind === "dense" ? "hidden0" : "dense"}/kernel`;
    const { shape: [, units], values } = weights.get(name)!;
    const rows = LATENTS + conditions.length, told = new Float32Array(rows * units);
    told.set(values);
    weights.set(name, { shape: [rows, units], values: told });
    return { architecture, provenance: {}, weights };
  } finally {
    model.dispose();
  }
}
