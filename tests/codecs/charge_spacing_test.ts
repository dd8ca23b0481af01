import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { chargeSpacing, type ChargeSpacingKind } from "../../src/codecs/charge_spacing.ts";

for (const kind of ["logarithmic", "square_root"] as const) {
  Deno.test(`${kind}: codes ascend from nothing to the largest, and come back`, () => {
    for (let bits = 2; bits <= 12; bits++) {
      const { ratios, toCode } = chargeSpacing(kind, bits, 2 ** -(bits + 2));
      assertEquals([ratios.length, ratios[0], ratios.at(-1)], [2 ** bits, 0, 1]);
      ratios.forEach((ratio, code) => {
        assert(code === 0 || ratio > ratios[code - 1]);
        assertEquals(toCode(ratio), code);
      });
      let before = 0;
      for (let ratio = 0; ratio <= 1; ratio += 1 / 4096) {
        assert(toCode(ratio) >= before);
        before = toCode(ratio);
      }
    }
  });
}

Deno.test("logarithmic levels have one ratio, square roots one difference of roots", () => {
  const { ratios } = chargeSpacing("logarithmic", 5, 1 / 128);
  assertAlmostEquals(ratios[1], 1 / 128, 1e-15);
  for (let code = 2; code < 32; code++) {
    assertAlmostEquals(ratios[code] / ratios[code - 1], 128 ** (1 / 30), 1e-12);
  }
  const roots = chargeSpacing("square_root", 3, 0.1).ratios.map(Math.sqrt);
  roots.forEach((root, code) => assertAlmostEquals(root, code / 7, 1e-15));
});

Deno.test("a spacing that is not there is refused", () => {
  assertThrows(
    () => chargeSpacing("linear" as ChargeSpacingKind, 3, 0.1),
    RangeError,
    "spacing must be logarithmic or square_root, current value is linear",
  );
});
