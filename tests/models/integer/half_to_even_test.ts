import { assertEquals } from "@std/assert";
import { halfToEven } from "../../../src/models/integer/half_to_even.ts";
import { roundHalfEven } from "../../../src/numerics/mod.ts";

Deno.test("halfToEven() rounds as float64 does", () => {
  for (let shift = 0; shift <= 12; shift++) {
    for (let a = -(2 ** 13); a <= 2 ** 13; a++) {
      assertEquals(halfToEven(a, shift), roundHalfEven(a / 2 ** shift) + 0, `${a} by ${shift}`);
    }
  }
});

Deno.test("halfToEven() holds up to the ends of its range", () => {
  for (let shift = 1; shift <= 30; shift++) {
    const largest = 2 ** 31 - 1 - 2 ** (shift - 1);
    for (const a of [largest, largest - 1, -largest, 1 - largest]) {
      assertEquals(halfToEven(a, shift), roundHalfEven(a / 2 ** shift) + 0, `${a} by ${shift}`);
    }
  }
});
