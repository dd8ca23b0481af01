import { checkFormat, checkInteger } from "./check_options.ts";
import { roundHalfEven } from "../numerics/rounding.ts";
import type { AutoScaledQuantizer, FixedPoint } from "./types.ts";

/** How scales are found: `auto` fits the largest value, `auto_po2` gives powers of two. */
export type AutoScale = "auto" | "auto_po2";

/** Options of `quantizedBits` where scales come from the values. */
export interface AutoScaledBitsOptions extends FixedPoint {
  /** How scales are found. */
  readonly alpha: AutoScale;
  /** Length of the last axis; each channel has a scale of its own. */
  readonly channels: number;
}

/** Keras's epsilon, which keeps logarithms and quotients finite. */
const _EPSILON = 1e-7;

/** QKeras's number of least-squares steps for `auto_po2`. */
const _STEPS = 5;

/**
 * `quantized_bits` with scales from the values: `alpha="auto"` and `"auto_po2"` of QKeras.
 *
 * A channel c of the values x is divided by 2^integer and written as unit_c z with integers
 * |z| <= n = 2^(bits - 1) - 1, halves rounded away from zero.
 * - `auto`: unit_c = max |x| / n.
 * - `auto_po2`: the power of two next to that (in its logarithm), then five times the power of two
 *   next to the least-squares unit sum(x z) / sum(z z) of the current z.
 *
 * The output is 2^integer unit_c z, the scale unit_c 2^(bits - 1). A channel of zeros stays zero; one
 * that holds NaN or an infinity becomes NaN. The gradient is 1 everywhere.
 *
 * @param options Bits from 2 to 24, integer bits, kind of scale, channels.
 * @returns The quantiser.
 * @throws {RangeError} If an option is out of range.
 */
export function autoScaledBits(options: AutoScaledBitsOptions): AutoScaledQuantizer {
  const { bits, integer, alpha, channels } = options;
  checkFormat("quantized_bits", bits, integer, 2);
  checkInteger("quantized_bits", "channels", channels, 1, 2 ** 31 - 1);
  if (alpha !== "auto" && alpha !== "auto_po2") {
    throw new RangeError(
      `Cannot make quantized_bits: alpha must be a number, auto or auto_po2, current value is ${alpha}`,
    );
  }
  const levels = 2 ** (bits - 1), largest = levels - 1, range = 2 ** integer;
  const text = `quantized_bits(${bits},${integer},1,alpha='${alpha}')`;

  /** Half away from zero, as QKeras rounds here; the quotient is a float32. */
  function codeOf(x: number, unit: number): number {
    if (unit === 0) return 0;
    const size = Math.floor(Math.fround(Math.fround(Math.abs(x) / unit) + 0.5));
    return Math.sign(x) * Math.min(size, largest);
  }

  function unitsOf(values: Float32Array): Float32Array {
    const units = new Float32Array(channels);
    for (let i = 0; i < values.length; i++) {
      const c = i % channels;
      units[c] = Math.max(units[c], Math.abs(values[i]) / range);
    }
    for (let c = 0; c < channels; c++) units[c] /= largest;
    if (alpha === "auto") return units;

    let powers = units.map(_nearestPowerOfTwo);
    for (let step = 0; step < _STEPS; step++) {
      const xz = new Float64Array(channels), zz = new Float64Array(channels);
      for (let i = 0; i < values.length; i++) {
        const c = i % channels, x = values[i] / range, z = codeOf(x, powers[c]);
        xz[c] += x * z;
        zz[c] += z * z;
      }
      const rows = values.length / channels;
      powers = powers.map((_, c) => _nearestPowerOfTwo(xz[c] / rows / (zz[c] / rows + _EPSILON)));
    }
    return powers;
  }

  function checked(values: ArrayLike<number>): Float32Array {
    if (values.length % channels !== 0) {
      throw new TypeError(
        `Cannot quantise by ${text}: the length must be a multiple of ${channels} channels, current value is ${values.length}`,
      );
    }
    return Float32Array.from(values);
  }

  return {
    channels,
    apply(values) {
      const x = checked(values), units = unitsOf(x);
      return x.map((value, i) => {
        const unit = units[i % channels];
        return range * unit * codeOf(value / range, unit) + 0;
      });
    },
    scales: (values) => unitsOf(checked(values)).map((unit) => unit * levels),
    gradient: (values) => new Float32Array(values.length).fill(1),
    toString: () => text,
  };
}

function _nearestPowerOfTwo(x: number): number {
  return 2 ** roundHalfEven(Math.log2(x + _EPSILON));
}
