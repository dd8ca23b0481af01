/**
 * Text with numbers as they are printed: a hyphen before a digit becomes a minus sign, and per cent stay
 * on the line of their number.
 *
 * @param text The text.
 * @returns For example `"−1.3 to 5"`; hyphens between words or digits stay.
 *
 * @example
 * ```ts
 * import { typeset } from "./typeset.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(typeset("-1.3 to 5 %, pile-up 2-3"), "−1.3 to 5\u00a0%, pile-up 2-3");
 * ```
 */
export function typeset(text: string): string {
  return text.replace(/(^|[\s(])-(?=\d)/g, "$1−").replace(/(\d) %/g, "$1\u00a0%");
}
