import type { BitReader, BitWriter } from "./bits.ts";

/** How digits of one base are packed into bits. */
export interface DigitPacking {
  /** Bits of all digits. */
  readonly bits: number;
  /**
   * Writes the digits.
   *
   * @param digits Integers in [0, base), as many as the packing is for.
   * @param writer Where to write.
   */
  write(digits: ArrayLike<number>, writer: BitWriter): void;
  /**
   * Reads the digits.
   *
   * @param reader Where to read.
   * @param digits Receives them.
   * @throws {RangeError} If a group of bits is beyond the largest that is written.
   */
  read(reader: BitReader, digits: Uint16Array): void;
}

/** Groups of at most so many bits, so that a group is one exact and quick number. */
const MOST_BITS = 30;

/**
 * The best packing of digits of one base in groups: g digits are one number below base^g, which takes
 * ceil(g log2(base)) bits. Five digits of base 3 take 8 bits instead of 10, three of base 5 take 7
 * instead of 9; for a base that is a power of two, each digit is on its own.
 *
 * Of all sizes of groups it takes the smallest of those that need the fewest bits.
 *
 * @param count How many digits, at least 1.
 * @param base Digits are in [0, base); an integer in [2, 65536].
 * @returns The packing.
 *
 * @example 48 cells of five levels in 112 bits
 * ```ts
 * import { digitPacking } from "./digits.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([2, 3, 5, 8].map((base) => digitPacking(48, base).bits), [48, 77, 112, 144]);
 * ```
 */
export function digitPacking(count: number, base: number): DigitPacking {
  const group = _bestGroup(count, base);

  function write(digits: ArrayLike<number>, writer: BitWriter): void {
    for (let first = 0; first < count; first += group) {
      const end = Math.min(first + group, count);
      let value = 0;
      for (let i = first; i < end; i++) value = value * base + digits[i];
      writer.write(value, _bitsBelow(base ** (end - first)));
    }
  }

  function read(reader: BitReader, digits: Uint16Array): void {
    for (let first = 0; first < count; first += group) {
      const end = Math.min(first + group, count), values = base ** (end - first);
      let value = reader.read(_bitsBelow(values));
      if (value >= values) {
        throw new RangeError(
          `Cannot decode wafers: ${end - first} digits of base ${base} must be below ${values}, ` +
            `current value is ${value}`,
        );
      }
      for (let i = end - 1; i >= first; i--) {
        digits[i] = value % base;
        value = Math.floor(value / base);
      }
    }
  }

  return { bits: _bitsInGroups(count, base, group), write, read };
}

function _bestGroup(count: number, base: number): number {
  let best = 1;
  for (let group = 2; group <= count && base ** group <= 2 ** MOST_BITS; group++) {
    if (_bitsInGroups(count, base, group) < _bitsInGroups(count, base, best)) best = group;
  }
  return best;
}

function _bitsInGroups(count: number, base: number, group: number): number {
  const rest = count % group;
  return Math.floor(count / group) * _bitsBelow(base ** group) + _bitsBelow(base ** rest);
}

/** Bits that tell apart the integers below `values`, at most 2^31. */
function _bitsBelow(values: number): number {
  return 32 - Math.clz32(values - 1);
}
