/**
 * Which k of n cells: the combinatorial number system.
 *
 * The subset c_1 < c_2 < ... < c_k of {0, ..., n - 1} has the number
 *
 *     rank = C(c_1, 1) + C(c_2, 2) + ... + C(c_k, k)
 *
 * and every number in [0, C(n, k)) belongs to one subset. No address can take fewer bits than
 * ceil(log2 C(n, k)), if all subsets take the same.
 *
 * Source: Knuth, The Art of Computer Programming, volume 4A, Section 7.2.1.3, Theorem L.
 *
 * @module
 */

/** Largest n: all C(n, k) are then exact as numbers. */
const LARGEST = 56;

/** C(n, k) at [n][k], zero for k > n. */
const BINOMIALS: readonly Float64Array[] = _pascal();

/**
 * C(n, k), the number of subsets of k of n elements.
 *
 * @param n Elements, an integer in [0, 56].
 * @param k Elements of a subset, an integer in [0, 56].
 * @returns The number, exact; 0 for k > n.
 *
 * @example
 * ```ts
 * import { binomial } from "./subsets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(binomial(48, 24), 32247603683100);
 * ```
 */
export function binomial(n: number, k: number): number {
  return BINOMIALS[n][k];
}

/**
 * Bits of the number of a subset, ceil(log2 C(n, k)).
 *
 * @param n Elements, an integer in [0, 56].
 * @param k Elements of a subset, an integer in [0, n].
 * @returns The bits.
 *
 * @example
 * ```ts
 * import { subsetBits } from "./subsets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([1, 17, 24, 48].map((k) => subsetBits(48, k)), [6, 42, 45, 0]);
 * ```
 */
export function subsetBits(n: number, k: number): number {
  const subsets = binomial(n, k);
  // Doubled until it reaches the number: exact where a logarithm would be rounded.
  let bits = 0;
  while (2 ** bits < subsets) bits++;
  return bits;
}

/**
 * The number of a subset.
 *
 * @param elements Its elements, ascending, each in [0, 56).
 * @returns The number, in [0, C(n, k)).
 *
 * @example
 * ```ts
 * import { rankSubset } from "./subsets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([[0, 1], [0, 2], [1, 2], [0, 3]].map(rankSubset), [0, 1, 2, 3]);
 * ```
 */
export function rankSubset(elements: ArrayLike<number>): number {
  let rank = 0;
  for (let k = 0; k < elements.length; k++) rank += BINOMIALS[elements[k]][k + 1];
  return rank;
}

/**
 * The subset of a number.
 *
 * @param rank The number, in [0, C(n, k)).
 * @param n Elements, an integer in [0, 56].
 * @param elements Receives the subset, ascending; k is its length.
 *
 * @example
 * ```ts
 * import { unrankSubset } from "./subsets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const elements = new Uint8Array(2);
 * unrankSubset(2, 4, elements);
 * assertEquals([...elements], [1, 2]);
 * ```
 */
export function unrankSubset(rank: number, n: number, elements: Uint8Array): void {
  let element = n - 1;
  for (let k = elements.length; k > 0; k--) {
    // The largest element is the last whose binomial is not above what is left.
    while (BINOMIALS[element][k] > rank) element--;
    rank -= BINOMIALS[element][k];
    elements[k - 1] = element--;
  }
}

function _pascal(): Float64Array[] {
  const rows: Float64Array[] = [];
  for (let n = 0; n <= LARGEST; n++) {
    const row = new Float64Array(LARGEST + 1);
    row[0] = 1;
    for (let k = 1; k <= n; k++) row[k] = rows[n - 1][k - 1] + rows[n - 1][k];
    rows.push(row);
  }
  return rows;
}
