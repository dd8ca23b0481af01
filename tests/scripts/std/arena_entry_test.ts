import { assertEquals } from "@std/assert";
import { medians, trialOf } from "../../../scripts/std/arena_entry.ts";
import { ENTRIES } from "./_arena_entries.ts";

Deno.test("medians are those of runs that went to their end", () => {
  assertEquals(medians(trialOf(ENTRIES[1], "equal steps"))?.values, [1]);
  assertEquals(medians(trialOf(ENTRIES[2], "equal steps")), undefined);
  assertEquals(trialOf(ENTRIES[0], "equal time"), undefined);
});
