import { assertEquals, assertThrows } from "@std/assert";
import { inputCodes } from "../../../src/models/integer/input_codes.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { quantizedBits } from "../../../src/quantization/quantized_bits.ts";
import { CELLS, normalise } from "../../../src/wafer/mod.ts";

const PUBLISHED = { inputFractionBits: 6, inputMax: 511 };

/** What a float32 network does: normalise, then `quantized_bits`. */
function emulated(charges: Float64Array, bits: number, integer: number): Int32Array {
  return quantizedBits({ bits, integer }).encode(normalise(charges, "power_of_two"));
}

/** Wafers of integer charges up to a largest one, most cells empty in every second wafer. */
function integerWafers(count: number, largest: number): Float64Array {
  const random = new RandomStream(largest, "integers");
  const charges = new Float64Array(count * CELLS);
  for (let k = 0; k < charges.length; k++) {
    if (Math.floor(k / CELLS) % 2 === 0 || random.integer(12) === 0) {
      charges[k] = random.integer(largest + 1);
    }
  }
  for (let wafer = 0; wafer < count; wafer++) charges[wafer * CELLS + random.integer(CELLS)] ||= 1;
  return charges;
}

for (const largest of [1, 3, 40, 700, 2 ** 22 - 1, 2 ** 24 - 1, 2 ** 24 + 1, 2 ** 31]) {
  Deno.test(`inputCodes() of integers up to ${largest} are those of float emulation`, () => {
    const charges = integerWafers(500, largest);
    assertEquals(inputCodes(charges, PUBLISHED), emulated(charges, 10, 3));
    // Another scale of two, of which some charges are no longer integers.
    assertEquals(inputCodes(charges.map((x) => x / 8), PUBLISHED), emulated(charges, 10, 3));
  });
}

Deno.test("inputCodes() of any positive numbers are those of float emulation", () => {
  const random = new RandomStream(1, "floats");
  for (const scale of [1e-30, 0.37, 12.3, 1e25]) {
    const charges = Float64Array.from(
      { length: 500 * CELLS },
      () => random.integer(3) === 0 ? 0 : scale * random.uniform(),
    );
    assertEquals(inputCodes(charges, PUBLISHED), emulated(charges, 10, 3));
  }
});

Deno.test("inputCodes() are clipped to the largest code, and shifted left where they are fine", () => {
  const charges = integerWafers(200, 50);
  const coarse = inputCodes(charges, { inputFractionBits: 6, inputMax: 31 });
  assertEquals(coarse, emulated(charges, 6, -1));
  assertEquals(Math.max(...coarse), 31);
  assertEquals(
    inputCodes(charges, { inputFractionBits: 20, inputMax: 2 ** 22 - 1 }),
    emulated(charges, 23, 2),
  );
});

Deno.test("inputCodes() round halves to even, up to twice the unit", () => {
  const charges = new Float64Array(CELLS);
  // Sum 255: a shift of 1. The one cell of 255 alone rounds up to 128.
  charges.set([1, 3, 5, 246]);
  assertEquals([...inputCodes(charges, PUBLISHED).subarray(0, 4)], [0, 2, 2, 123]);
  charges.fill(0).set([255]);
  assertEquals(inputCodes(charges, PUBLISHED)[0], 128);
});

Deno.test("inputCodes() refuse empty wafers and bad charges, wherever they are", () => {
  const charges = integerWafers(3, 10);
  const codes = (changed: Float64Array) => () => inputCodes(changed, PUBLISHED);
  assertThrows(codes(charges.slice(1)), TypeError, "must be a multiple of 48");
  assertThrows(codes(charges.slice().fill(0, CELLS, 2 * CELLS)), RangeError, "wafer 1: sum");
  for (const bad of [-1, NaN, Infinity, -0.5]) {
    assertThrows(
      codes(charges.with(2 * CELLS + 5, bad)),
      RangeError,
      `wafer 2: charge of cell 5 must be finite and >= 0, current value is ${bad}`,
    );
  }
});
