import type { WaferCodec } from "../types.ts";
import { CELLS } from "../../wafer/cells.ts";

/** Bits of a charge as the front end sends it: 4 of exponent, 3 of mantissa. */
const _BITS = 7;

/**
 * No compression: all charges arrive as they are, each in the 7 bits of the front end.
 *
 * @returns The codec: 336 bits a wafer.
 *
 * @example
 * ```ts
 * import { uncompressedCodec } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(uncompressedCodec().bits(new Float64Array(48)), 336);
 * ```
 */
export function uncompressedCodec(): WaferCodec {
  return {
    name: "no compression",
    transmit: (charges) => charges,
    bits: (charges) => charges.length / CELLS * CELLS * _BITS,
  };
}
