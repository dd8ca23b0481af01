/** An SVG above this size is shown by its PNG, where that is smaller; characters. */
const LARGE_SVG = 150_000;

/**
 * A picture as the address of an `<img>` that needs no other file. Within an `<img>` an SVG can neither
 * run scripts nor share names with the page.
 *
 * @param svg The picture, if there is one.
 * @param png The same as PNG, if there is one.
 * @returns A `data:` address; `undefined` when there is neither.
 *
 * @example
 * ```ts
 * import { dataImage } from "./data_image.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dataImage('<svg fill="#fff"/>'), 'data:image/svg+xml;utf8,<svg fill="%23fff"/>');
 * ```
 */
export function dataImage(svg?: string, png?: Uint8Array): string | undefined {
  const isPngBetter = svg !== undefined && svg.length > LARGE_SVG && png !== undefined &&
    png.length * 4 / 3 < svg.length;
  if (svg !== undefined && !isPngBetter) return `data:image/svg+xml;utf8,${_asAddress(svg)}`;
  return png && `data:image/png;base64,${png.toBase64()}`;
}

/** Only what an address may not hold, so that it stays short. */
function _asAddress(text: string): string {
  return text.trim().replace(/[%#\n\r\t]/g, encodeURIComponent);
}
