/**
 * Bits of a digit. For many numbers six passes with 2^11 digits are best, the counts of which stay in
 * the fastest cache; for few, counting so many digits would take longer than the numbers themselves.
 */
const _digitBits = (count: number): number => count < 1000 ? 8 : 11;

/**
 * The order that sorts numbers that are not negative: `values[order[0]] <= values[order[1]] <= ...`,
 * equal numbers in the order in which they came.
 *
 * A radix sort on the bits of the numbers, least digits first: as unsigned integers, the bits of
 * doubles that are not negative have the order of the doubles. Takes O(n); 20,000 numbers take about
 * a tenth of the time of a sort of indices with a comparing function.
 *
 * @param values The numbers, finite, not negative (and not -0).
 * @returns The order, a permutation of 0 to n - 1.
 *
 * @example
 * ```ts
 * import { sortedOrder } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...sortedOrder(Float64Array.of(0.5, 3, 0, 0.5))], [2, 0, 3, 1]);
 * ```
 */
export function sortedOrder(values: Float64Array): Uint32Array {
  const count = values.length;
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * count);
  const bits = _digitBits(count), digits = 1 << bits, mask = digits - 1;
  const counts = new Uint32Array(digits);
  let order = new Uint32Array(count), next = new Uint32Array(count);
  for (let k = 0; k < count; k++) order[k] = k;
  for (const word of [LOW_WORD, 1 - LOW_WORD]) {
    for (let shift = 0; shift < 32; shift += bits) {
      counts.fill(0);
      for (let k = 0; k < count; k++) counts[words[2 * k + word] >>> shift & mask]++;
      // All numbers share this digit: nothing to do.
      if (count > 0 && counts[words[word] >>> shift & mask] === count) continue;
      for (let digit = 0, begin = 0; digit < digits; digit++) {
        const size = counts[digit];
        counts[digit] = begin;
        begin += size;
      }
      for (let k = 0; k < count; k++) {
        const index = order[k];
        next[counts[words[2 * index + word] >>> shift & mask]++] = index;
      }
      [order, next] = [next, order];
    }
  }
  return order;
}

/** Where the low word of a double lies: first on little-endian machines. */
const LOW_WORD = new Uint32Array(Float64Array.of(1).buffer)[0] === 0 ? 0 : 1;
