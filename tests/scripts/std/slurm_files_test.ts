import { assertEquals } from "@std/assert";
import { arrayRange, shellWord, taskFile } from "../../../scripts/std/slurm_files.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("arrayRange() names just the numbers that it was given", () => {
  for (let trial = 0; trial < 100; trial++) {
    const random = new RandomStream(7, "tasks", trial);
    const tasks = Array.from({ length: 30 }, (_, k) => k + 1).filter(() => random.uniform() < 0.5);
    assertEquals(_expanded(arrayRange(tasks)), tasks);
  }
});

Deno.test("shellWord() hides all that a shell would read in another way", () => {
  // A second reading, by the rules of POSIX for single quotes alone.
  for (
    const word of ["plain", "two words", "it's", '$HOME `id` \\ " ; & | > <', "", "''", "a\nb"]
  ) {
    assertEquals(_unquoted(shellWord(word)), word);
  }
});

Deno.test("taskFile() keeps a name with line breaks within its comment", () => {
  const text = taskFile({ name: "a\nrm b", command: ["true"], needs: [] }, "x.out");
  assertEquals(text.split("\n").filter((line) => line.startsWith("rm")), []);
});

function _expanded(range: string): number[] {
  if (range === "") return [];
  return range.split(",").flatMap((run) => {
    const [first, last = first] = run.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, k) => first + k);
  });
}

function _unquoted(text: string): string {
  if (!text.includes("'")) return text;
  return text.replaceAll(/'([^']*)'|\\(.)/g, (_, quoted, escaped) => quoted ?? escaped);
}
