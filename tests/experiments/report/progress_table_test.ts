import { assert, assertEquals } from "@std/assert";
import { progressTable, secondsTaken } from "../../../src/experiments/report/progress_table.ts";
import type { ReportPart } from "../../../src/experiments/report/types.ts";
import { donePart, NASTY, reportData, row } from "./_parts.ts";

const rowsOf = (parts: readonly ReportPart[]) =>
  [...progressTable(parts).text.matchAll(/<tr role="row">\s*<th scope="row"[\s\S]*?<\/tr>/g)]
    .map(([all]) => all);

Deno.test("each state is told in words, with the time that was or will be needed", () => {
  const [waiting, running, failed, done] = rowsOf(reportData().parts);
  assert(waiting.includes("waits") && waiting.includes("about 2 min"));
  assert(running.includes("is running") && running.includes("about 2 min"));
  assert(failed.includes("failed") && failed.includes('href="#fig5"') && !failed.includes("about"));
  assert(done.includes("done") && done.includes("1 min 27 s") && done.includes("quick"));
});

Deno.test("bars are relative to the longest, and their sum is told", () => {
  const part = donePart(), { found } = part;
  const short = { ...part, found: { ...found!, run: { ...found!.run, seconds: 43.7 } } };
  const rows = rowsOf([part, short]);
  assert(rows[0].includes("--share: 100.0%") && rows[1].includes("--share: 50.0%"));
  assert(progressTable([part, short]).text.includes("2 min 11 s together"));
});

Deno.test("the run's own record is believed before the row, which may be of a run that found it", () => {
  assertEquals(secondsTaken(donePart({ seconds: 0.1, reused: true })), 87.4);
  assertEquals(secondsTaken({ experiment: row({ seconds: 3 }) }), 3);
  assert(progressTable([donePart({ reused: true })]).text.includes("found complete"));
});

Deno.test("titles are escaped", () => {
  assert(!progressTable([donePart({ shows: NASTY })]).text.includes("<img"));
});
