import { assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { quantizedPo2 } from "../../src/quantization/quantized_po2.ts";
import { assertRefused, testQuantizer } from "./_properties.ts";

testQuantizer(quantizedPo2({ bits: 4 }));
testQuantizer(quantizedPo2({ bits: 4, maxValue: 4 }));
testQuantizer(quantizedPo2({ bits: 3, maxValue: 0.5 }));
testQuantizer(quantizedPo2({ bits: 2 }));

Deno.test("quantizedPo2() takes the power of two that is nearest as a ratio", () => {
  const random = new RandomStream(1, "po2");
  const { apply } = quantizedPo2({ bits: 5 }); // exponents -8 to 7
  for (let i = 0; i < 2000; i++) {
    const x = Math.fround((random.uniform() < 0.5 ? -1 : 1) * 2 ** (20 * random.uniform() - 10));
    let nearest = 2 ** -8;
    for (let power = nearest; power <= 2 ** 7; power *= 2) {
      const ratio = (y: number) => Math.max(Math.abs(x) / y, y / Math.abs(x));
      if (ratio(power) < ratio(nearest)) nearest = power;
    }
    assertEquals(apply([x])[0], Math.sign(x) * nearest, `${x}`);
  }
});

Deno.test("quantizedPo2() gives zero and what is smaller than 1e-7 the lowest power", () => {
  const { apply, min, max } = quantizedPo2({ bits: 8 });
  assertEquals([...apply([0, -0, 9e-8, -9e-8])], [2 ** -64, 2 ** -64, 2 ** -64, -(2 ** -64)]);
  assertEquals([min, max], [-(2 ** 63), 2 ** 63]);
});

Deno.test("quantizedPo2() passes a gradient of 1 and prints QKeras's form", () => {
  assertEquals([...quantizedPo2({ bits: 4 }).gradient([-3, 0, 300])], [1, 1, 1]);
  assertEquals(
    `${quantizedPo2({ bits: 4 })} ${quantizedPo2({ bits: 4, maxValue: 4 })}`,
    [
      "quantized_po2(4)",
      "quantized_po2(4,4)",
    ].join(" "),
  );
});

Deno.test("quantizedPo2() refuses options out of range", () => {
  assertRefused(() => quantizedPo2({ bits: 0 }), "bits", 0);
  assertRefused(() => quantizedPo2({ bits: 4, maxValue: -1 }), "maxValue", -1);
});
