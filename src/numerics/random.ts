/**
 * Reproducible random numbers: streams keyed by (seed, purpose, index).
 *
 * A stream is named by what it is for and by which item it serves, never by who asks or when. Event
 * 17 therefore draws the same numbers whatever ran before it and on however many workers.
 *
 * @module
 */

/**
 * A stream of random numbers: xoshiro128** (Blackman and Vigna, 2021; period 2^128 - 1) seeded from
 * a hash of (seed, purpose, index).
 *
 * @example Two streams with the same key are equal
 * ```ts
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const a = new RandomStream(7, "pairs", 17);
 * const b = new RandomStream(7, "pairs", 17);
 * assertEquals(a.uniform(), b.uniform());
 * ```
 */
export class RandomStream {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;
  #spareNormal = NaN;

  /**
   * Starts a stream; two with the same key give the same numbers.
   *
   * @param seed The run's seed, a safe integer.
   * @param purpose What the numbers are for, for example `"pairs"`.
   * @param index Which item they serve, a safe integer. Default 0.
   * @throws {RangeError} If seed or index is not a safe integer.
   */
  constructor(seed: number, purpose: string, index = 0) {
    for (const [name, value] of [["seed", seed], ["index", index]] as const) {
      if (!Number.isSafeInteger(value)) {
        throw new RangeError(
          `Cannot start a random stream: ${name} must be a safe integer, current value is ${value}`,
        );
      }
    }
    const hash = new _Hash();
    hash.addInteger(seed);
    hash.addText(purpose);
    hash.addInteger(index);
    this.#s0 = hash.next();
    this.#s1 = hash.next();
    this.#s2 = hash.next();
    // The state must not be all zero; one set bit is enough and costs nothing.
    this.#s3 = hash.next() | 1;
  }

  /** 32 random bits, as an unsigned integer in [0, 2^32). */
  uint32(): number {
    const s1 = this.#s1;
    const scrambled = Math.imul(_rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    this.#s2 ^= this.#s0;
    this.#s3 ^= s1;
    this.#s1 ^= this.#s2;
    this.#s0 ^= this.#s3;
    this.#s2 ^= s1 << 9;
    this.#s3 = _rotateLeft(this.#s3, 11);
    return scrambled;
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /**
   * A uniform number in the open interval (0, 1) with 32 random bits: the middle of one of 2^32 equal
   * steps, so that its logarithm is finite. Twice as fast as {@linkcode RandomStream.uniform}, for
   * inner loops.
   */
  uniform32(): number {
    return (this.uint32() + 0.5) * 2.3283064365386963e-10; // 2^-32
  }

  /**
   * A uniform integer in [0, n), without bias.
   *
   * @param n The number of values, an integer in [1, 2^32].
   * @returns The integer.
   * @throws {RangeError} If n is not an integer in [1, 2^32].
   */
  integer(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 4294967296) {
      throw new RangeError(
        `Cannot draw an integer below n: n must be an integer in [1, 2^32], current value is ${n}`,
      );
    }
    const unbiasedLimit = 4294967296 - (4294967296 % n);
    let bits = this.uint32();
    while (bits >= unbiasedLimit) bits = this.uint32();
    return bits % n;
  }

  /** A standard normal number (polar method of Marsaglia). */
  normal(): number {
    if (!Number.isNaN(this.#spareNormal)) {
      const spare = this.#spareNormal;
      this.#spareNormal = NaN;
      return spare;
    }
    while (true) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt(-2 * Math.log(s) / s);
      this.#spareNormal = v * scale;
      return u * scale;
    }
  }

  /** An exponential number with mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  /**
   * Shuffles in place (Fisher and Yates): every order is equally likely.
   *
   * @param items The items to shuffle.
   * @returns The same array.
   */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = items[i];
      items[i] = items[j];
      items[j] = held;
    }
    return items;
  }
}

/** Mixes a key into 32-bit words, so that keys that differ in one bit give unrelated streams. */
class _Hash {
  #state = 0x9e3779b9;

  addInteger(value: number): void {
    const high = Math.floor(value / 4294967296);
    this.#mix((value - high * 4294967296) | 0);
    this.#mix(high | 0);
  }

  addText(text: string): void {
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i));
    this.#mix(text.length);
  }

  next(): number {
    this.#mix(0);
    return this.#state;
  }

  /** One round of MurmurHash3: absorb a word, then scramble the state. */
  #mix(word: number): void {
    const scrambled = Math.imul(_rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
    let h = Math.imul(_rotateLeft(this.#state ^ scrambled, 13), 5) + 0xe6546b64 | 0;
    h = Math.imul(h ^ h >>> 16, 0x85ebca6b);
    h = Math.imul(h ^ h >>> 13, 0xc2b2ae35);
    this.#state = h ^ h >>> 16;
  }
}

function _rotateLeft(bits: number, by: number): number {
  return bits << by | bits >>> 32 - by;
}
