import { roundHalfEven } from "../../numerics/rounding.ts";
import { CELLS } from "../../wafer/cells.ts";
import { countRows } from "../../wafer/gather.ts";
import { normalise } from "../../wafer/normalise.ts";
import type { IntegerEncoderSpec } from "../types.ts";
import { halfToEven } from "./half_to_even.ts";

/**
 * The input codes of wafers: min(halfToEven(x 2^(fractionBits - k)), max), with k = floor(log2 S) and
 * S the sum of a wafer's charges.
 *
 * Where all charges are integers below 2^24, as those of the detector are, that is a shift. Others
 * are normalised and rounded as floats: a float32 network gets them divided by 2^k as float32, and
 * these numbers are then rounded, which gives the same codes for the integers.
 *
 * @param charges One wafer or a batch, 48 charges each in train order, of any positive scale.
 * @param spec Fraction bits (at most 20) and largest code of the input.
 * @returns The codes, row-major, in the order of the charges.
 * @throws {TypeError} If the length is not a multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer is empty.
 *
 * @example
 * ```ts
 * import { inputCodes } from "./input_codes.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(48);
 * charges.set([3, 0, 10, 7]); // 2^4 <= 20 < 2^5
 * const codes = inputCodes(charges, { inputFractionBits: 6, inputMax: 511 });
 * assertEquals([...codes.subarray(0, 4)], [12, 0, 40, 28]);
 * ```
 */
export function inputCodes(
  charges: ArrayLike<number>,
  spec: Pick<IntegerEncoderSpec, "inputFractionBits" | "inputMax">,
): Int32Array {
  const wafers = countRows(charges, CELLS, "encode wafers");
  const codes = new Int32Array(charges.length);
  for (let first = 0; first < wafers * CELLS; first += CELLS) {
    const sum = _takeIntegers(charges, codes, first);
    if (sum === 0) return _roundedCodes(charges, spec);
    _shift(codes, first, 31 - Math.clz32(sum) - spec.inputFractionBits, spec.inputMax);
  }
  return codes;
}

/** Copies a wafer's charges and adds them up: 0 if there is none, or one is no integer below 2^24. */
function _takeIntegers(charges: ArrayLike<number>, codes: Int32Array, first: number): number {
  let sum = 0;
  for (let cell = first; cell < first + CELLS; cell++) {
    const charge = charges[cell], integer = charge | 0;
    // Negative integers have bits above the 24th, too.
    if (integer !== charge || integer >>> 24 !== 0) return 0;
    codes[cell] = integer;
    sum = sum + integer | 0;
  }
  return sum;
}

/** Divides a wafer's numbers by 2^shift. */
function _shift(codes: Int32Array, first: number, shift: number, max: number): void {
  for (let cell = first; cell < first + CELLS; cell++) {
    if (codes[cell] === 0) continue;
    const code = shift < 0 ? codes[cell] << -shift : halfToEven(codes[cell], shift);
    codes[cell] = code > max ? max : code;
  }
}

/** The same by rounding floats, or the error that says which charge or wafer cannot be encoded. */
function _roundedCodes(
  charges: ArrayLike<number>,
  { inputFractionBits, inputMax }: Pick<IntegerEncoderSpec, "inputFractionBits" | "inputMax">,
): Int32Array {
  const scale = 2 ** inputFractionBits;
  return Int32Array.from(
    normalise(charges, "power_of_two"),
    (x) => Math.min(roundHalfEven(Math.fround(x) * scale), inputMax),
  );
}
