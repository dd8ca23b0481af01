/**
 * Published weights that a user has: files of raw numbers beside their manifests.
 *
 * @module
 */
import { basename } from "node:path";
import {
  type NamedWeights,
  type RawWeightsManifest,
  readRawWeights,
} from "../../src/models/inference/mod.ts";

/** Weights with where they came from. */
export interface PublishedWeights {
  /** Name of the file, without folder and ending. */
  readonly name: string;
  /** The manifest's file. */
  readonly path: string;
  /** The tensors by name. */
  readonly weights: NamedWeights;
}

/**
 * Reads the weights that a list of manifests describes. The numbers stand beside each manifest, in a
 * file with the ending `.f32` for `.json`.
 *
 * @param list Paths of manifests, with commas between; "" for none.
 * @returns The weights, in the list's order.
 */
export async function readPublishedWeights(list: string): Promise<PublishedWeights[]> {
  const paths = list.split(",").map((path) => path.trim()).filter((path) => path !== "");
  return await Promise.all(paths.map(async (path) => {
    const manifest: RawWeightsManifest = JSON.parse(await Deno.readTextFile(path));
    const numbers = await Deno.readFile(rawNumbersPath(path));
    return {
      name: basename(path).replace(/\.json$/, ""),
      path,
      weights: readRawWeights(manifest, numbers),
    };
  }));
}

/**
 * Where the numbers of a manifest are.
 *
 * @param manifest Path of the manifest.
 * @returns Path of the numbers.
 */
export function rawNumbersPath(manifest: string): string {
  return manifest.replace(/(\.json)?$/, ".f32");
}
