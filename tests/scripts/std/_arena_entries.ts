import type { ArenaEntry, Budget } from "../../../scripts/std/arena_entry.ts";
import type { JudgedRun } from "../../../scripts/std/arena_runs.ts";

const AGREEMENT = { correlation: 0.5, rankCorrelation: 0.25, relativeError: 0.125, cosine: 0.75 };
const AGREEMENTS = { random: AGREEMENT, reconstruction: AGREEMENT };

/** A loss with medians of seeds 1, 2, ... in each budget; NaN where a run failed. */
function entry(
  loss: string,
  values: readonly number[],
  more: Partial<ArenaEntry> = {},
): ArenaEntry {
  const trial = (budget: Budget, steps: number, factor: number) => ({
    budget,
    steps,
    runs: {
      name: "",
      judged: values.flatMap((median, k) =>
        Number.isNaN(median) ? [] : [{
          seed: k + 1,
          evaluation: { low: median / 2, median: factor * median, high: 2 * median },
        } as unknown as JudgedRun]
      ),
      failed: values.flatMap((median, k) =>
        Number.isNaN(median) ? [{ seed: k + 1, reason: "Cannot train" }] : []
      ),
    },
  });
  const trials = [trial("equal steps", 100, 1), trial("a quarter of the steps", 25, 2)];
  return { loss, trials, agreements: AGREEMENTS, ...more };
}

/** Losses of two seeds: two that were trained, one that failed, one that was not trained. */
export const ENTRIES: readonly ArenaEntry[] = [
  entry("worse", [2, 3]),
  entry("better", [1, NaN]),
  entry("lost", [NaN, NaN]),
  entry("not trained", [], { trials: [] }),
];
