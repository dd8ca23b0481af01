import { assertEquals } from "@std/assert";
import { largestValue, totalMass } from "../../src/transport/totals.ts";

Deno.test("totalMass() adds up", () => {
  assertEquals(totalMass(Float64Array.of(1, 2.5, 0)), 3.5);
  assertEquals(totalMass(new Float64Array(0)), 0);
});

Deno.test("largestValue() finds the largest", () => {
  assertEquals(largestValue(Float64Array.of(1, 2.5, 0)), 2.5);
  assertEquals(largestValue(new Float64Array(0)), 0);
});
