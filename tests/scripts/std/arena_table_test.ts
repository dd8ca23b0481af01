import { assert, assertEquals } from "@std/assert";
import type { ArenaEntry, Budget } from "../../../scripts/std/arena_entry.ts";
import { medians, trialOf } from "../../../scripts/std/arena_entry.ts";
import { cosineFigure, qualityFigure } from "../../../scripts/std/arena_figures.ts";
import type { JudgedRun } from "../../../scripts/std/arena_runs.ts";
import { arenaTable } from "../../../scripts/std/arena_table.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";

const AGREEMENT = { correlation: 0.5, rankCorrelation: 0.25, relativeError: 0.125, cosine: 0.75 };
const AGREEMENTS = { random: AGREEMENT, reconstruction: AGREEMENT };

/** A loss with medians of seeds 1, 2, ... in each budget; NaN where a run diverged. */
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

const ENTRIES = [
  entry("worse", [2, 3]),
  entry("better", [1, NaN]),
  entry("lost", [NaN, NaN]),
  entry("not trained", [], { trials: [] }),
];

Deno.test("the arena's table has the best first, and names runs that failed", () => {
  const lines = arenaTable(ENTRIES).split("\n");
  const rows = lines.filter((line) => /^\| (worse|better|lost|not)/.test(line));
  assertEquals(rows.map((row) => row.split(" | ")[0].slice(2)), [
    "better",
    "worse",
    "lost",
    "worse",
    "better",
    "lost",
    "not trained",
  ]);
  assert(rows[0].includes("| 1.000 [0.50, 2.00] |") && rows[0].includes("| 2 of 4 |"), rows[0]);
  assert(rows[1].includes("| 2.500 ± 0.707 [1.25, 5.00] |"), rows[1]);
  assert(rows[6].includes("| 0.500 | 0.250 | 12.5 % | 0.750 |"), rows[6]);
  assert(lines.includes("- better, equal steps, seed 2: Cannot train"));
});

Deno.test("the arena's figures show quality by time where there are times, else by steps", () => {
  const bySteps = qualityFigure(ENTRIES, 2);
  checkFigure(bySteps);
  assertEquals(bySteps.x.label, "steps");
  const [line] = bySteps.series;
  assert(line.kind === "line");
  assertEquals([line.x, line.y], [[25, 100], [5, 2.5]]);

  const timed = ENTRIES.map((entry) => ({ ...entry, milliseconds: 20 }));
  const [inTime] = qualityFigure(timed, 2).series;
  assert(inTime.kind === "line");
  assertEquals(inTime.x, [0.5, 2]);

  const cosines = cosineFigure(ENTRIES);
  checkFigure(cosines);
  assertEquals(cosines.series.length, 2);
});

Deno.test("medians are those of runs that went to their end", () => {
  assertEquals(medians(trialOf(ENTRIES[1], "equal steps"))?.values, [1]);
  assertEquals(medians(trialOf(ENTRIES[2], "equal steps")), undefined);
  assertEquals(trialOf(ENTRIES[0], "equal time"), undefined);
});
