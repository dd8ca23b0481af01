import { type NamedWeights, readRawWeights } from "../../src/models/inference/mod.ts";
import { readReferenceJson, REFERENCE_DATA } from "../_support/skips.ts";

/** Weights of a published network; call it inside a test that declared the need. */
export function readReferenceWeights(network: string): NamedWeights {
  const file = `peer_networks/${network}`;
  return readRawWeights(
    readReferenceJson(`${file}.json`),
    Deno.readFileSync(new URL(`${file}.f32`, REFERENCE_DATA)),
  );
}
