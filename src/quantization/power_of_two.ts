import { roundHalfEven } from "../numerics/rounding.ts";

/** Keras's epsilon in float32: smaller numbers get the lowest exponent. */
const _EPSILON = Math.fround(1e-7);

/** The exponent of the least normal float32. TensorFlow takes smaller numbers for zero. */
const _LEAST_NORMAL = -126;

/** The powers of two that a number of bits can name. */
export interface Exponents {
  /** The lowest exponent. */
  readonly low: number;
  /** The highest exponent that can occur. */
  readonly high: number;
  /** Size of the largest number; Infinity where there is no limit. */
  readonly maxValue: number;
}

/**
 * The exponents of `exponentBits` bits: one of them is a sign unless all values are at most 1.
 *
 * @param quantizer Name of the quantiser, for the message.
 * @param exponentBits Bits of the exponent, with its sign.
 * @param maxValue Size of the largest value, if limited.
 * @returns The range of exponents; those below float32's normal numbers stand for zero.
 * @throws {RangeError} If there are too few bits, the exponents exceed float32, or the limit is not
 * positive.
 */
export function exponents(quantizer: string, exponentBits: number, maxValue?: number): Exponents {
  if (maxValue !== undefined && !(maxValue > 0 && maxValue < Infinity)) {
    throw new RangeError(
      `Cannot make ${quantizer}: maxValue must be positive, current value is ${maxValue}`,
    );
  }
  const hasSign = maxValue === undefined || maxValue > 1;
  const sizeBits = hasSign ? exponentBits - 1 : exponentBits;
  if (!Number.isInteger(sizeBits) || sizeBits < 0 || sizeBits > 7) {
    throw new RangeError(
      `Cannot make ${quantizer}: bits must be so many that 0 to 7 are left for the size of the exponent, current value is ${sizeBits}`,
    );
  }
  const low = -(2 ** sizeBits), limit = maxValue === undefined ? Infinity : Math.fround(maxValue);
  const high = Math.min(2 ** sizeBits - 1, limit < Infinity ? _log2(limit) : Infinity);
  const lowest = Math.max(low, _LEAST_NORMAL - 1);
  return { low: lowest, high: Math.max(high, lowest), maxValue: limit };
}

/**
 * The code of a signed power of two next to a size: its place from 1 on, with its sign.
 *
 * @param sign 1 or -1.
 * @param size A float32 number that is not negative; NaN stays NaN.
 * @param range The exponents allowed.
 * @returns The code. Zero, where it is the lowest power, has code 1.
 */
export function codeOfPower(sign: number, size: number, range: Exponents): number {
  const place = _exponentOf(size, range) - range.low + 1;
  return place === 1 && _isZero(range.low) ? 1 : sign * place;
}

/**
 * The value of a code.
 *
 * @param code A code of {@linkcode codeOfPower}.
 * @param range The exponents allowed.
 * @returns The signed power; zero where float32 has no normal number for it.
 */
export function powerOfCode(code: number, range: Exponents): number {
  const exponent = Math.abs(code) - 1 + range.low;
  return _isZero(exponent) ? 0 : Math.sign(code) * 2 ** exponent;
}

/**
 * Whether a code is never given: 0, that of minus zero, and, since numbers below 1e-7 get the lowest
 * exponent, those of the powers between.
 *
 * @param code A code.
 * @param range The exponents allowed.
 * @returns Whether the table leaves it out.
 */
export function isPowerGap(code: number, range: Exponents): boolean {
  if (code === 0 || (code === -1 && _isZero(range.low))) return true;
  const exponent = Math.abs(code) - 1 + range.low;
  return exponent > range.low && exponent < Math.min(range.high, _log2(_EPSILON));
}

function _exponentOf(size: number, { low, high, maxValue }: Exponents): number {
  if (size < _EPSILON) return low;
  return Math.min(Math.max(_log2(Math.min(size, maxValue)), low), high);
}

function _isZero(exponent: number): boolean {
  return exponent < _LEAST_NORMAL;
}

/** The rounded logarithm, taken in float32 as QKeras takes it. */
function _log2(x: number): number {
  return roundHalfEven(Math.fround(Math.fround(Math.log(x)) / Math.fround(Math.LN2)));
}
