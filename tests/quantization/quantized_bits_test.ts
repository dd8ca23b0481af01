import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { quantizedBits } from "../../src/quantization/quantized_bits.ts";
import { assertRefused, roundByAddition, testQuantizer } from "./_properties.ts";

testQuantizer(quantizedBits({ bits: 5, integer: 1 }));
testQuantizer(quantizedBits({ bits: 10, integer: 3 }));
testQuantizer(quantizedBits({ bits: 6, integer: 1, symmetric: true }));
testQuantizer(quantizedBits({ bits: 6, integer: 0, keepNegative: false }));
testQuantizer(quantizedBits({ bits: 5, integer: 1, alpha: 0.3 }), { idempotent: false });
testQuantizer(quantizedBits({ bits: 4, integer: -2 }));
testQuantizer(quantizedBits({ bits: 3, integer: 7 }));
testQuantizer(quantizedBits({ bits: 1, integer: 1 }));
testQuantizer(quantizedBits({ bits: 1, integer: 0, keepNegative: false }));

Deno.test("quantizedBits() gives the values published for the encoder's formats", () => {
  const x = [-3, -1.03, -.0625, .0625, .06, .1875, .19, 1.9, 5];
  assertEquals(
    [...quantizedBits({ bits: 5, integer: 1 }).apply(x)],
    [-2, -1, 0, 0, 0, .25, .25, 1.875, 1.875],
  );
  assertEquals(
    [...quantizedBits({ bits: 10, integer: 3 }).apply(x)],
    [-3, -1.03125, -.0625, .0625, .0625, .1875, .1875, 1.90625, 5],
  );
});

Deno.test("quantizedBits() agrees with the formula, worked independently", () => {
  const random = new RandomStream(2, "formats");
  for (let format = 0; format < 200; format++) {
    const bits = 2 + random.integer(23), integer = random.integer(12) - 4;
    const symmetric = random.uniform() < 0.5, keepNegative = random.uniform() < 0.7;
    const quantizer = quantizedBits({ bits, integer, symmetric, keepNegative });
    // The number of codes and their spacing, as a table would list them.
    const count = 2 ** bits - (symmetric && keepNegative ? 1 : 0);
    const step = 2 ** (integer + (keepNegative ? 1 : 0)) / 2 ** bits;
    const top = keepNegative ? 2 ** (bits - 1) - 1 : 2 ** bits - 1, bottom = top - count + 1;
    assertEquals([quantizer.step, quantizer.min, quantizer.max], [step, bottom * step, top * step]);
    for (let i = 0; i < 50; i++) {
      // Half of them ties; beyond the range too.
      const x = i % 2 === 0
        ? (bottom - 1 + random.integer(count + 2) + 0.5) * step
        : 2.5 * random.normal() * 2 ** integer;
      const nearest = roundByAddition(Math.fround(x) / step);
      const expected = nearest > top ? top : nearest < bottom ? bottom : nearest;
      assertEquals(quantizer.encode([x])[0], expected + 0, `${quantizer} at ${x}`);
      assertEquals(quantizer.apply([x])[0], expected * step + 0);
    }
  }
});

Deno.test("quantizedBits() rounds to float32 before anything else, as Keras casts its input", () => {
  const quantizer = quantizedBits({ bits: 5, integer: 1 });
  const belowTie = 0.1875 - 1e-12; // becomes 0.1875, a tie that goes to 0.25
  assertEquals([...quantizer.apply(Float64Array.of(belowTie))], [0.25]);
});

Deno.test("quantizedBits() passes a gradient of 1, also where it clips", () => {
  const quantizer = quantizedBits({ bits: 5, integer: 1, alpha: 0.5 });
  assertEquals([...quantizer.gradient([-100, -0.1, 0, 0.1, 100])], [1, 1, 1, 1, 1]);
});

Deno.test("quantizedBits() multiplies by alpha after rounding", () => {
  const x = [-3, -0.06, 0.07, 0.3, 9];
  const plain = quantizedBits({ bits: 5, integer: 1 });
  const scaled = quantizedBits({ bits: 5, integer: 1, alpha: 0.3 });
  const alpha = Float32Array.of(0.3);
  assertEquals(
    scaled.apply(x),
    Float32Array.from(plain.apply(x), (y) => Math.fround(y * alpha[0])),
  );
  assertEquals(scaled.encode(x), plain.encode(x));
});

Deno.test("quantizedBits() of one bit with sign is the sign, whatever the integer bits", () => {
  assertEquals([...quantizedBits({ bits: 1, integer: 5 }).apply([-9, -0, 0, 0.1])], [-1, 1, 1, 1]);
});

Deno.test("quantizedBits() prints QKeras's form", () => {
  const texts = [
    quantizedBits({ bits: 5, integer: 1 }),
    quantizedBits({ bits: 8, integer: 0, symmetric: true, keepNegative: false, alpha: 0.5 }),
    quantizedBits({ bits: 4, integer: 1, alpha: "auto_po2", channels: 3 }),
  ].map((quantizer) => `${quantizer}`);
  assertEquals(texts, [
    "quantized_bits(5,1,0,alpha=1)",
    "quantized_bits(8,0,1,keep_negative=False,alpha=0.5)",
    "quantized_bits(4,1,1,alpha='auto_po2')",
  ]);
});

Deno.test("quantizedBits() tells what it rounds and clips to", () => {
  const { fixedPoint } = quantizedBits({ bits: 5, integer: 1 });
  assertEquals(fixedPoint, { scale: 8, low: -16, high: 15, alpha: 1 });
  assert(quantizedBits({ bits: 1, integer: 1 }).fixedPoint === undefined);
});

Deno.test("quantizedBits() refuses formats that float32 cannot hold", () => {
  for (const bits of [0, 25, 2.5, NaN]) {
    assertRefused(() => quantizedBits({ bits, integer: 0 }), "bits", bits);
  }
  for (const integer of [-101, 128, 0.5, NaN]) {
    assertRefused(() => quantizedBits({ bits: 5, integer }), "integer", integer);
  }
  for (const alpha of [0, -1, NaN, Infinity, 1e-60]) {
    assertRefused(() => quantizedBits({ bits: 5, integer: 0, alpha }), "alpha", alpha);
  }
});
