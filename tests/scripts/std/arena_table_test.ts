import { assert, assertEquals } from "@std/assert";
import { arenaTable } from "../../../scripts/std/arena_table.ts";
import { ENTRIES } from "./_arena_entries.ts";

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
