import type { FixedPointRule, Quantizer } from "./types.ts";

/** A quantiser told by its integer codes. */
export interface Coding {
  /** The configuration in QKeras's form. */
  readonly text: string;
  /** The lowest code. */
  readonly low: number;
  /** The highest code. */
  readonly high: number;
  /** Value of code 1; NaN where values are not multiples of it. */
  readonly step: number;
  /** The code of a float32 number; NaN for NaN. */
  codeOf(x: number): number;
  /** The gradient at a float32 number. */
  slopeOf(x: number): number;
  /** The value of a code, where it is not code times step. */
  codeValue?(code: number): number;
  /** Whether a code from `low` to `high` is not in the table; none by default. */
  isGap?(code: number): boolean;
  /** Present where the quantiser is plain rounding and clipping. */
  readonly fixedPoint?: FixedPointRule;
}

/**
 * Makes a quantiser of its coding: everything else that a quantiser does follows from the code of a
 * number and the value of a code.
 *
 * @param coding The coding.
 * @returns The quantiser.
 */
export function codedQuantizer(coding: Coding): Quantizer {
  const { text, low, high, step, codeOf, slopeOf, isGap = () => false } = coding;
  // Codes have at most 24 bits and so has alpha: the product is exact in float64 and is rounded
  // once, as in float32.
  const codeValue = coding.codeValue ?? ((code: number) => code * step);

  function apply(values: ArrayLike<number>): Float32Array {
    // + 0 makes no difference but to the sign of zero: QKeras never returns -0.
    return _map(values, (x) => codeValue(codeOf(x)) + 0);
  }

  function encode(values: ArrayLike<number>): Int32Array {
    const codes = new Int32Array(values.length);
    for (let i = 0; i < codes.length; i++) {
      const code = codeOf(Math.fround(values[i]));
      if (Number.isNaN(code)) {
        throw new RangeError(
          `Cannot encode value ${i} by ${text}: must be a number, current value is ${values[i]}`,
        );
      }
      codes[i] = code;
    }
    return codes;
  }

  function decode(codes: ArrayLike<number>): Float32Array {
    const values = new Float32Array(codes.length);
    for (let i = 0; i < values.length; i++) {
      const code = codes[i];
      if (!Number.isInteger(code) || code < low || code > high || isGap(code)) {
        throw new RangeError(
          `Cannot decode value ${i} by ${text}: must be a code in [${low}, ${high}], current value is ${code}`,
        );
      }
      values[i] = codeValue(code) + 0;
    }
    return values;
  }

  return {
    step,
    min: Math.fround(codeValue(low) + 0),
    max: Math.fround(codeValue(high) + 0),
    ...(coding.fixedPoint && { fixedPoint: coding.fixedPoint }),
    apply,
    gradient: (values) => _map(values, slopeOf),
    codes: () =>
      Int32Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((code) => !isGap(code)),
    encode,
    decode,
    toString: () => text,
  };
}

/** A function of float32 numbers, applied to each. */
function _map(values: ArrayLike<number>, f: (x: number) => number): Float32Array {
  const mapped = new Float32Array(values.length);
  for (let i = 0; i < mapped.length; i++) mapped[i] = f(Math.fround(values[i]));
  return mapped;
}
