import { assert, assertEquals } from "@std/assert";
import { TIMED_DISTANCES, timeDistances } from "../../../scripts/std/distance_times.ts";

Deno.test("timeDistances() times every distance at every size", () => {
  const times = timeDistances([3, 8], 1, 3);
  assertEquals(Object.keys(times), Object.keys(TIMED_DISTANCES));
  for (const bySize of Object.values(times)) {
    assertEquals(Object.keys(bySize), ["3", "8"]);
    assert(Object.values(bySize).every((time) => time >= 0 && time < Infinity));
  }
});
