import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { quantizedBits } from "../../src/quantization/quantized_bits.ts";
import { quantizedHswish } from "../../src/quantization/quantized_hswish.ts";
import { assertRefused, testQuantizer } from "./_properties.ts";

const properties = { idempotent: false, monotone: false };
testQuantizer(quantizedHswish({ bits: 6, integer: 2 }), properties);
testQuantizer(quantizedHswish({ bits: 8, integer: 1, symmetric: true }), properties);
// The bound comes before the bottom of the parabola.
testQuantizer(
  quantizedHswish({ bits: 6, integer: 2, reluShift: 6, reluUpperBound: 2 }),
  properties,
);

Deno.test("quantizedHswish() is quantized_bits of the swish", () => {
  const random = new RandomStream(1, "hswish");
  const x = Float32Array.from({ length: 2000 }, () => 4 * random.normal());
  const swish = x.map((v) => {
    const gate = v <= -3 ? 0 : v >= 3 ? 6 : Math.fround(v + 3);
    return Math.fround(v * gate) / 6;
  });
  assertEquals(
    quantizedHswish({ bits: 9, integer: 3 }).apply(x),
    quantizedBits({ bits: 9, integer: 3 }).apply(swish),
  );
});

Deno.test("quantizedHswish() passes the gradient of the swish", () => {
  const { gradient } = quantizedHswish({ bits: 6, integer: 2, reluShift: 2, reluUpperBound: 5 });
  const swish = (x: number) => x * Math.min(Math.max(x + 2, 0), 5) / 5;
  const h = 1e-6;
  for (const x of [-4, -1.5, -1, 0, 0.7, 2.5, 3.5, 9]) {
    const difference = (swish(x + h) - swish(x - h)) / (2 * h);
    assert(Math.abs(gradient([x])[0] - difference) < 1e-6, `${x}`);
  }
});

Deno.test("quantizedHswish() prints QKeras's form", () => {
  assertEquals(
    `${quantizedHswish({ bits: 6, integer: 2 })}`,
    "quantized_hswish(6,2,0,relu_shift=3,relu_upper_bound=6)",
  );
});

Deno.test("quantizedHswish() refuses options out of range", () => {
  const format = { bits: 6, integer: 2 };
  assertRefused(() => quantizedHswish({ ...format, bits: 1 }), "bits", 1);
  assertRefused(() => quantizedHswish({ ...format, reluShift: 0 }), "reluShift", 0);
  assertRefused(() => quantizedHswish({ ...format, reluUpperBound: -1 }), "reluUpperBound", -1);
});
