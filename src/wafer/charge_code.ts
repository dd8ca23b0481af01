/**
 * The 7-bit floating-point code in which the front end sends the charge of a trigger cell.
 *
 * The charge loses its T lowest bits (T = 1 at low density, 3 at high density) and is then written as
 * 4 bits of exponent e and 3 bits of mantissa m:
 *
 *     code = 8 e + m,   charge = 2^T m                 for e = 0
 *                       charge = 2^T (8 + m) 2^(e - 1) for e > 0
 *
 * Source: `HGCalVFECompressionImpl` of CMS's trigger emulation, with rounding, as the trigger
 * primitives of the paper were made.
 *
 * @module
 */
import type { Density } from "./cells.ts";

/** The largest code: the charge is that of this code or larger. */
const _LARGEST_CODE = 127;

/**
 * The 7-bit code of a charge: the nearest of the charges that have a code, after the lowest bits were
 * cut off; halves go up. Charges above the largest one get the largest code, 127.
 *
 * @param charge Charge in ADC counts, an integer >= 0.
 * @param density Density of the sensor.
 * @returns The code, 0 to 127.
 * @throws {RangeError} If the charge is not an integer >= 0, or the density unknown.
 *
 * @example
 * ```ts
 * import { encodeCharge } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * // 35 loses its lowest bit: 17 = 0b10001, which needs two bits more than the mantissa has.
 * assertEquals(encodeCharge(35, "low_density"), 2 * 8 + 0b001);
 * ```
 */
export function encodeCharge(charge: number, density: Density): number {
  const truncated = _truncatedBits(density);
  if (!Number.isSafeInteger(charge) || charge < 0) {
    throw new RangeError(
      `Cannot encode a charge: charge must be an integer >= 0, current value is ${charge}`,
    );
  }
  const shortened = Math.floor(charge / 2 ** truncated);
  if (shortened >= 2 ** 18) return _LARGEST_CODE; // does not fit into the exponent
  const bits = 32 - Math.clz32(shortened);
  if (bits <= 3) return shortened;
  const exponent = bits - 3;
  const code = exponent << 3 | shortened >> exponent - 1 & 7;
  const roundsUp = exponent > 1 && (shortened >> exponent - 2 & 1) === 1;
  // A mantissa of 7 that rounds up carries into the exponent by itself.
  return Math.min(roundsUp ? code + 1 : code, _LARGEST_CODE);
}

/**
 * The charge for which a code stands.
 *
 * CMS's emulation returns 507,904 (low density) or 2,080,768 (high density) for charges above that,
 * without going through the code; seven bits cannot tell them from code 127, which stands for 491,520
 * or 1,966,080 here.
 *
 * @param code The code, 0 to 127.
 * @param density Density of the sensor.
 * @returns The charge in ADC counts.
 * @throws {RangeError} If the code is not an integer in [0, 127], or the density unknown.
 *
 * @example
 * ```ts
 * import { decodeCharge } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decodeCharge(127, "low_density"), 15 * 2 ** 14 * 2);
 * ```
 */
export function decodeCharge(code: number, density: Density): number {
  const truncated = _truncatedBits(density);
  if (!Number.isInteger(code) || code < 0 || code > _LARGEST_CODE) {
    throw new RangeError(
      `Cannot decode a charge: code must be an integer in [0, 127], current value is ${code}`,
    );
  }
  const exponent = code >> 3;
  const mantissa = code & 7;
  const shortened = exponent === 0 ? mantissa : (8 | mantissa) << exponent - 1;
  return shortened << truncated;
}

/**
 * A charge as it arrives after encoding and decoding.
 *
 * @param charge Charge in ADC counts, an integer >= 0.
 * @param density Density of the sensor.
 * @returns The charge in ADC counts.
 * @throws {RangeError} If the charge is not an integer >= 0, or the density unknown.
 *
 * @example
 * ```ts
 * import { roundTripCharge } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(roundTripCharge(100, "low_density"), 104);
 * assertEquals(roundTripCharge(100, "high_density"), 96);
 * ```
 */
export function roundTripCharge(charge: number, density: Density): number {
  return decodeCharge(encodeCharge(charge, density), density);
}

function _truncatedBits(density: Density): number {
  switch (density) {
    case "low_density":
      return 1;
    case "high_density":
      return 3;
    default:
      throw new RangeError(
        "Cannot code a charge: density must be low_density or high_density, " +
          `current value is ${density}`,
      );
  }
}
