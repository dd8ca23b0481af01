import { assertEquals } from "@std/assert";
import {
  codeOfPower,
  exponents,
  isPowerGap,
  powerOfCode,
} from "../../src/quantization/power_of_two.ts";
import { assertRefused } from "./_properties.ts";

Deno.test("exponents() spares the sign where all values are at most 1", () => {
  assertEquals(exponents("po2", 3), { low: -4, high: 3, maxValue: Infinity });
  assertEquals(exponents("po2", 3, 1), { low: -8, high: 0, maxValue: 1 });
  assertEquals(exponents("po2", 3, 4), { low: -4, high: 2, maxValue: 4 });
});

Deno.test("exponents() ends one below float32's normal numbers, which stands for zero", () => {
  const range = exponents("po2", 8);
  assertEquals([range.low, range.high], [-127, 127]);
  assertEquals([1, 2].map((code) => powerOfCode(code, range)), [0, 2 ** -126]);
  assertEquals([codeOfPower(-1, 0, range), codeOfPower(1, 0, range)], [1, 1]);
  assertEquals([0, -1, 1].map((code) => isPowerGap(code, range)), [true, true, false]);
});

Deno.test("codes number the exponents from 1 on, with the sign of the value", () => {
  const range = exponents("po2", 3);
  const sizes = [0.05, 0.13, 1, 7];
  assertEquals(sizes.map((size) => codeOfPower(-1, size, range)), [-1, -2, -5, -8]);
  for (const size of sizes) {
    const code = codeOfPower(-1, size, range);
    assertEquals(powerOfCode(code, range), -(2 ** Math.round(Math.log2(size))));
  }
  assertEquals(codeOfPower(1, NaN, range), NaN);
});

Deno.test("isPowerGap() leaves out the powers between the lowest and 1e-7", () => {
  const range = exponents("po2", 7); // exponents -64 to 63
  const exponentsHere = Array.from({ length: 128 }, (_, i) => i + 1)
    .filter((code) => !isPowerGap(code, range))
    .map((code) => code - 1 + range.low);
  assertEquals(exponentsHere.slice(0, 3), [-64, -23, -22]);
  assertEquals(exponentsHere.at(-1), 63);
});

Deno.test("exponents() refuses what float32 cannot hold", () => {
  assertRefused(() => exponents("po2", 0), "bits", -1);
  assertRefused(() => exponents("po2", 9), "bits", 8);
  for (const maxValue of [0, -1, Infinity, NaN]) {
    assertRefused(() => exponents("po2", 4, maxValue), "maxValue", maxValue);
  }
});
