/**
 * How cells are filled: charges from dark to bright, differences in two colours.
 *
 * @module
 */
import { PALETTE, textColorOn, viridis } from "../src/experiments/color_map.ts";

/** A fill that lets the page's own ground through, light or dark. */
export interface CellFill {
  /** Colour as `#rrggbb`. */
  readonly color: string;
  /** From 0 to 1. */
  readonly opacity: number;
}

/**
 * Colours of charges, from the darkest for almost none to the brightest for the largest one of a wafer;
 * by the square root, so that soft hits are told apart beside a shower.
 *
 * @param charges The wafer.
 * @returns For each cell its fill; `undefined` for a cell without charge.
 */
export function chargeFills(charges: ArrayLike<number>): (CellFill | undefined)[] {
  const largest = Math.max(...Array.from(charges));
  return Array.from(
    charges,
    (charge) =>
      charge > 0 ? { color: viridis(Math.sqrt(charge / largest)), opacity: 1 } : undefined,
  );
}

/**
 * Colours of signed numbers: blue above zero, orange below, the stronger the farther from zero.
 *
 * @param values The numbers.
 * @returns For each cell its fill; `undefined` where all numbers are zero.
 */
export function signedFills(values: ArrayLike<number>): (CellFill | undefined)[] {
  const numbers = Array.from(values), largest = Math.max(...numbers.map(Math.abs));
  return numbers.map((value) =>
    largest > 0
      ? { color: value > 0 ? PALETTE[0] : PALETTE[1], opacity: 0.85 * Math.abs(value) / largest }
      : undefined
  );
}

/**
 * The colour of a number written on a fill.
 *
 * @param fill The fill, opaque.
 * @returns `#000000` or `#ffffff`.
 */
export function inkOn({ color }: CellFill): string {
  return textColorOn(color);
}
