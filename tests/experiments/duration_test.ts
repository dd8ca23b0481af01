import { assertEquals } from "@std/assert";
import { duration } from "../../src/experiments/duration.ts";

Deno.test("duration() rounds up into the next unit, never to 60 of the smaller one", () => {
  assertEquals(duration(0), "0 s");
  assertEquals(duration(9.94), "9.9 s");
  assertEquals(duration(9.96), "10 s");
  assertEquals(duration(59.6), "1 min");
  assertEquals(duration(61), "1 min 1 s");
  assertEquals(duration(3599.7), "1 h");
  assertEquals(duration(3600 + 59.6 * 60), "2 h");
  assertEquals(duration(26 * 3600 + 120), "26 h 2 min");
});
