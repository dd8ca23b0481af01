/**
 * Numbers of some bits in a row of bytes, the most significant bit first.
 *
 * @module
 */

/** Writes numbers bit by bit. */
export class BitWriter {
  /** Bits written so far, from the first byte on; set it to go on elsewhere. */
  position = 0;
  readonly #bytes: Uint8Array;

  /**
   * Starts at the first byte.
   *
   * @param bytes Where to write: zeros, for bits are only ever set.
   */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * Writes a number.
   *
   * @param value An integer in [0, 2^bits).
   * @param bits How many bits it takes, an integer in [0, 53].
   */
  write(value: number, bits: number): void {
    for (let left = bits; left > 0;) {
      // Division instead of shifts: a shift would cut at 32 bits.
      const room = 8 - this.position % 8, taken = Math.min(room, left);
      const below = 2 ** (left - taken), top = Math.floor(value / below);
      this.#bytes[this.position >>> 3] |= top << (room - taken);
      value -= top * below;
      left -= taken;
      this.position += taken;
    }
  }
}

/** Reads what {@linkcode BitWriter} wrote. */
export class BitReader {
  /** Bits read so far, from the first byte on; set it to go on elsewhere. */
  position = 0;
  readonly #bytes: Uint8Array;

  /**
   * Starts at the first byte.
   *
   * @param bytes What was written.
   */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * Reads a number.
   *
   * @param bits How many bits it takes, an integer in [0, 53].
   * @returns The number, in [0, 2^bits).
   */
  read(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0;) {
      const room = 8 - this.position % 8, taken = Math.min(room, left);
      const piece = this.#bytes[this.position >>> 3] >>> (room - taken) & (1 << taken) - 1;
      value = value * (1 << taken) + piece;
      left -= taken;
      this.position += taken;
    }
    return value;
  }
}
