import { assert, assertEquals } from "@std/assert";
import { cosineFigure, qualityFigure } from "../../../scripts/std/arena_figures.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";
import { ENTRIES } from "./_arena_entries.ts";

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
