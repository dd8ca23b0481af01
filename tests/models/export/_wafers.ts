import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { readWafers } from "../../../src/datasets/files_deno.ts";
import { codeEncoder } from "../../../src/models/integer/encode_codes.ts";
import { inputCodes } from "../../../src/models/integer/input_codes.ts";
import { econFormats } from "../../../src/models/published/econ_formats.ts";
import type { EconFormats, IntegerEncoderSpec } from "../../../src/models/types.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS } from "../../../src/wafer/mod.ts";
import { REFERENCE_DATA } from "../../_support/skips.ts";

/** The largest charge that the integer encoder takes as an integer. */
export const MAX_CHARGE = 2 ** 24 - 1;

/** Formats that are published, and one in which no shift is that of the others. */
export const FORMATS: Readonly<Record<string, EconFormats>> = {
  "5-bit weights, 9-bit latents": econFormats(),
  "6-bit weights, 3-bit latents": econFormats({ weightBits: 6, latentBits: 3 }),
  "formats of our own": {
    input: { bits: 8, integer: 2 },
    weights: { bits: 4, integer: 0 },
    hidden: { bits: 8, integer: 2 },
    latent: { bits: 7, integer: 2 },
  },
};

/**
 * Wafers with integer charges, none of them empty: toy wafers, wafers with a single cell, sums next to
 * powers of two (where the normalisation jumps) up to the largest, and charges of any size at random,
 * half of them with few bits, so that scaled values often end in a half.
 *
 * @param count Number of toy wafers and of random ones.
 */
export function someWafers(count: number): Int32Array {
  const wafers: Int32Array[] = [Int32Array.from(toyWafers("shower", count, 1).charges)];
  for (const charge of [1, 2, 3, 35, 127, 128, 129, MAX_CHARGE]) {
    for (let cell = 0; cell < CELLS; cell++) {
      wafers.push(new Int32Array(CELLS).fill(charge, cell, cell + 1));
    }
  }
  for (let bit = 1; bit < 30; bit++) {
    for (const sum of [2 ** bit - 1, 2 ** bit, 2 ** bit + 1]) {
      const wafer = new Int32Array(CELLS).fill(Math.floor(sum / CELLS));
      wafer[bit] += sum % CELLS;
      wafers.push(wafer);
    }
  }
  wafers.push(new Int32Array(CELLS).fill(MAX_CHARGE));
  const random = new RandomStream(3, "wafers");
  for (let k = 0; k < count; k++) {
    const largest = 2 ** (23 * random.uniform()), unit = k % 2 === 0 ? 1 : Math.ceil(largest / 64);
    const wafer = Int32Array.from(
      { length: CELLS },
      () => Math.ceil(random.uniform() * largest / unit) * unit,
    );
    wafers.push(wafer);
  }
  const all = new Int32Array(wafers.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const wafer of wafers) {
    all.set(wafer, end);
    end += wafer.length;
  }
  return all;
}

/** The 4,235 wafers of full simulation; call it inside a test that declared the need. */
export async function realWafers(): Promise<Int32Array> {
  const tables = await Array.fromAsync(readWafers(new URL("wafers/dense.csv", REFERENCE_DATA)));
  return Int32Array.from(tables.flatMap(({ charges }) => [...charges]));
}

/** Latent codes by the integer encoder. */
export function codesOf(spec: IntegerEncoderSpec, charges: Int32Array): Int32Array {
  return codeEncoder(spec)(inputCodes(charges, spec));
}

/** Latent codes of an image of zeros, which is how files encode a wafer without charge. */
export function codesOfNothing(spec: IntegerEncoderSpec): Int32Array {
  return codeEncoder(spec)(new Int32Array(CELLS));
}
