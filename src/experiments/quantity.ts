/** A number that an experiment measured, once a seed, beside the published one where there is one. */
export interface Quantity {
  /** What was measured, for example `"median EMD"`. */
  readonly name: string;
  /** Its unit, `""` when it has none. */
  readonly unit: string;
  /** The published value, in the same unit. */
  readonly paper?: number;
  /** The measured values, usually one a seed; at least one. */
  readonly values: readonly number[];
  /** Their mean. */
  readonly mean: number;
  /** Their sample standard deviation (n - 1); `null` when there is only one value. */
  readonly spread: number | null;
}

/**
 * Sums up measured values: their mean, and their sample standard deviation
 * `sqrt(sum (v - mean)^2 / (n - 1))` as spread. One value has no spread: `null`, not 0.
 *
 * @param name What was measured.
 * @param unit Its unit, `""` when it has none.
 * @param values At least one finite number, usually one a seed.
 * @param options `paper`: the published value, in the same unit.
 * @returns The quantity; it keeps the values, so that a reader sees how many there are.
 * @throws {RangeError} If there is no value, or one is not finite.
 *
 * @example Three seeds
 * ```ts
 * import { quantity } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const emd = quantity("median EMD", "half pitch", [1, 2, 3], { paper: 1.5 });
 * assertEquals([emd.mean, emd.spread, emd.values.length], [2, 1, 3]);
 * ```
 */
export function quantity(
  name: string,
  unit: string,
  values: ArrayLike<number>,
  options: { paper?: number } = {},
): Quantity {
  const numbers = Array.from(values);
  if (numbers.length === 0) {
    throw new RangeError(`Cannot sum up quantity "${name}": it must have at least one value`);
  }
  for (const [what, value] of [...numbers.entries(), ["paper", options.paper ?? 0] as const]) {
    if (Number.isFinite(value)) continue;
    const part = typeof what === "number" ? `values[${what}]` : what;
    throw new RangeError(
      `Cannot sum up quantity "${name}": ${part} must be finite, current value is ${value}`,
    );
  }
  const paper = options.paper === undefined ? {} : { paper: options.paper };
  return { name, unit, ...paper, values: numbers, ..._meanAndSpread(numbers) };
}

/**
 * One line that says a quantity: mean, spread, number of values and the published value.
 *
 * @param quantity The quantity.
 * @returns For example `"median EMD: 0.87 ± 0.02 half pitch (mean of 3 values; paper 1.23)"`; the
 * mean has four digits, or as many decimals as the spread with two digits.
 *
 * @example
 * ```ts
 * import { formatQuantity, quantity } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   formatQuantity(quantity("time", "s", [1, 2, 3], { paper: 1.5 })),
 *   "time: 2.0 ± 1.0 s (mean of 3 values; paper 1.5)",
 * );
 * assertEquals(formatQuantity(quantity("time", "s", [1.23456])), "time: 1.235 s (1 value)");
 * ```
 */
export function formatQuantity(quantity: Quantity): string {
  const { name, unit, values, paper } = quantity;
  const number = formatMean(quantity);
  const count = values.length === 1 ? "1 value" : `mean of ${values.length} values`;
  const published = paper === undefined ? "" : `; paper ${formatPaper(paper)}`;
  return `${name}: ${number}${unit && ` ${unit}`} (${count}${published})`;
}

/**
 * The mean of a quantity with its spread, where it has one.
 *
 * @param quantity The quantity.
 * @returns For example `"0.87 ± 0.02"`; digits as in {@linkcode formatQuantity}.
 *
 * @example
 * ```ts
 * import { formatMean, quantity } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatMean(quantity("time", "s", [1, 2, 3])), "2.0 ± 1.0");
 * assertEquals(formatMean(quantity("time", "s", [1.23456])), "1.235");
 * ```
 */
export function formatMean({ mean, spread }: Pick<Quantity, "mean" | "spread">): string {
  return spread === null ? _digits(mean, 4) : _meanWithSpread(mean, spread);
}

/** Mean and sample standard deviation, in two passes. */
function _meanAndSpread(values: readonly number[]): { mean: number; spread: number | null } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return { mean, spread: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) };
}

function _meanWithSpread(mean: number, spread: number): string {
  if (spread === 0) return `${_digits(mean, 4)} ± 0`;
  const decimals = Math.min(Math.max(1 - Math.floor(Math.log10(spread)), 0), 12);
  return `${mean.toFixed(decimals)} ± ${spread.toFixed(decimals)}`;
}

function _digits(value: number, digits: number): string {
  // Counts are exact.
  return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(digits)));
}

/**
 * A published value in words: whole numbers as they are, others to four digits, as some are means or
 * ratios of what is printed.
 *
 * @param paper The value.
 * @returns For example `"0.7351"`.
 *
 * @example
 * ```ts
 * import { formatPaper } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.735076923, 5.3, 188033].map(formatPaper), ["0.7351", "5.3", "188033"]);
 * ```
 */
export function formatPaper(paper: number): string {
  return String(Number.isInteger(paper) ? paper : Number(paper.toPrecision(4)));
}
