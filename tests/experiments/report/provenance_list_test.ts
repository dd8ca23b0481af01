import { assert, assertEquals } from "@std/assert";
import { provenanceList, time } from "../../../src/experiments/report/provenance_list.ts";
import { donePart, NASTY, row } from "./_parts.ts";

Deno.test("seed, checksum, backend, version, commit, time and machine are told", () => {
  const { text } = provenanceList(donePart())!;
  for (
    const told of [
      "scripts/fig6_autoencoder.ts --seed 1",
      "quick",
      "1, 2",
      "{&quot;steps&quot;:700}",
      "ab".repeat(32),
      "wasm",
      "0.1.0",
      "c0ffee",
      "2025-03-04 05:06 UTC",
      "1 min 27 s",
      "linux x86_64, 2 cores",
      "2.9.6",
    ]
  ) assert(text.includes(told), told);
  assert(!text.includes("unknown"), "what is not known is left out");
});

Deno.test("what a record lacks is left out, and nothing stands before there is a result", () => {
  const part = donePart(),
    { text } = provenanceList({ ...part, found: { ...part.found!, run: {} } })!;
  assert(!text.includes("commit") && !text.includes("machine"));
  assertEquals(provenanceList({ experiment: row() }), undefined);
});

Deno.test("what files say is escaped", () => {
  const part = donePart({ arguments: [NASTY] });
  const run = { time: NASTY, commit: NASTY, host: NASTY };
  assert(!provenanceList({ ...part, found: { ...part.found!, run } })!.text.includes("<img"));
  assert(time("yesterday").text.includes(">yesterday<"));
});
