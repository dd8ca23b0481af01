import { assert, assertEquals } from "@std/assert";
import { experimentSection } from "../../../src/experiments/report/experiment_section.ts";
import { donePart, NASTY, row } from "./_parts.ts";

Deno.test("figures stand beside what the paper shows, with numbers and provenance below", () => {
  const { text } = experimentSection(donePart());
  assert(text.includes('id="fig6_autoencoder"') && text.includes("Fig. 6: the autoencoder"));
  assert(text.includes("<aside") && text.includes("28\u00a0%"));
  assertEquals(text.match(/<figure\b/g)?.length, 2);
  assert(text.includes("All 3 numbers") && text.includes("Where this comes from"));
});

Deno.test("beyond the paper there is nothing beside the figures", () => {
  const { of: _of, ...beyond } = row({ shows: "codecs" });
  assert(!experimentSection({ ...donePart(), experiment: beyond }).text.includes("<aside"));
});

Deno.test("from the fifth on figures are folded away", () => {
  const part = donePart(), [figure] = part.found!.figures;
  const many = (count: number) =>
    experimentSection({ ...part, found: { ...part.found!, figures: Array(count).fill(figure) } })
      .text;
  assert(!many(4).includes("more figure"));
  assert(many(5).includes("One more figure"));
  assertEquals(many(7).match(/<figure\b/g)?.length, 7);
  assert(many(7).includes("3 more figures"));
});

Deno.test("rows that wait, run or failed say so, and errors are escaped", () => {
  const state = (state: "waiting" | "running" | "failed") =>
    experimentSection({ experiment: row({ state, error: NASTY }) }).text;
  assert(state("waiting").includes("It waits"));
  assert(state("running").includes("It is running"));
  assert(state("failed").includes("&lt;img src=x") && !state("failed").includes("<img"));
  const lost = experimentSection({ experiment: row(), problem: "a/result.json is missing" }).text;
  assert(lost.includes("a/result.json is missing"));
});
