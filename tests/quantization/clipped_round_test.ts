import { assertEquals } from "@std/assert";
import { clippedRound } from "../../src/quantization/clipped_round.ts";

Deno.test("clippedRound() rounds halves to even and clips", () => {
  const x = [-9, -2.5, -1.5, 0.5, 1.5, 2.4, 9, -Infinity, Infinity];
  assertEquals(x.map((v) => clippedRound(v, -4, 3) + 0), [-4, -2, -2, 0, 2, 2, 3, -4, 3]);
});

Deno.test("clippedRound() leaves NaN", () => {
  assertEquals(clippedRound(NaN, -4, 3), NaN);
});
