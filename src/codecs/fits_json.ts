import type { CodecFits } from "./fits.ts";
import type { PcaModel } from "./pca_model.ts";

/** {@linkcode CodecFits} as one JSON value, as that in `data/codecs.json` is. */
export interface CodecFitsJson extends Omit<CodecFits, "pca" | "sqrtLevels"> {
  /** Where they come from: checksum of the data, number of wafers, version. */
  readonly provenance: Readonly<Record<string, string | number>>;
  /** Levels by their number, from 2 on. */
  readonly sqrtLevels: readonly (readonly number[])[];
  /** Arrays of the model by their names, each base64 of float32, little-endian. */
  readonly pca: { readonly [K in keyof PcaModel]: string };
}

/**
 * Fits as one JSON value. Components and their levels are rounded to float32.
 *
 * @param fits The fits.
 * @param provenance Where they come from.
 * @returns The value, for `JSON.stringify`.
 *
 * @example
 * ```ts
 * import { fitCodecs } from "@hexmover/hexmover/codecs";
 * import { codecFitsFromJson, codecFitsToJson } from "./fits_json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const fits = fitCodecs(Float64Array.from({ length: 96 }, (_, i) => i % 5));
 * const again = codecFitsFromJson(codecFitsToJson(fits, { wafers: 2 }));
 * assertEquals([...again.pca.mean], [...Float32Array.from(fits.pca.mean)]);
 * ```
 */
export function codecFitsToJson(
  fits: CodecFits,
  provenance: CodecFitsJson["provenance"],
): CodecFitsJson {
  const { mean, components, variances, levels } = fits.pca;
  return {
    provenance,
    sqrtLevels: fits.sqrtLevels.map((ofOneNumber) => Array.from(ofOneNumber)),
    largestK: fits.largestK,
    largestPart: fits.largestPart,
    pca: {
      mean: _toText(mean),
      components: _toText(components),
      variances: _toText(variances),
      levels: _toText(levels),
    },
  };
}

/**
 * The fits that {@linkcode codecFitsToJson} made one JSON value of.
 *
 * @param json The value.
 * @returns The fits.
 */
export function codecFitsFromJson(json: CodecFitsJson): CodecFits {
  const { sqrtLevels, largestK, largestPart, pca } = json;
  return {
    sqrtLevels,
    largestK,
    largestPart,
    pca: {
      mean: _fromText(pca.mean),
      components: _fromText(pca.components),
      variances: _fromText(pca.variances),
      levels: _fromText(pca.levels),
    },
  };
}

function _toText(values: Float64Array): string {
  const bytes = new Uint8Array(4 * values.length), view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes.toBase64();
}

function _fromText(text: string): Float64Array {
  const bytes = Uint8Array.fromBase64(text), view = new DataView(bytes.buffer);
  return Float64Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
