/**
 * Published EMD CNNs as surrogates that can be stored, sent to workers and trained with.
 *
 * @module
 */
import { loadEmdCnn } from "../../src/models/emd_cnn_transfer.ts";
import { modelWeights } from "../../src/models/surrogates/model_weights.ts";
import type { StoredSurrogate } from "../../src/models/surrogates/surrogate_files.ts";
import type { EmdCnnWeights } from "../../src/models/types.ts";

/**
 * An EMD CNN as plain data. A backend must be in use.
 *
 * @param weights Its weights, from `emdCnnWeights`.
 * @param provenance Where they come from.
 * @returns The surrogate; its options have the shape of the network.
 */
export async function storedEmdCnn(
  weights: EmdCnnWeights,
  provenance: StoredSurrogate["provenance"],
): Promise<StoredSurrogate> {
  const { convs, dense, moreDense = [] } = weights, [{ kernel, bias }] = convs;
  const model = loadEmdCnn(weights), filters = bias.length;
  try {
    return {
      kind: "emd_cnn",
      options: {
        convLayers: convs.length,
        filters,
        kernelSize: Math.sqrt(kernel.length / (CHANNELS * filters)),
        denseLayers: 1 + moreDense.length,
        denseUnits: dense.bias.length,
      },
      provenance,
      weights: await modelWeights(model),
    };
  } finally {
    model.dispose();
  }
}

/** Channels of the image of a pair. */
const CHANNELS = 6;

/**
 * The same EMD CNN, shown rows as they are, as the published code does it when it trains autoencoders.
 *
 * @param surrogate An EMD CNN.
 * @returns The surrogate, with the option `normaliseInput: false`.
 * @throws {TypeError} If it is of another kind.
 */
export function asPublished(surrogate: StoredSurrogate): StoredSurrogate {
  const { kind, options } = surrogate;
  if (kind !== "emd_cnn") {
    throw new TypeError(
      `Cannot show rows as they are: the kind must be emd_cnn, current value is ${kind}`,
    );
  }
  return { ...surrogate, options: { ...options, normaliseInput: false } };
}
