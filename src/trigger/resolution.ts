import { effectiveRms, type EffectiveRmsMethod } from "../numerics/effective_rms.ts";
import { RandomStream } from "../numerics/random.ts";
import { binIndex } from "./bin_index.ts";

/** An effective RMS takes so many values. */
const FEWEST_VALUES = 4;

/** The members of a curve, each with one number an event. */
export type CurveMembers = readonly ArrayLike<number>[];

/** Options of {@linkcode pairedResolution}. */
export interface ResolutionOptions {
  /** Seed of the resamples, a safe integer. */
  readonly seed: number;
  /**
   * The curve to which the others are compared.
   *
   * @default {0}
   */
  readonly reference?: number;
  /**
   * Which effective RMS.
   *
   * @default {"published"}
   */
  readonly method?: EffectiveRmsMethod;
  /**
   * Resamples from which errors are taken.
   *
   * @default {200}
   */
  readonly resamples?: number;
  /**
   * Bins are left out in which a curve has fewer values, 4 at least, or all of one size.
   *
   * @default {20}
   */
  readonly leastValues?: number;
}

/** A number and its standard error. */
export interface Measured {
  /** The number. */
  readonly value: number;
  /** Its standard error. */
  readonly error: number;
}

/** Resolution of one curve, over the bins. */
export interface ResolutionCurve {
  /** Effective RMS over mean, in each bin. */
  readonly resolution: readonly Measured[];
  /** Ratio to the reference curve, in each bin. */
  readonly ratio: readonly Measured[];
  /** Mean of the resolution over the bins. */
  readonly meanResolution: Measured;
  /** Mean of the ratio over the bins. */
  readonly meanRatio: Measured;
}

/** Resolutions of several curves for the same events. */
export interface PairedResolution {
  /** The bins that have enough values: their edges, and how many events lie in them. */
  readonly bins: readonly {
    readonly low: number;
    readonly high: number;
    readonly events: number;
  }[];
  /** The curves, in their order. */
  readonly curves: readonly ResolutionCurve[];
}

/**
 * Effective RMS over mean of several curves in bins, with errors that know of the events they share.
 *
 *     resolution = effectiveRms(x) / mean(x),   x = pT / pT_gen of the events in the bin
 *
 * A curve may have several members, such as networks trained alike from different seeds: its resolution
 * is the mean over them.
 *
 * Errors are standard deviations over bootstrap resamples: events of a bin, drawn with replacement. The
 * curves see the same resamples, so that what they have in common drops out of their ratios. The
 * calibration is not repeated for each resample.
 *
 * @param curves For each curve its members, and of each member one number an event: pT / pT_gen, NaN
 * where it has no cluster.
 * @param position Where each event is binned, for example |eta|; NaN leaves the event out.
 * @param edges Edges of the bins, increasing.
 * @param options Seed, reference and method.
 * @returns The resolutions.
 * @throws {TypeError} If the members are not of one length.
 * @throws {RangeError} If no bin has enough values, or there is no such reference.
 *
 * Source: paper, Section 5 and Fig. 7.
 *
 * @example The second curve is twice as wide; the ratio is exact although both are not
 * ```ts
 * import { pairedResolution } from "@hexmover/hexmover/trigger";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const random = new RandomStream(1, "example");
 * const narrow = Float64Array.from({ length: 500 }, () => 0.05 * random.normal());
 * const mean = narrow.reduce((sum, x) => sum + x / 500, 0);
 * const curves = [1, 2].map((width) => [narrow.map((x) => 1 + width * (x - mean))]);
 * const { curves: [, wide] } = pairedResolution(curves, new Float64Array(500), [-1, 1], { seed: 1 });
 * assertAlmostEquals(wide.ratio[0].value, 2);
 * ```
 */
export function pairedResolution(
  curves: readonly CurveMembers[],
  position: ArrayLike<number>,
  edges: readonly number[],
  options: ResolutionOptions,
): PairedResolution {
  const { reference = 0 } = options;
  _check(curves, position, reference);
  const measured = _measuredBins(curves, position, edges, options);
  const ratioTo = (row: readonly number[], k: number) => row[k] / row[reference];
  return {
    bins: measured.map(({ low, high, events }) => ({ low, high, events })),
    curves: curves.map((_, k) => {
      const resolution = measured.map(({ values }) => values[k]);
      const ratio = measured.map(({ values }) => ratioTo(values, k));
      const resolutions = measured.map(({ resampled }) => resampled.map((row) => row[k]));
      const ratios = measured.map(({ resampled }) => resampled.map((row) => ratioTo(row, k)));
      return {
        resolution: _withErrors(resolution, resolutions),
        ratio: _withErrors(ratio, ratios),
        meanResolution: _meanWithError(resolution, resolutions),
        meanRatio: _meanWithError(ratio, ratios),
      };
    }),
  };
}

/** A bin with the resolution of each curve, in it and in each of its resamples. */
interface _MeasuredBin {
  readonly low: number;
  readonly high: number;
  readonly events: number;
  readonly values: readonly number[];
  readonly resampled: readonly (readonly number[])[];
}

function _measuredBins(
  curves: readonly CurveMembers[],
  position: ArrayLike<number>,
  edges: readonly number[],
  { seed, method = "published", resamples = 200, leastValues = 20 }: ResolutionOptions,
): _MeasuredBin[] {
  const members = edges.slice(1).map((): number[] => []);
  for (let event = 0; event < position.length; event++) {
    const bin = binIndex(edges, position[event]);
    if (bin >= 0) members[bin].push(event);
  }
  // Zero as soon as that of one member is.
  const resolutions = (events: ArrayLike<number>) =>
    curves.map((curve) => {
      const members = curve.map((member) => _resolution(member, events, method));
      return members.includes(0) ? 0 : _mean(members);
    });
  const least = Math.max(leastValues, FEWEST_VALUES);
  const measured = members.flatMap((events, bin): _MeasuredBin[] => {
    const isPoor = curves.flat().some((member) => _countOfValues(member, events) < least);
    const values = isPoor ? [] : resolutions(events);
    if (isPoor || !values.every((value) => value > 0)) return [];
    const random = new RandomStream(seed, "bootstrap of resolution", bin);
    const resampled = Array.from({ length: resamples }, () => {
      while (true) {
        const drawn = resolutions(events.map(() => events[random.integer(events.length)]));
        // In a bin with few values a draw may lack them, or hold one of them again and again.
        if (drawn.every((value) => value > 0)) return drawn;
      }
    });
    const [low, high] = edges.slice(bin);
    return [{ low, high, events: events.length, values, resampled }];
  });
  if (measured.length > 0) return measured;
  throw new RangeError(
    `Cannot measure resolution: a bin needs ${least} different values of each curve, no bin has them`,
  );
}

function _countOfValues(member: ArrayLike<number>, events: readonly number[]): number {
  return events.reduce((count, event) => Number.isNaN(member[event]) ? count : count + 1, 0);
}

/** Effective RMS over mean of the events that have a value; 0 if they are too few for a width. */
function _resolution(
  member: ArrayLike<number>,
  events: ArrayLike<number>,
  method: EffectiveRmsMethod,
): number {
  const values = new Float64Array(events.length);
  let count = 0, sum = 0;
  for (let k = 0; k < events.length; k++) {
    const value = member[events[k]];
    if (Number.isNaN(value)) continue;
    values[count++] = value;
    sum += value;
  }
  if (count < FEWEST_VALUES) return 0;
  return effectiveRms(values.subarray(0, count), { method }) / (sum / count);
}

function _withErrors(
  values: readonly number[],
  resampled: readonly (readonly number[])[],
): Measured[] {
  return values.map((value, bin) => ({ value, error: _spread(resampled[bin]) }));
}

/** The mean over bins; resamples of different bins are independent, those of one number are combined. */
function _meanWithError(
  values: readonly number[],
  resampled: readonly (readonly number[])[],
): Measured {
  const means = resampled[0].map((_, sample) => _mean(resampled.map((row) => row[sample])));
  return { value: _mean(values), error: _spread(means) };
}

function _mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation; of a single resample there is none, and it is zero. */
function _spread(values: readonly number[]): number {
  const mean = _mean(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
}

function _check(
  curves: readonly CurveMembers[],
  position: ArrayLike<number>,
  reference: number,
): void {
  const odd = curves.flat().find((member) => member.length !== position.length);
  if (odd !== undefined) {
    throw new TypeError(
      `Cannot measure resolution: each member of a curve must have ${position.length} values, ` +
        `current number is ${odd.length}`,
    );
  }
  if (!(reference in curves)) {
    throw new RangeError(
      `Cannot measure resolution: reference must be one of ${curves.length} curves, ` +
        `current value is ${reference}`,
    );
  }
}
