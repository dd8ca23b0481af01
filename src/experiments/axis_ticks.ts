import type { Domain } from "./figure_layout.ts";

/** A tick of an axis: where, and its text, `""` for a small tick. */
export interface Tick {
  /** Position on the axis. */
  readonly value: number;
  /** Text beside it. */
  readonly label: string;
}

/**
 * Ticks of a linear axis: multiples of 1, 2 or 5 times a power of ten, about five of them.
 *
 * @param domain Lowest and highest number, increasing.
 * @returns The ticks inside the domain, in increasing order, all with as many decimals as needed.
 *
 * @example
 * ```ts
 * import { linearTicks } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(linearTicks([0, 1]).map((tick) => tick.label), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
 * ```
 */
export function linearTicks(domain: Domain): Tick[] {
  const [low, high] = domain;
  const power = Math.floor(Math.log10((high - low) / 5));
  const factor = [1, 2, 5, 10].find((f) => (high - low) / (f * 10 ** power) <= 5.5) ?? 10;
  const decimals = Math.max(0, factor === 10 ? -power - 1 : -power);
  const step = factor * 10 ** power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: value.toFixed(decimals) };
  });
}

/**
 * Ticks of a logarithmic axis: small ones at 2 to 9 times each power of ten, and text at the powers
 * of ten (at every n-th, so that at most eight have text). An axis with fewer than three powers of
 * ten on it has text at 1, 2 and 5 times a power; one without even two of those, at its ends.
 *
 * @param domain Lowest and highest number of the axis, both positive.
 * @returns The ticks in increasing order.
 *
 * @example
 * ```ts
 * import { logTicks } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const withText = logTicks([0.001, 1]).filter(({ label }) => label !== "");
 * assertEquals(withText.map(({ label }) => label), ["10⁻³", "10⁻²", "10⁻¹", "1"]);
 * ```
 */
export function logTicks(domain: Domain): Tick[] {
  const [low, high] = domain;
  // A hair of room, since 10 ** -3 and a domain that ends there may differ in their last digit.
  const isInside = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const shown = powers.filter((power) => isInside(_times(1, power)));
  const isShort = shown.length < 3;
  const factorsWithText = isShort ? [1, 2, 5] : [1];
  const every = Math.ceil(shown.length / 8) || 1;
  const ticks = powers.flatMap((power) =>
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((factor) => {
      const hasText = factorsWithText.includes(factor) && power % every === 0;
      return { value: _times(factor, power), label: hasText ? _label(factor, power, isShort) : "" };
    })
  ).filter(({ value }) => isInside(value));
  if (ticks.filter(({ label }) => label !== "").length >= 2) return ticks;
  return [low, high].map((value) => ({ value, label: String(Number(value.toPrecision(3))) }));
}

/** factor * 10^power, as the number that one would write: 2e-3 is exactly 0.002. */
function _times(factor: number, power: number): number {
  return Number(`${factor}e${power}`);
}

/** 1, 10, 100 and from there 10³; plain numbers also around them on a short axis: 0.05, 2000. */
function _label(factor: number, power: number, isShort: boolean): string {
  const isPlain = isShort ? power >= -3 && power <= 3 : power >= 0 && power <= 2;
  if (isPlain) return String(_times(factor, power));
  const digits = Array.from(String(Math.abs(power)), (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
  const tens = `10${power < 0 ? "⁻" : ""}${digits.join("")}`;
  return factor === 1 ? tens : `${factor}·${tens}`;
}
