import { assert, assertEquals } from "@std/assert";
import { columns, verdictCounts, verdictTable } from "../../../scripts/std/verdict_table.ts";
import { quantity } from "../../../src/experiments/mod.ts";

Deno.test("verdictTable() has a row for each published value, with its verdict", () => {
  const judged = [
    quantity("median", "half pitch", [1, 2]),
    quantity("gain", "%", [20, 21, 22], { paper: 35 }),
    quantity("ratio", "", [0.9], { paper: 0.123456 }),
  ].map((quantity) => ({ experiment: "fig6", preset: "paper", quantity }));
  const lines = verdictTable(judged).split("\n");
  assertEquals(
    verdictCounts(judged),
    "Of 2 published values, ours lie below 1, do not decide 1",
  );
  assertEquals(lines.length, 3);
  assert(/^fig6 {8}paper {3}gain, % {3}35 {6}21\.0 ± 1\.0 {2}below: 95 %/.test(lines[1]), lines[1]);
  assert(/ratio +0\.1235 +0\.9 +undecided: one value/.test(lines[2]), lines[2]);
});

Deno.test("verdictTable() is empty where nothing can be compared", () => {
  assertEquals(verdictTable([]), "");
  const only = quantity("median", "half pitch", [1, 2]);
  assertEquals(verdictTable([{ experiment: "a", preset: "quick", quantity: only }]), "");
});

Deno.test("columns() are as wide as their widest cell, without spaces at the end", () => {
  assertEquals(columns([["a", "bb"], ["ccc", ""]]), "a    bb\nccc");
});
