import { assertEquals } from "@std/assert";
import { binary, signCoding } from "../../src/quantization/binary.ts";
import { assertRefused, testQuantizer } from "./_properties.ts";

testQuantizer(binary());
testQuantizer(binary({ use01: true, alpha: 5 }), { idempotent: false });
testQuantizer(binary({ alpha: 0.3 }));

Deno.test("binary() counts zero of either sign as positive", () => {
  assertEquals([...binary({ alpha: 2 }).apply([-0, 0, -1e-40])], [2, 2, -2]);
});

Deno.test("binary() passes a gradient of 1 and prints QKeras's form", () => {
  assertEquals([...binary().gradient([-3, 0, 3])], [1, 1, 1]);
  assertEquals(`${binary({ use01: true, alpha: 5 })}`, "binary(use_01=1,alpha=5)");
});

Deno.test("signCoding() has no code of NaN", () => {
  assertEquals(signCoding("sign", 1).codeOf(NaN), NaN);
});

Deno.test("binary() refuses an alpha that is not positive", () => {
  for (const alpha of [0, -1, NaN]) assertRefused(() => binary({ alpha }), "alpha", alpha);
});
