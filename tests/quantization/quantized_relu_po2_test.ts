import { assertEquals } from "@std/assert";
import { quantizedPo2 } from "../../src/quantization/quantized_po2.ts";
import { quantizedReluPo2 } from "../../src/quantization/quantized_relu_po2.ts";
import { assertRefused, testQuantizer } from "./_properties.ts";

testQuantizer(quantizedReluPo2({ bits: 3 }));
testQuantizer(quantizedReluPo2({ bits: 3, maxValue: 2 }));
testQuantizer(quantizedReluPo2({ bits: 3, negativeSlope: 0.125 }), { idempotent: false });
testQuantizer(quantizedReluPo2({ bits: 3, negativeSlope: 1 }));

Deno.test("quantizedReluPo2() is quantized_po2 with one bit more for what is positive", () => {
  const x = Array.from({ length: 500 }, (_, i) => 1.1 ** (i - 250));
  assertEquals(quantizedReluPo2({ bits: 4 }).apply(x), quantizedPo2({ bits: 5 }).apply(x));
});

Deno.test("quantizedReluPo2() of 8 bits takes powers below float32's normal numbers for zero", () => {
  const quantizer = quantizedReluPo2({ bits: 8, negativeSlope: 0.5 });
  assertEquals([...quantizer.apply([0, -1e-9, 1e-9, -1, 1])], [0, 0, 0, -0.5, 1]);
  assertEquals([quantizer.min, quantizer.max], [-(2 ** 127), 2 ** 127]);
  const values = quantizer.decode(quantizer.codes());
  assertEquals(values.filter((x) => x === 0).length, 1);
  assertEquals(quantizer.decode(quantizer.encode([-1e-9, 0])), Float32Array.of(0, 0));
});

Deno.test("quantizedReluPo2() passes the rectifier's gradient up to its largest value", () => {
  const x = [-1, 0, 0.5, 2, 2.1, NaN];
  assertEquals([...quantizedReluPo2({ bits: 3 }).gradient(x)], [0, 0, 1, 1, 1, 0]);
  assertEquals(
    [...quantizedReluPo2({ bits: 3, maxValue: 2, negativeSlope: 0.25 }).gradient(x)],
    [0.25, 0.25, 1, 1, 0, 0],
  );
});

Deno.test("quantizedReluPo2() prints QKeras's form", () => {
  assertEquals(
    `${quantizedReluPo2({ bits: 3, maxValue: 2, negativeSlope: 0.25 })}`,
    "quantized_relu_po2(3,2,negative_slope=0.25)",
  );
});

Deno.test("quantizedReluPo2() refuses options out of range", () => {
  assertRefused(() => quantizedReluPo2({ bits: 9 }), "bits", 9);
  assertRefused(() => quantizedReluPo2({ bits: 3, maxValue: 0 }), "maxValue", 0);
  assertRefused(() => quantizedReluPo2({ bits: 3, negativeSlope: 3 }), "negativeSlope", 3);
});
