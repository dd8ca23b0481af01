import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { quantizedSigmoid } from "../../src/quantization/quantized_sigmoid.ts";
import { assertRefused, testQuantizer } from "./_properties.ts";

testQuantizer(quantizedSigmoid({ bits: 6 }), { idempotent: false });
testQuantizer(quantizedSigmoid({ bits: 4, symmetric: true, sigmoid: "smooth" }), {
  idempotent: false,
});
testQuantizer(quantizedSigmoid({ bits: 5, sigmoid: "real" }), { idempotent: false });

Deno.test("quantizedSigmoid() is within half a step of the sigmoid where it is not clipped", () => {
  const random = new RandomStream(1, "sigmoid");
  const { apply, step, max } = quantizedSigmoid({ bits: 7, sigmoid: "real" });
  for (let i = 0; i < 2000; i++) {
    const x = 2 * random.normal(), sigmoid = (1 + Math.tanh(x / 2)) / 2;
    const error = Math.abs(apply([x])[0] - Math.min(sigmoid, max));
    assert(error <= step / 2 + 1e-6, `${x}`);
  }
});

Deno.test("quantizedSigmoid() passes the sigmoid's gradient unless the value is clipped", () => {
  // 2 bits: values 0 to 3/4. At 0.8, 4 sigmoid = 3.6 is rounded to 4 and clipped.
  const x = [-1.5, -0.9, 0, 0.7, 0.8, 1.5];
  assertEquals([...quantizedSigmoid({ bits: 2 }).gradient(x)], [0, 0.5, 0.5, 0.5, 0, 0]);
  assertEquals(
    [...quantizedSigmoid({ bits: 2, symmetric: true }).gradient(x)],
    [0, 0, 0.5, 0.5, 0, 0],
  );
});

Deno.test("quantizedSigmoid() prints QKeras's form", () => {
  const texts = [
    quantizedSigmoid({ bits: 6 }),
    quantizedSigmoid({ bits: 6, symmetric: true, sigmoid: "real" }),
    quantizedSigmoid({ bits: 6, sigmoid: "smooth" }),
  ].map((quantizer) => `${quantizer}`);
  assertEquals(texts, [
    "quantized_sigmoid(6)",
    "quantized_sigmoid(6,1,use_real_sigmoid=1)",
    "quantized_sigmoid(6,sigmoid='smooth')",
  ]);
});

Deno.test("quantizedSigmoid() refuses options out of range", () => {
  assertRefused(() => quantizedSigmoid({ bits: 0 }), "bits", 0);
  assertRefused(() => quantizedSigmoid({ bits: 4, sigmoid: "x" as "hard" }), "sigmoid", "x");
});
