import json from "../../data/codecs.json" with { type: "json" };
import type { CodecFits } from "./fits.ts";
import { codecFitsFromJson } from "./fits_json.ts";

/**
 * Codecs fitted to the simulated wafers of `data/sample.csv` by `scripts/fit_codecs.ts`: what codecs
 * know unless told otherwise.
 */
export const SHIPPED_FITS: CodecFits = codecFitsFromJson(json);
