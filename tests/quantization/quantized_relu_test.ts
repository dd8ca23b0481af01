import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { quantizedRelu } from "../../src/quantization/quantized_relu.ts";
import { assertRefused, roundByAddition, testQuantizer } from "./_properties.ts";

testQuantizer(quantizedRelu({ bits: 9, integer: 1 }));
testQuantizer(quantizedRelu({ bits: 11, integer: 3 }));
testQuantizer(quantizedRelu({ bits: 3, integer: 1, isQuantizedClip: false }));
testQuantizer(quantizedRelu({ bits: 1, integer: 0 }));
testQuantizer(quantizedRelu({ bits: 6, integer: 2, negativeSlope: 0.25 }), { idempotent: false });
testQuantizer(quantizedRelu({ bits: 6, integer: 2, sigmoid: "hard" }), { idempotent: false });
testQuantizer(quantizedRelu({ bits: 5, integer: 1, sigmoid: "smooth" }), { idempotent: false });
testQuantizer(
  quantizedRelu({ bits: 6, integer: 2, negativeSlope: 0.25, sigmoid: "hard" }),
  { idempotent: false },
);

Deno.test("quantizedRelu() gives the values published for the latent format", () => {
  const x = [-3, -1.03, -.0625, .0625, .06, .1875, .19, 1.9, 5];
  assertEquals(
    [...quantizedRelu({ bits: 9, integer: 1 }).apply(x)],
    [0, 0, 0, .0625, .05859375, .1875, .19140625, 1.8984375, 1.99609375],
  );
});

Deno.test("quantizedRelu() agrees with the formula, worked independently", () => {
  const random = new RandomStream(3, "formats");
  for (let format = 0; format < 200; format++) {
    const bits = 3 + random.integer(20), integer = random.integer(12) - 4;
    const negativeSlope = random.uniform() < 0.5 ? 0 : 2 ** -random.integer(3);
    const quantizer = quantizedRelu({ bits, integer, negativeSlope });
    const count = 2 ** (negativeSlope === 0 ? bits : bits - 1), step = 2 ** integer / count;
    for (let i = 0; i < 50; i++) {
      const x = i % 2 === 0
        ? (random.integer(2 * count) - count + 0.5) * step
        : 2.5 * random.normal() * 2 ** integer;
      const slanted = Math.fround(x) * (x < 0 ? negativeSlope : 1) / step;
      const nearest = roundByAddition(slanted);
      const expected = x < 0
        ? (nearest < -negativeSlope * count ? -negativeSlope * count : nearest)
        : (nearest > count - 1 ? count - 1 : nearest);
      assertEquals(quantizer.encode([x])[0], expected + 0, `${quantizer} at ${x}`);
      assertEquals(quantizer.apply([x])[0], expected * step + 0);
    }
  }
});

Deno.test("quantizedRelu() passes the gradient of the gate: above zero, up to the highest value", () => {
  const x = [-1, -0, 0, 1e-30, 1.75, 1.7500001, 2, Infinity, NaN];
  const options = { bits: 3, integer: 1 };
  assertEquals([...quantizedRelu(options).gradient(x)], [0, 0, 0, 1, 1, 0, 0, 0, 0]);
  assertEquals(
    [...quantizedRelu({ ...options, isQuantizedClip: false }).gradient(x)],
    [0, 0, 0, 1, 1, 1, 1, 1, 0],
  );
  // With a slope, one of the bits is the sign: the highest value is 1.5.
  assertEquals(
    [...quantizedRelu({ ...options, negativeSlope: 0.25 }).gradient([-9, 0, 1.5, 1.5000001])],
    [0.25, 0.25, 1, 0],
  );
});

Deno.test("quantizedRelu() prints a call that QKeras takes as it is meant", () => {
  const format = { bits: 6, integer: 2 };
  const texts = [
    quantizedRelu(format),
    quantizedRelu({ ...format, sigmoid: "hard" }),
    quantizedRelu({ ...format, negativeSlope: 0.125 }),
    quantizedRelu({ ...format, sigmoid: "real", isQuantizedClip: false }),
  ].map((quantizer) => `${quantizer}`);
  assertEquals(texts, [
    "quantized_relu(6,2)",
    "quantized_relu(6,2,1)",
    "quantized_relu(6,2,0,0.125)",
    "quantized_relu(6,2,1,is_quantized_clip=False,sigmoid='real')",
  ]);
});

Deno.test("quantizedRelu() tells what it rounds and clips to where that is all it does", () => {
  const gated = quantizedRelu({ bits: 9, integer: 1 }).fixedPoint;
  assertEquals(gated, {
    scale: 256,
    low: 0,
    high: 511,
    alpha: 1,
    gate: { low: 0, high: 511 / 256 },
  });
  const open = quantizedRelu({ bits: 9, integer: 1, isQuantizedClip: false }).fixedPoint;
  assertEquals(open?.gate, { low: 0, high: Infinity });
  assert(quantizedRelu({ bits: 9, integer: 1, sigmoid: "hard" }).fixedPoint === undefined);
  assert(quantizedRelu({ bits: 9, integer: 1, negativeSlope: 0.5 }).fixedPoint === undefined);
});

Deno.test("quantizedRelu() refuses options out of range", () => {
  for (const bits of [0, 25, 2.5, NaN]) {
    assertRefused(() => quantizedRelu({ bits, integer: 0 }), "bits", bits);
  }
  assertRefused(() => quantizedRelu({ bits: 5, integer: 200 }), "integer", 200);
  for (const negativeSlope of [-0.5, 0.3, 2, 2 ** -5, NaN]) {
    const make = () => quantizedRelu({ bits: 5, integer: 0, negativeSlope });
    assertRefused(make, "negativeSlope", negativeSlope);
  }
  const make = () => quantizedRelu({ bits: 5, integer: 0, sigmoid: "soft" as "hard" });
  assertRefused(make, "sigmoid", "soft");
});
