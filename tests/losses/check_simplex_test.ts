import { assertEquals, assertThrows } from "@std/assert";
import { checkSimplex } from "../../src/losses/check_simplex.ts";

Deno.test("checkSimplex() takes sums of one up to rounding of single precision", () => {
  const third = Float32Array.of(1 / 3, 1 / 3, 1 / 3);
  assertEquals(checkSimplex("loss", 3, third, Float64Array.of(0, 1, 0)), 1);
});

Deno.test("checkSimplex() names the row and its sum", () => {
  assertThrows(
    () => checkSimplex("loss", 2, Float64Array.of(0.5, 0.5, 1, 0), Float64Array.of(1, 0, 1, 0.5)),
    RangeError,
    "Cannot compute loss of row 1: the output must sum to 1, current sum is 1.5; normalised() lifts",
  );
  assertThrows(() => checkSimplex("loss", 1, Float64Array.of(0), Float64Array.of(1)), RangeError);
});
