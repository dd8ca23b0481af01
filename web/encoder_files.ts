import { cHeader } from "../src/models/export/c_header.ts";
import { encoderJson } from "../src/models/export/encoder_json.ts";
import { integerEncoderSpec } from "../src/models/integer/integer_encoder_spec.ts";
import type { EconAutoencoderWeights } from "../src/models/types.ts";

/** A text to be downloaded. */
export interface TextFile {
  /** Its name. */
  readonly name: string;
  /** Its media type. */
  readonly type: string;
  /** What it holds. */
  readonly text: string;
}

/**
 * The files of an encoder that need no package; docs/exports.md describes them.
 *
 * @param weights Weights of a quantised autoencoder.
 * @returns The C header and the JSON.
 */
export function encoderFiles(weights: EconAutoencoderWeights): { c: TextFile; json: TextFile } {
  const spec = integerEncoderSpec(weights.encoder);
  return {
    c: { name: "econ_encoder.h", type: "text/x-c", text: cHeader(spec) },
    json: {
      name: "autoencoder.json",
      type: "application/json",
      text: encoderJson(spec, weights.decoder),
    },
  };
}
