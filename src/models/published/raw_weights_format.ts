import type { RawWeightsManifest } from "./raw_weights.ts";
import type { NamedWeights } from "./types.ts";

/** Weights as two files. */
export interface RawWeightsFiles {
  /** The description, for a JSON file. */
  readonly manifest: RawWeightsManifest;
  /** The numbers: float32, little-endian, row-major, one tensor after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Writes weights as {@linkcode readRawWeights} reads them, in their order.
 *
 * @param named Tensors by name.
 * @returns Manifest and bytes; the same on every machine.
 * @throws {TypeError} If a tensor has another number of values than its shape says.
 *
 * @example
 * ```ts
 * import { readRawWeights } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 * import { formatRawWeights } from "./raw_weights_format.ts";
 *
 * const weights = new Map([["bias", { shape: [2], values: Float32Array.of(0.5, -1) }]]);
 * const { manifest, bytes } = formatRawWeights(weights);
 * assertEquals(readRawWeights(manifest, bytes), weights);
 * ```
 */
export function formatRawWeights(named: NamedWeights): RawWeightsFiles {
  const tensors: RawWeightsManifest["tensors"][number][] = [];
  let total = 0;
  for (const [name, { shape, values }] of named) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== values.length) {
      throw new TypeError(
        `Cannot format raw weights: ${name} of shape [${shape}] must have ${size} values, ` +
          `current number is ${values.length}`,
      );
    }
    tensors.push({ name, shape: [...shape], offset_floats: total });
    total += size;
  }
  const bytes = new Uint8Array(4 * total), view = new DataView(bytes.buffer);
  let at = 0;
  for (const { values } of named.values()) {
    for (let k = 0; k < values.length; k++, at += 4) view.setFloat32(at, values[k], true);
  }
  return { manifest: { tensors, total_floats: total, dtype: "float32 little-endian" }, bytes };
}
