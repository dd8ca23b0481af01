/** Autoencoders with random weights, as plain data. */
import { LATENTS } from "../../../src/models/autoencoder/architecture.ts";
import type {
  AutoencoderArchitecture,
  StoredAutoencoder,
} from "../../../src/models/autoencoder/stored_autoencoder.ts";
import { PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";
import type { WeightTensor } from "../../../src/models/published/types.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

/** What is built unless told otherwise. */
export const PUBLISHED: AutoencoderArchitecture = {
  formats: PUBLISHED_FORMATS,
  decoder: { kind: "convolutional" },
  conditions: [],
};

/** An autoencoder of an architecture with weights from a seed; about half of its latents are alive. */
export function randomAutoencoder(
  seed: number,
  architecture: Partial<AutoencoderArchitecture> = {},
): StoredAutoencoder {
  const built = { ...PUBLISHED, ...architecture };
  const random = new RandomStream(seed, "weights"), weights = new Map<string, WeightTensor>();
  const put = (layer: string, spread: number, ...shape: number[]) => {
    const tensor = (shape: number[]) => ({
      shape,
      values: Float32Array.from(
        { length: shape.reduce((a, b) => a * b) },
        () => spread * random.normal(),
      ),
    });
    // A transposed convolution has its filters before its inputs.
    const filters = layer.startsWith("decoder/conv") ? shape[2] : shape.at(-1)!;
    weights.set(`${layer}/kernel`, tensor(shape)).set(`${layer}/bias`, tensor([filters]));
  };
  const inputs = LATENTS + built.conditions.length;
  put("encoder/conv", 1, 3, 3, 1, 8);
  put("encoder/dense", 0.3, 128, LATENTS);
  if (built.decoder.kind === "convolutional") {
    put("decoder/dense", 0.3, inputs, 128);
    put("decoder/conv1", 0.3, 3, 3, 8, 8);
    put("decoder/conv2", 0.3, 3, 3, 1, 8);
  } else {
    const sizes = [inputs, ...built.decoder.units];
    built.decoder.units.forEach((units, k) => put(`decoder/hidden${k}`, 0.3, sizes[k], units));
    put("decoder/output", 0.3, sizes.at(-1)!, 48);
  }
  return { architecture: built, provenance: { seed, loss: "none" }, weights };
}
