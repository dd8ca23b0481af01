import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { quantizedTanh } from "../../src/quantization/quantized_tanh.ts";
import { assertRefused, testQuantizer } from "./_properties.ts";

testQuantizer(quantizedTanh({ bits: 4, symmetric: true })); // a hard tanh is x itself
testQuantizer(quantizedTanh({ bits: 6, sigmoid: "smooth" }), { idempotent: false });
testQuantizer(quantizedTanh({ bits: 5, sigmoid: "real" }), { idempotent: false });

Deno.test("quantizedTanh() is within half a step of the tanh where it is not clipped", () => {
  const random = new RandomStream(1, "tanh");
  const { apply, step, max } = quantizedTanh({ bits: 7, sigmoid: "real" });
  for (let i = 0; i < 2000; i++) {
    const x = random.normal();
    const error = Math.abs(apply([x])[0] - Math.min(Math.tanh(x), max));
    assert(error <= step / 2 + 1e-6, `${x}`);
  }
});

Deno.test("quantizedTanh() passes the tanh's gradient unless the value is clipped", () => {
  // 2 bits: values -1, -1/2, 0, 1/2. At 0.8, 1.6 is rounded to 2 and clipped.
  const x = [-1.5, -0.9, 0, 0.7, 0.8, 1.5];
  assertEquals([...quantizedTanh({ bits: 2 }).gradient(x)], [0, 1, 1, 1, 0, 0]);
  assertEquals([...quantizedTanh({ bits: 2, symmetric: true }).gradient(x)], [0, 0, 1, 1, 0, 0]);
});

Deno.test("quantizedTanh() prints names where QKeras's order would mean something else", () => {
  const texts = [
    quantizedTanh({ bits: 6 }),
    quantizedTanh({ bits: 6, symmetric: true, sigmoid: "real" }),
    quantizedTanh({ bits: 6, sigmoid: "smooth" }),
  ].map((quantizer) => `${quantizer}`);
  assertEquals(texts, [
    "quantized_tanh(6)",
    "quantized_tanh(6,symmetric=1,use_real_tanh=1)",
    "quantized_tanh(6,sigmoid='smooth')",
  ]);
});

Deno.test("quantizedTanh() refuses options out of range", () => {
  assertRefused(() => quantizedTanh({ bits: 1 }), "bits", 1);
  assertRefused(() => quantizedTanh({ bits: 4, sigmoid: "x" as "hard" }), "sigmoid", "x");
});
