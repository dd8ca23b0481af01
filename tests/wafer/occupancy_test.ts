import { assertEquals, assertThrows } from "@std/assert";
import { occupancies } from "../../src/wafer/mod.ts";

Deno.test("occupancies() counts cells above the threshold, not at it", () => {
  // Wafer b has b + 1 cells of charge 2.
  const charges = Float64Array.from(
    { length: 48 * 48 },
    (_, i) => i % 48 <= Math.floor(i / 48) ? 2 : 0,
  );
  const expected = Float64Array.from({ length: 48 }, (_, wafer) => wafer + 1);
  assertEquals(occupancies(charges), expected);
  assertEquals(occupancies(charges, 1.9), expected);
  assertEquals(occupancies(charges, 2), new Float64Array(48));
  assertEquals(occupancies([]), new Float64Array(0));
});

Deno.test("occupancies() names a length that is no number of wafers", () => {
  assertThrows(() => occupancies(new Float64Array(50)), TypeError, "current value is 50");
});
