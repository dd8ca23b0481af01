import type { Quantity } from "./quantity.ts";

/** How a measured quantity stands to the published value. */
export interface Verdict {
  /**
   * - `"agrees"`: the published value could well be one more of the measured ones, or is what the
   *   measured mean rounds to;
   * - `"above"`, `"below"`: the measured values lie above or below it, by more than they scatter;
   * - `"undecided"`: there is one value, whose scatter nobody knows, or they scatter so much that
   *   neither the published value nor zero can be told from them.
   */
  readonly kind: "agrees" | "above" | "below" | "undecided";
  /** Where 95 % of further values are expected; `null` when there is one value only. */
  readonly interval: readonly [number, number] | null;
  /** The verdict and its reason, in words. */
  readonly text: string;
}

/**
 * Compares a measured quantity with the published value, which is taken for one more value of the
 * same kind: it is expected, with 95 % probability, in
 *
 *     mean ± t s sqrt(1 + 1/n)
 *
 * with sample standard deviation s of n values, and t the quantile 0.975 of Student's distribution
 * with n - 1 degrees of freedom. Beyond that it may lie by half of its last printed digit.
 *
 * @param quantity The quantity, with its published value.
 * @returns The verdict; `undefined` when there is no published value.
 *
 * @example Three seeds, and a single value
 * ```ts
 * import { quantity, verdict } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const gain = (...values: number[]) => quantity("gain", "%", values, { paper: 35 });
 * assertEquals(verdict(gain(31, 33, 36))!.kind, "agrees");
 * assertEquals(verdict(gain(20, 21, 22))!.kind, "below");
 * assertEquals(verdict(gain(28))!.text, "undecided: one value, 20 % below");
 * ```
 */
export function verdict(quantity: Quantity): Verdict | undefined {
  const { paper, values, mean, spread } = quantity;
  if (paper === undefined) return undefined;
  const rounding = _halfOfLastDigit(paper);
  const isSame = Math.abs(mean - paper) <= rounding;
  if (spread === null) {
    return isSame
      ? { kind: "agrees", interval: null, text: "agrees to the printed digits" }
      : { kind: "undecided", interval: null, text: `undecided: one value, ${_apart(mean, paper)}` };
  }
  const n = values.length;
  const half = _studentQuantile(n - 1) * spread * Math.sqrt(1 + 1 / n);
  const interval = [mean - half, mean + half] as const;
  const kind = isSame || Math.abs(mean - paper) <= half + rounding
    ? paper !== 0 && interval[0] <= 0 && interval[1] >= 0 ? "undecided" : "agrees"
    : mean > paper
    ? "above"
    : "below";
  const [low, high] = interval.map((end) => _digits(end, half));
  return {
    kind,
    interval,
    text: `${kind}: 95 % of further runs are expected in ${low} to ${high}`,
  };
}

/** 0.5 for 35, 0.0005 for 0.078; 0 for 0, which is not rounded but meant. */
function _halfOfLastDigit(value: number): number {
  if (value === 0) return 0;
  const [mantissa, exponent = "0"] = String(value).split("e");
  const decimals = mantissa.split(".")[1]?.length ?? 0;
  return 0.5 * 10 ** (Number(exponent) - decimals) * (1 + 1e-9);
}

/** Quantile 0.975 of Student's distribution: closed forms, from 3 on the series in 1/n. */
function _studentQuantile(freedom: number): number {
  const p = 0.975;
  if (freedom === 1) return Math.tan(Math.PI * (p - 0.5));
  if (freedom === 2) return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  // Abramowitz and Stegun 26.7.5.
  const z = 1.959963984540054, z2 = z * z;
  const terms = [
    (z2 + 1) / 4,
    ((5 * z2 + 16) * z2 + 3) / 96,
    (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
    ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160,
  ];
  return z * terms.reduce((sum, term, k) => sum + term / freedom ** (k + 1), 1);
}

function _apart(mean: number, paper: number): string {
  const side = mean > paper ? "above" : "below";
  if (paper === 0) return `${Number(Math.abs(mean).toPrecision(2))} ${side}`;
  return `${Number((100 * Math.abs(mean / paper - 1)).toPrecision(2))} % ${side}`;
}

/** A number to two digits of its uncertainty. */
function _digits(value: number, uncertainty: number): string {
  if (uncertainty === 0) return String(Number(value.toPrecision(4)));
  return value.toFixed(Math.min(Math.max(1 - Math.floor(Math.log10(uncertainty)), 0), 12));
}
