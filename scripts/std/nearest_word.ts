/**
 * What somebody who mistyped a word may have meant.
 *
 * @module
 */

/**
 * The known word that takes the fewest edits to reach; no word where even that one is too far away to
 * have been meant, which is more edits than a third of its letters, rounded up.
 *
 * @param word What was typed.
 * @param known The words that there are.
 * @returns The nearest of them, the first of several as near.
 *
 * @example
 * ```ts
 * import { nearestWord } from "./nearest_word.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearestWord("presett", ["seed", "preset"]), "preset");
 * assertEquals(nearestWord("weather", ["seed", "preset"]), undefined);
 * ```
 */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined, fewest = Infinity;
  for (const candidate of known) {
    const edits = editDistance(word, candidate);
    if (edits < fewest && edits <= Math.ceil(candidate.length / 3)) {
      [nearest, fewest] = [candidate, edits];
    }
  }
  return nearest;
}

/**
 * The end of a sentence that refuses a word.
 *
 * @param word What was typed.
 * @param known The words that there are.
 * @returns ", did you mean WORD?", or "" where none is near.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? "" : `, did you mean ${nearest}?`;
}

/**
 * The least number of letters to insert, remove or replace, or of neighbours to swap, that makes one
 * word of another, where no letter is edited twice (optimal string alignment, after Damerau,
 * doi:10.1145/363958.363994).
 *
 * @param from A word.
 * @param to Another one.
 * @returns The number of edits.
 */
export function editDistance(from: string, to: string): number {
  // Row i holds the distances of the first i letters of `from` to each beginning of `to`.
  const rows = [Array.from({ length: to.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = rows[i - 1][j - 1] + +(from[i - 1] !== to[j - 1]);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? rows[i - 2][j - 2] + 1 : Infinity;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced, swapped);
    }
    rows.push(row);
  }
  return rows[from.length][to.length];
}
