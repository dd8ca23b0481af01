import { assertEquals } from "@std/assert";
import { ternary } from "../../src/quantization/ternary.ts";
import { assertRefused, testQuantizer } from "./_properties.ts";

testQuantizer(ternary());
testQuantizer(ternary({ alpha: 2, threshold: 0.5 }));
testQuantizer(ternary({ alpha: 0.25, threshold: 0.5 }), { idempotent: false });

Deno.test("ternary() takes the threshold itself as outside of the dead band", () => {
  const { apply } = ternary({ threshold: 0.1 });
  const threshold = Math.fround(0.1), inside = threshold - 2 ** -27;
  assertEquals([...apply([threshold, -threshold, inside, -inside])], [1, -1, 0, 0]);
});

Deno.test("ternary() passes a gradient of 1 and prints QKeras's form", () => {
  assertEquals([...ternary().gradient([-3, 0, 3])], [1, 1, 1]);
  assertEquals(`${ternary()}`, "ternary(alpha=1,threshold=0.33)");
});

Deno.test("ternary() refuses options that are not positive", () => {
  assertRefused(() => ternary({ alpha: 0 }), "alpha", 0);
  assertRefused(() => ternary({ threshold: -1 }), "threshold", -1);
});
