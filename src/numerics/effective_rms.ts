/** Which interval {@linkcode effectiveRms} takes. */
export type EffectiveRmsMethod = "published" | "shortest_interval";

/** Options of {@linkcode effectiveRms}. */
export interface EffectiveRmsOptions {
  /**
   * - `published`: of n values, the least width of m = floor(fraction n) + 1 neighbouring gaps, that is
   *   of m + 1 values, as in the code published with the paper;
   * - `shortest_interval`: the shortest interval that holds ceil(fraction n) values.
   *
   * @default {"published"}
   */
  readonly method?: EffectiveRmsMethod;
  /**
   * Share of the values inside, in (0, 1).
   *
   * @default {0.68}
   */
  readonly fraction?: number;
}

/**
 * The effective RMS of a sample: half the width of the narrowest interval that holds about 68 % of the
 * values. With x sorted,
 *
 *     min_i (x[i + gaps] - x[i]) / 2,   gaps = floor(0.68 n) + 1      (published)
 *                                       gaps = ceil(0.68 n) - 1       (shortest interval)
 *
 * For a normal distribution it is 0.994 standard deviations; tails far from the core do not count.
 *
 * @param values The sample, in any order; not changed.
 * @param options Which interval.
 * @returns The effective RMS, in the unit of the values.
 * @throws {RangeError} If a value is not finite, there are too few for the gaps (four or more are
 * enough for the published form), or an option has an impossible value.
 *
 * Source: paper, Section 5, and the code published with it.
 *
 * @example The outlier at 50 does not count
 * ```ts
 * import { effectiveRms } from "@hexmover/hexmover/numerics";
 * import { assertEquals } from "@std/assert";
 *
 * const values = [0, 1, 2, 3, 4, 5, 6, 7, 8, 50];
 * assertEquals(effectiveRms(values), 3.5);
 * assertEquals(effectiveRms(values, { method: "shortest_interval" }), 3);
 * ```
 */
export function effectiveRms(
  values: ArrayLike<number>,
  options: EffectiveRmsOptions = {},
): number {
  const gaps = _gaps(values.length, options);
  if (gaps >= values.length) {
    throw new RangeError(
      `Cannot take an effective RMS: there must be more than ${gaps} values, ` +
        `current number is ${values.length}`,
    );
  }
  const sorted = Float64Array.from(values).sort();
  // NaN sorts last, so that a look at both ends finds all that is not finite.
  for (const end of [sorted[0], sorted[sorted.length - 1]]) {
    if (Number.isFinite(end)) continue;
    throw new RangeError(
      `Cannot take an effective RMS: values must be finite, current value is ${end}`,
    );
  }
  let width = Infinity;
  for (let i = 0; i + gaps < sorted.length; i++) {
    width = Math.min(width, sorted[i + gaps] - sorted[i]);
  }
  return width / 2;
}

/** Gaps between neighbouring values that the interval spans. */
function _gaps(count: number, options: EffectiveRmsOptions): number {
  const { method = "published", fraction = 0.68 } = options;
  if (!(fraction > 0 && fraction < 1)) {
    throw new RangeError(
      `Cannot take an effective RMS: fraction must be in (0, 1), current value is ${fraction}`,
    );
  }
  switch (method) {
    case "published":
      return Math.floor(fraction * count) + 1;
    case "shortest_interval":
      // Rounding may lift a product above a whole number: 0.68 * 75 is 51.00000000000001.
      return Math.max(Math.ceil(fraction * count - 1e-9), 1) - 1;
    default:
      throw new RangeError(
        "Cannot take an effective RMS: method must be published or shortest_interval, " +
          `current value is ${method}`,
      );
  }
}
