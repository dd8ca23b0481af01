import { assert, assertEquals } from "@std/assert";
import { classTimes, stepTimes } from "../../../scripts/std/class_times.ts";
import { OUTPUT_LOSSES } from "../../../scripts/std/output_losses.ts";
import { outputSpaces } from "../../../scripts/std/output_spaces.ts";

Deno.test("times are told for each loss at each place", () => {
  const bySize = classTimes([5], 0.1), bySpace = stepTimes(outputSpaces(1).slice(0, 1), 0.1);
  assertEquals(Object.keys(bySpace), [...OUTPUT_LOSSES]);
  for (const [places, at] of [[bySize, "5"], [bySpace, "chain"]] as const) {
    for (const row of Object.values(places)) {
      assertEquals(Object.keys(row), [at]);
      assert(row[at] > 0);
    }
  }
});
