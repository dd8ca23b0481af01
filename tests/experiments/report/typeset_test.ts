import { assertEquals } from "@std/assert";
import { typeset } from "../../../src/experiments/report/typeset.ts";

Deno.test("typeset() changes signs of numbers and spaces before per cent, and nothing else", () => {
  assertEquals(typeset("-5.2 ± 1.4"), "−5.2 ± 1.4");
  assertEquals(typeset("in -27 to -17 (-3)"), "in −27 to −17 (−3)");
  assertEquals(typeset("95 % of runs"), "95\u00a0% of runs");
  for (const same of ["pile-up", "1e-5", "2023-06", "a - b", "-x", "%"]) {
    assertEquals(typeset(same), same);
  }
});
