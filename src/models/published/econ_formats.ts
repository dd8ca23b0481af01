import type { EconFormats } from "../types.ts";

/** Options of {@linkcode econFormats}. */
export interface EconFormatsOptions {
  /**
   * Bits of each of the 16 latents.
   *
   * @default {9}
   */
  readonly latentBits?: number;
  /**
   * Bits of weights, their sign included.
   *
   * @default {5}
   */
  readonly weightBits?: number;
}

/**
 * Fixed-point formats of the encoder, as published: input `quantized_bits(10, 3)`, kernels and biases
 * `quantized_bits(weightBits, 1)`, hidden numbers `quantized_relu(11, 3)`, latents
 * `quantized_relu(latentBits, 1)`.
 *
 * @param options Bits of latents and weights.
 * @returns The formats.
 * @throws {RangeError} If a number of bits is not an integer, or below 2.
 *
 * @example The encoder of wafers that have three electrical links, with 6-bit weights
 * ```ts
 * import { econFormats, latentBits } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * const formats = econFormats({ latentBits: latentBits(3), weightBits: 6 });
 * assertEquals(formats.latent, { bits: 5, integer: 1 });
 * ```
 */
export function econFormats(options: EconFormatsOptions = {}): EconFormats {
  const { latentBits: latent = 9, weightBits = 5 } = options;
  for (const [name, bits] of Object.entries({ latentBits: latent, weightBits })) {
    if (!Number.isInteger(bits) || bits < 2) {
      throw new RangeError(
        `Cannot make formats of an encoder: ${name} must be an integer >= 2, ` +
          `current value is ${bits}`,
      );
    }
  }
  return {
    input: { bits: 10, integer: 3 },
    weights: { bits: weightBits, integer: 1 },
    hidden: { bits: 11, integer: 3 },
    latent: { bits: latent, integer: 1 },
  };
}

/** The formats of the published encoder with 5-bit weights and 9-bit latents. */
export const PUBLISHED_FORMATS: EconFormats = econFormats();

/**
 * Bits of each latent that the electrical links of a wafer's module carry: 3, 5, 7, 9 for 2, 3, 4, 5.
 *
 * @param eLinks Number of electrical links, 2 to 5.
 * @returns Bits of a latent, 2 eLinks - 1.
 * @throws {RangeError} If there is no such module.
 *
 * @example
 * ```ts
 * import { latentBits } from "@hexmover/hexmover/models/inference";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([2, 3, 4, 5].map(latentBits), [3, 5, 7, 9]);
 * ```
 */
export function latentBits(eLinks: number): number {
  if (![2, 3, 4, 5].includes(eLinks)) {
    throw new RangeError(
      `Cannot tell bits of latents: eLinks must be 2, 3, 4 or 5, current value is ${eLinks}`,
    );
  }
  return 2 * eLinks - 1;
}
