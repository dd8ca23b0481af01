/**
 * Scaling the charges of a wafer.
 *
 * @module
 */
import { CELLS } from "./cells.ts";
import { countRows } from "./gather.ts";
import type { SameOrder } from "./orders.ts";

/**
 * What a wafer is divided by, S being the sum of its charges.
 *
 * - `fraction`: S, so that charges become fractions of the wafer's charge and sum to 1, as the paper
 *   words it and as its EMD networks were trained.
 * - `power_of_two`: 2^floor(log2 S), the highest bit of the sum, so that they sum to at least 1 and
 *   less than 2, as the published code does for the autoencoder: a shift in hardware.
 */
export type Normalisation = "fraction" | "power_of_two";

/** Options of {@linkcode normalise}. */
export interface NormaliseOptions {
  /**
   * What to do with a wafer without charge: throw, or leave its cells at zero.
   *
   * @default {"error"}
   */
  empty?: "error" | "zeros";
}

/**
 * Normalises each wafer of a batch.
 *
 * @param charges One wafer or a batch in either order, row-major, length a multiple of 48; finite and
 * not negative, in any unit.
 * @param how What each wafer is divided by.
 * @param options What to do with empty wafers.
 * @returns The normalised charges, marked with the order with which `charges` was marked; a fresh
 * array.
 * @throws {TypeError} If the length is not a multiple of 48.
 * @throws {RangeError} If a charge is negative, NaN or infinite, a sum overflows, a wafer is empty
 * (unless told otherwise), or an option has a value that is not one of those listed.
 *
 * @example
 * ```ts
 * import { normalise } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const charges = new Float64Array(48);
 * charges.set([3, 0, 10, 7]);
 * assertEquals(Array.from(normalise(charges, "fraction").subarray(0, 4)), [0.15, 0, 0.5, 0.35]);
 * assertEquals(
 *   Array.from(normalise(charges, "power_of_two").subarray(0, 4)),
 *   [0.1875, 0, 0.625, 0.4375],
 * );
 * ```
 */
export function normalise<T extends ArrayLike<number>>(
  charges: T,
  how: Normalisation,
  options: NormaliseOptions = {},
): SameOrder<T, Float64Array<ArrayBuffer>> {
  const { empty = "error" } = options;
  _checkChoices(how, empty);
  const wafers = countRows(charges, CELLS, "normalise wafers");
  const out = new Float64Array(charges.length);
  for (let wafer = 0; wafer < wafers; wafer++) {
    const sum = _sum(charges, wafer);
    if (sum === 0) {
      if (empty === "zeros") continue;
      throw new RangeError(
        `Cannot normalise wafer ${wafer}: sum of its charges must be > 0, current value is 0`,
      );
    }
    const divisor = how === "fraction" ? sum : _powerOfTwoIn(sum);
    for (let k = wafer * CELLS; k < (wafer + 1) * CELLS; k++) out[k] = charges[k] / divisor;
  }
  return out as SameOrder<T, Float64Array<ArrayBuffer>>;
}

function _checkChoices(how: Normalisation, empty: "error" | "zeros"): void {
  if (how !== "fraction" && how !== "power_of_two") {
    throw new RangeError(
      "Cannot normalise wafers: normalisation must be fraction or power_of_two, " +
        `current value is ${how}`,
    );
  }
  if (empty !== "error" && empty !== "zeros") {
    throw new RangeError(
      `Cannot normalise wafers: empty must be error or zeros, current value is ${empty}`,
    );
  }
}

function _sum(charges: ArrayLike<number>, wafer: number): number {
  let sum = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    const charge = charges[wafer * CELLS + cell];
    if (!(charge >= 0 && charge < Infinity)) {
      throw new RangeError(
        `Cannot normalise wafer ${wafer}: charge of cell ${cell} must be finite and >= 0, ` +
          `current value is ${charge}`,
      );
    }
    sum += charge;
  }
  if (sum === Infinity) {
    throw new RangeError(
      `Cannot normalise wafer ${wafer}: sum of its charges must be finite, current value is Infinity`,
    );
  }
  return sum;
}

/**
 * The largest power of two that is not above x, for x > 0: x without its 52 fraction bits. A rounded
 * logarithm would miss it next to powers of two.
 */
function _powerOfTwoIn(x: number): number {
  const smallestWithFullPrecision = 2 ** -1022;
  if (x < smallestWithFullPrecision) return _powerOfTwoIn(x * 2 ** 52) / 2 ** 52;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  bits.setUint32(0, bits.getUint32(0) & 0xfff00000);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}
