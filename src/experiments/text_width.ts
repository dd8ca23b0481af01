import font from "../../data/fonts/dejavu_sans.json" with { type: "json" };

const ADVANCES: Readonly<Record<string, number>> = font.advances;

/**
 * Width of a line of text in the font of the figures, DejaVu Sans, from the advance widths of its
 * letters; kerning is left out. A letter that the font lacks counts as wide as a digit.
 *
 * @param text One line.
 * @param fontSize Size of the font, in the unit of the answer.
 * @returns The width, 0 for an empty text.
 *
 * @example Digits are all of one width
 * ```ts
 * import { textWidth } from "@hexmover/hexmover/experiments";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(textWidth("0123", 10), 4 * textWidth("7", 10));
 * ```
 */
export function textWidth(text: string, fontSize: number): number {
  let units = 0;
  for (const letter of text) units += ADVANCES[letter] ?? ADVANCES["0"];
  return units / font.unitsPerEm * fontSize;
}
