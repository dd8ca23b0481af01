/**
 * The arena as a table.
 *
 * @module
 */
import type { Quantity } from "../../src/experiments/mod.ts";
import { type Agreement, PAIR_KINDS } from "./arena_agreement.ts";
import { type ArenaEntry, type ArenaTrial, medians, trialOf } from "./arena_entry.ts";

/**
 * Two tables in Markdown: what came of each loss, the best first; and how it agrees with the exact EMD.
 *
 * @param entries The losses.
 * @returns The text.
 */
export function arenaTable(entries: readonly ArenaEntry[]): string {
  const median = (entry: ArenaEntry) => medians(trialOf(entry, "equal steps"))?.mean ?? Infinity;
  const trained = entries.filter(({ trials }) => trials.length > 0)
    .toSorted((one, other) => median(one) - median(other));
  const failures = trained.flatMap((entry) =>
    entry.trials.flatMap(({ budget, runs: { failed } }) =>
      failed.map(({ seed, reason }) => `- ${entry.loss}, ${budget}, seed ${seed}: ${reason}`)
    )
  );
  return [
    "Median exact EMD of wafers apart and their reconstructions, half pitches: mean and spread over",
    "seeds; in brackets the interval of 68 % of the wafers, mean over seeds.",
    "",
    ..._table(
      ["loss", "equal steps", "equal time", "steps in this time", "ms a step", "failed"],
      trained.map((entry) => {
        const inTime = trialOf(entry, "equal time");
        return [
          entry.loss,
          _outcome(trialOf(entry, "equal steps")),
          _outcome(inTime),
          inTime === undefined ? "" : `${inTime.steps}`,
          `${entry.milliseconds ?? ""}`,
          _failed(entry),
        ];
      }),
    ),
    "",
    ...failures.length === 0 ? [] : ["Runs that failed:", "", ...failures, ""],
    "Agreement with the exact EMD on pairs of wafers. Relative error: the standard deviation of",
    "value / EMD over its mean. Cosine: of the gradient with the exact one, on cells that differ.",
    "",
    ..._table(
      ["loss", ...PAIR_KINDS.flatMap((kind) => COLUMNS.map(([name]) => `${kind}: ${name}`))],
      entries.map(({ loss, agreements }) => [
        loss,
        ...PAIR_KINDS.flatMap((kind) => COLUMNS.map(([, cell]) => cell(agreements[kind]))),
      ]),
    ),
    "",
  ].join("\n");
}

/** What the second table says of pairs of a kind. */
const COLUMNS: readonly (readonly [string, (agreement: Agreement) => string])[] = [
  ["correlation", ({ correlation }) => correlation.toFixed(3)],
  ["of ranks", ({ rankCorrelation }) => rankCorrelation.toFixed(3)],
  ["relative error", ({ relativeError }) => `${(100 * relativeError).toFixed(1)} %`],
  ["cosine", ({ cosine }) => cosine.toFixed(3)],
];

function _outcome(trial: ArenaTrial | undefined): string {
  const found = medians(trial);
  if (trial === undefined || found === undefined) return "";
  const { judged } = trial.runs;
  const mean = (of: "low" | "high") =>
    judged.reduce((sum, { evaluation }) => sum + evaluation[of] / judged.length, 0).toFixed(2);
  return `${_withSpread(found)} [${mean("low")}, ${mean("high")}]`;
}

function _withSpread({ mean, spread }: Quantity): string {
  return spread === null ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${spread.toFixed(3)}`;
}

function _failed({ trials }: ArenaEntry): string {
  const failed = trials.reduce((sum, { runs }) => sum + runs.failed.length, 0);
  const all = trials.reduce((sum, { runs }) => sum + runs.failed.length + runs.judged.length, 0);
  return `${failed} of ${all}`;
}

function _table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}
