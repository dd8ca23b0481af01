/**
 * Anchors of viridis (van der Walt and Smith 2015, CC0), evenly spaced from low to high: lightness
 * grows evenly, also for colour-blind readers and in grey.
 */
export const VIRIDIS: readonly string[] = [
  "#440154",
  "#48186a",
  "#472d7b",
  "#424086",
  "#3b528b",
  "#33638d",
  "#2c728e",
  "#26828e",
  "#21918c",
  "#1fa088",
  "#28ae80",
  "#3fbc73",
  "#5ec962",
  "#84d44b",
  "#addc30",
  "#d8e219",
  "#fde725",
];

/**
 * Colours for series that are told apart by colour-blind readers too (Okabe and Ito 2008, without
 * the yellow, which is too pale for lines), and a brown, in the order in which series take them.
 */
export const PALETTE: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#000000",
  "#7a5230",
];

/**
 * The viridis colour of a number in [0, 1], by linear interpolation between {@linkcode VIRIDIS}.
 *
 * @param share 0 for the darkest colour, 1 for the brightest.
 * @returns The colour as `#rrggbb`.
 * @throws {RangeError} If the share lies outside [0, 1].
 *
 * @example
 * ```ts
 * import { viridis } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0, 0.5, 1].map(viridis), ["#440154", "#21918c", "#fde725"]);
 * ```
 */
export function viridis(share: number): string {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(
      `Cannot choose a colour: share must be in [0, 1], current value is ${share}`,
    );
  }
  const position = share * (VIRIDIS.length - 1);
  const below = Math.min(Math.floor(position), VIRIDIS.length - 2);
  const low = _channels(VIRIDIS[below]);
  const high = _channels(VIRIDIS[below + 1]);
  const mixed = low.map((value, i) => Math.round(value + (position - below) * (high[i] - value)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Whether black or white text reads better on a colour, by its relative luminance (WCAG 2.1: black
 * from 0.179 upwards).
 *
 * @param color The background as `#rrggbb`.
 * @returns `"#000000"` or `"#ffffff"`.
 *
 * @example
 * ```ts
 * import { textColorOn } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([textColorOn("#440154"), textColorOn("#fde725")], ["#ffffff", "#000000"]);
 * ```
 */
export function textColorOn(color: string): string {
  const [red, green, blue] = _channels(color).map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}

function _channels(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
}
