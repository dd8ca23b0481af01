/**
 * What the arena knows of a loss.
 *
 * @module
 */
import { type Quantity, quantity } from "../../src/experiments/mod.ts";
import type { Agreements } from "./arena_agreement.ts";
import type { ArenaRuns } from "./arena_runs.ts";

/** How long networks were trained: budgets that are equal for all losses. */
export const BUDGETS = ["a quarter of the steps", "equal steps", "equal time"] as const;
/** One of {@linkcode BUDGETS}. */
export type Budget = typeof BUDGETS[number];

/** What came of a loss within a budget. */
export interface ArenaTrial {
  /** The budget. */
  readonly budget: Budget;
  /** Steps that it allowed. */
  readonly steps: number;
  /** The runs, one a seed. */
  readonly runs: ArenaRuns;
}

/** A loss in the arena. */
export interface ArenaEntry {
  /** Its name. */
  readonly loss: string;
  /** What came of it, by budget; none where nothing was trained with it. */
  readonly trials: readonly ArenaTrial[];
  /** How it agrees with the exact EMD. */
  readonly agreements: Agreements;
  /** Processor time of a step in milliseconds, where it was measured. */
  readonly milliseconds?: number | undefined;
}

/**
 * The trial of a budget.
 *
 * @param entry The loss.
 * @param budget The budget.
 * @returns The trial, if there was one.
 */
export function trialOf(entry: ArenaEntry, budget: Budget): ArenaTrial | undefined {
  return entry.trials.find((trial) => trial.budget === budget);
}

/**
 * Median exact EMDs of the runs that went to their end.
 *
 * @param trial The runs.
 * @returns Mean and spread over the seeds; nothing if all failed.
 */
export function medians(trial: ArenaTrial | undefined): Quantity | undefined {
  const values = trial?.runs.judged.map(({ evaluation }) => evaluation.median) ?? [];
  return values.length === 0 ? undefined : quantity("median EMD", "half pitch", values);
}
