import { assert } from "@std/assert";
import { reportSummary } from "../../../src/experiments/report/report_summary.ts";
import { NASTY, reportData, row } from "./_parts.ts";

const { reproduction } = reportData();

Deno.test("experiments are counted by their state, and a run that goes on says so", () => {
  const { text } = reportSummary(reproduction);
  assert(text.includes("1 of 4 experiments done, 1 running, 1 waiting, 1 failed"));
  assert(/max="4"\s+value="1"/.test(text) && text.includes("A run goes on"));
  const waiting = { ...reproduction, experiments: [row({ state: "waiting" })] };
  assert(reportSummary(waiting).text.includes("deno task reproduce runs"));
  const done = reportSummary({ ...reproduction, experiments: [row()] }).text;
  assert(done.includes("1 of 1 experiments done") && !done.includes("deno task"));
});

Deno.test("preset, seed, data, backend, version, time and machine are told, and the live page", () => {
  const { text } = reportSummary(reproduction, "live/index.html");
  for (
    const told of [
      "quick",
      "<dd>1</dd>",
      "data/sample.csv",
      "wasm",
      "0.1.0",
      "2025-03-04 05:00 UTC",
      "linux x86_64, 2 cores, Deno 2.9.6",
      'href="live/index.html"',
    ]
  ) assert(text.includes(told), told);
  assert(!reportSummary(reproduction).text.includes("href"));
  const nasty = { ...reproduction, input: NASTY, backend: NASTY, version: NASTY };
  assert(!reportSummary(nasty).text.includes("<img"));
});
