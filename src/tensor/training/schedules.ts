/** Numbers by name that a schedule carries from validation to validation; it can be written as JSON. */
export type ScheduleState = Readonly<Record<string, number>>;

/**
 * A learning rate that changes with the step and, perhaps, with the validation loss.
 *
 * A schedule itself never changes: a run holds the state and stores it in its checkpoints.
 */
export interface LearningRateSchedule {
  /** What was asked for: two schedules with the same settings are the same. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** The state of a run that begins. */
  readonly start: ScheduleState;
  /**
   * The learning rate of a step.
   *
   * @param step The step, from 0.
   * @param state The state of the run.
   */
  rate(step: number, state: ScheduleState): number;
  /**
   * The state after a validation; absent where the rate does not depend on it.
   *
   * @param state The state of the run.
   * @param validationLoss The loss of this validation.
   */
  next?(state: ScheduleState, validationLoss: number): ScheduleState;
}

/**
 * A learning rate that stays as it is.
 *
 * @param rate The rate, > 0.
 * @returns The schedule.
 * @throws {RangeError} If the rate is not a positive number.
 *
 * @example
 * ```ts
 * import { constantRate } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * const schedule = constantRate(1e-3);
 * assertEquals(schedule.rate(1000, schedule.start), 1e-3);
 * ```
 */
export function constantRate(rate: number): LearningRateSchedule {
  _check({ rate }, (value) => value > 0 && value < Infinity, "> 0 and finite");
  return { settings: { schedule: "constant", rate }, start: {}, rate: () => rate };
}

/** Options of {@linkcode cosineRate}. */
export interface CosineRateOptions {
  /** The highest rate, > 0. */
  readonly peak: number;
  /** Steps from the first one to where the rate has come down to `floor`, > `warmUpSteps`. */
  readonly steps: number;
  /** Steps in which the rate grows linearly to its peak. @default 0 */
  readonly warmUpSteps?: number;
  /** The rate in the end, >= 0. @default 0 */
  readonly floor?: number;
}

/**
 * A learning rate that grows linearly for some steps w and then falls along half a cosine:
 *
 * rate(s) = peak (s + 1) / w for s < w,
 * rate(s) = floor + (peak - floor) (1 + cos(pi (s - w) / (steps - w))) / 2 until steps, then floor
 *
 * @param options Peak, floor and lengths.
 * @returns The schedule.
 * @throws {RangeError} If a number is out of range.
 * @see Loshchilov and Hutter, arXiv 1608.03983, Eq. (5), without restarts
 *
 * @example
 * ```ts
 * import { cosineRate } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const { rate, start } = cosineRate({ peak: 0.1, steps: 110, warmUpSteps: 10 });
 * [0.01, 0.1, 0.05, 0].forEach((expected, k) =>
 *   assertAlmostEquals(rate([0, 10, 60, 110][k], start), expected)
 * );
 * ```
 */
export function cosineRate(options: CosineRateOptions): LearningRateSchedule {
  const { peak, steps, warmUpSteps = 0, floor = 0 } = options;
  _check({ peak }, (value) => value > 0 && value < Infinity, "> 0 and finite");
  _check({ floor }, (value) => value >= 0 && value <= peak, "between 0 and peak");
  _check({ warmUpSteps }, (value) => value >= 0 && Number.isInteger(value), "an integer >= 0");
  _check(
    { steps },
    (value) => value > warmUpSteps && Number.isInteger(value),
    "an integer > warmUpSteps",
  );
  return {
    settings: { schedule: "cosine", peak, steps, warmUpSteps, floor },
    start: {},
    rate(step) {
      if (step < warmUpSteps) return peak * (step + 1) / warmUpSteps;
      const done = Math.min(1, (step - warmUpSteps) / (steps - warmUpSteps));
      return floor + (peak - floor) * (1 + Math.cos(Math.PI * done)) / 2;
    },
  };
}

/** Options of {@linkcode plateauRate}. */
export interface PlateauRateOptions {
  /** The rate at first, > 0. */
  readonly start: number;
  /** By what the rate is multiplied when the loss stalls, in (0, 1). @default 0.1 */
  readonly factor?: number;
  /** Validations without improvement that are let pass before the rate is reduced. @default 10 */
  readonly patience?: number;
  /** The part of the best loss by which a loss must be lower to count as improvement. @default 1e-4 */
  readonly threshold?: number;
  /** The rate never gets lower than this. @default 0 */
  readonly floor?: number;
}

/**
 * A learning rate that is reduced when the validation loss stalls: multiplied by `factor` at the
 * first validation after `patience` ones in which the loss did not get below
 * `(1 - threshold)` of the lowest so far. Then it counts from the beginning.
 *
 * @param options Rate, factor and patience.
 * @returns The schedule.
 * @throws {RangeError} If a number is out of range.
 *
 * @example
 * ```ts
 * import { plateauRate } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 *
 * const schedule = plateauRate({ start: 1, factor: 0.5, patience: 1 });
 * let state = schedule.start;
 * const rates = [3, 2, 2, 2, 2, 1].map((loss) => {
 *   state = schedule.next!(state, loss);
 *   return schedule.rate(0, state);
 * });
 * assertEquals(rates, [1, 1, 1, 0.5, 0.5, 0.5]);
 * ```
 */
export function plateauRate(options: PlateauRateOptions): LearningRateSchedule {
  const { start, factor = 0.1, patience = 10, threshold = 1e-4, floor = 0 } = options;
  _check({ start }, (value) => value > 0 && value < Infinity, "> 0 and finite");
  _check({ factor }, (value) => value > 0 && value < 1, "in (0, 1)");
  _check({ patience }, (value) => value >= 0 && Number.isInteger(value), "an integer >= 0");
  _check({ threshold }, (value) => value >= 0 && value < 1, "in [0, 1)");
  _check({ floor }, (value) => value >= 0 && value <= start, "between 0 and start");
  return {
    settings: { schedule: "plateau", start, factor, patience, threshold, floor },
    start: { rate: start, stalled: 0 },
    rate: (_step, state) => state.rate,
    next(state, validationLoss) {
      const { rate, stalled, lowest } = state;
      if (lowest === undefined || validationLoss < lowest * (1 - threshold)) {
        return { rate, stalled: 0, lowest: validationLoss };
      }
      if (stalled < patience) return { rate, stalled: stalled + 1, lowest };
      return { rate: Math.max(floor, rate * factor), stalled: 0, lowest };
    },
  };
}

function _check(
  named: Record<string, number>,
  isInRange: (value: number) => boolean,
  range: string,
): void {
  for (const [name, value] of Object.entries(named)) {
    if (isInRange(value)) continue;
    throw new RangeError(
      `Cannot set up a learning rate: ${name} must be ${range}, current value is ${value}`,
    );
  }
}
