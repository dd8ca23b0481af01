import { assertEquals, assertThrows } from "@std/assert";
import {
  checkFormat,
  checkInteger,
  checkPositive,
  checkSlope,
} from "../../src/quantization/check_options.ts";
import { assertRefused } from "./_properties.ts";

Deno.test("checkInteger() says which option of which quantiser it refuses", () => {
  const { message } = assertThrows(() => checkInteger("quantized_bits", "bits", 2.5, 1, 24));
  assertEquals(
    message,
    "Cannot make quantized_bits: bits must be an integer in [1, 24], current value is 2.5",
  );
  for (const bits of [1, 24]) checkInteger("quantized_bits", "bits", bits, 1, 24);
});

Deno.test("checkPositive() judges the number as float32", () => {
  for (const alpha of [1e-50, 1e50, 0, -1, NaN]) {
    assertRefused(() => checkPositive("binary", "alpha", alpha), "alpha", alpha);
  }
  checkPositive("binary", "alpha", 1e-40);
});

Deno.test("checkFormat() allows what float32 holds exactly", () => {
  checkFormat("quantized_bits", 24, -100);
  checkFormat("quantized_bits", 1, 127);
  assertRefused(() => checkFormat("quantized_tanh", 1, 0, 2), "bits", 1);
  assertRefused(() => checkFormat("quantized_bits", 4, -101), "integer", -101);
});

Deno.test("checkSlope() allows zero and powers of two", () => {
  for (const slope of [0, 1, 0.5, 0.125]) checkSlope("quantized_relu", slope, 0.125);
  for (const slope of [0.0625, 2, 0.3, -0.5, NaN]) {
    assertRefused(() => checkSlope("quantized_relu", slope, 0.125), "negativeSlope", slope);
  }
});
