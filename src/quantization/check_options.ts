/**
 * The integer `value`, or an error that names the quantiser and the option.
 *
 * @param quantizer Name of the quantiser, for the message.
 * @param name Name of the option.
 * @param value Its value.
 * @param low The least that is allowed.
 * @param high The most that is allowed.
 * @throws {RangeError} If the value is not an integer in [low, high].
 */
export function checkInteger(
  quantizer: string,
  name: string,
  value: number,
  low: number,
  high: number,
): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(
      `Cannot make ${quantizer}: ${name} must be an integer in [${low}, ${high}], current value is ${value}`,
    );
  }
}

/**
 * Checks that a number is positive and finite in float32.
 *
 * @param quantizer Name of the quantiser, for the message.
 * @param name Name of the option.
 * @param value Its value.
 * @throws {RangeError} If it is not.
 */
export function checkPositive(quantizer: string, name: string, value: number): void {
  const single = Math.fround(value);
  if (!(single > 0 && single < Infinity)) {
    throw new RangeError(
      `Cannot make ${quantizer}: ${name} must be a positive float32, current value is ${value}`,
    );
  }
}

/**
 * Bits and integer bits of a fixed-point format.
 *
 * 24 bits are the most whose codes float32, and so QKeras, holds exactly. The limits of `integer`
 * keep step and range within the normal numbers of float32.
 *
 * @param quantizer Name of the quantiser, for the message.
 * @param bits Bits in all.
 * @param integer Bits left of the binary point.
 * @param least The fewest bits that make sense.
 * @throws {RangeError} If one is out of range.
 */
export function checkFormat(quantizer: string, bits: number, integer: number, least = 1): void {
  checkInteger(quantizer, "bits", bits, least, 24);
  checkInteger(quantizer, "integer", integer, -100, 127);
}

/**
 * Checks that a slope is 0 or a power of two from `least` to 1.
 *
 * @param quantizer Name of the quantiser, for the message.
 * @param slope Slope for negative numbers.
 * @param least The smallest slope that is allowed besides 0.
 * @throws {RangeError} If it is not.
 */
export function checkSlope(quantizer: string, slope: number, least: number): void {
  const isPowerOfTwo = Number.isInteger(Math.log2(slope)) && 2 ** Math.log2(slope) === slope;
  if (slope !== 0 && !(isPowerOfTwo && slope >= least && slope <= 1)) {
    throw new RangeError(
      `Cannot make ${quantizer}: negativeSlope must be 0 or a power of two in [${least}, 1], current value is ${slope}`,
    );
  }
}
