import { assert, assertEquals } from "@std/assert";
import { parseCommand } from "../../../scripts/std/command.ts";
import { EXPERIMENTS } from "../../../scripts/std/reproduced_experiments.ts";

/** Every figure and table of arXiv 2306.04712. */
const OF_THE_PAPER = [
  ...["Fig. 1", "Fig. 2", "Fig. 3", "Fig. 4", "Fig. 5", "Fig. 6", "Fig. 7"],
  ...["Table A1", "Table B1"],
];

Deno.test("every figure and table of the paper has its row", () => {
  const shown = new Set(EXPERIMENTS.flatMap(({ of }) => of ?? []));
  assertEquals([...shown].sort(), OF_THE_PAPER);
});

Deno.test("experiments have names of their own, those of their scripts", () => {
  const names = EXPERIMENTS.map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
  assertEquals(
    EXPERIMENTS.map(({ command }) => command.script),
    names.map((name) => `scripts/${name}.ts`),
  );
});

Deno.test("experiments need only those before them", () => {
  const names = EXPERIMENTS.map(({ name }) => name);
  for (const [k, { needs = [] }] of EXPERIMENTS.entries()) {
    for (const need of needs) assert(names.slice(0, k).includes(need), need);
  }
});

Deno.test("the scripts know the arguments of both presets, and --json", () => {
  for (const { command, quick, paper } of EXPERIMENTS) {
    for (const size of [quick, paper]) {
      const values = parseCommand(
        { summary: "", example: "", ...command },
        [...size.arguments ?? [], "--json", "--results=results/test", "--force"],
      );
      assertEquals([values?.json, values?.force, values?.results], [true, true, "results/test"]);
    }
    assert(quick.minutes > 0 && paper.minutes >= quick.minutes, command.script);
  }
});

Deno.test("the quick preset is planned to take less than ten minutes", () => {
  const minutes = EXPERIMENTS.reduce((sum, { quick }) => sum + quick.minutes, 0);
  assert(minutes < 10, `${minutes}`);
});
