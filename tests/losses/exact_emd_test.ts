import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { exactEmd } from "../../src/losses/exact_emd.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { waferEmdBatch } from "../../src/wafer/emd_batch.ts";
import { drawPair } from "../_support/histograms.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("exactEmd()", exactEmd());
testLossProperties(
  "exactEmd() at high density in cm",
  exactEmd({
    geometry: "high_density",
    unit: "cm",
  }),
);

Deno.test("exactEmd() is waferEmdBatch() and certifies itself", async () => {
  const x = new Float64Array(50 * 48), y = new Float64Array(50 * 48);
  for (let row = 0; row < 50; row++) {
    const drawn = drawPair("sparse", 48, new RandomStream(71, "loss", row));
    x.set(drawn.x, row * 48);
    y.set(drawn.y, row * 48);
  }
  const { value, diagnostics } = await exactEmd({ certify: true }).valueAndGradient(x, y);
  assertEquals(value, waferEmdBatch(x, y).values);
  assert(diagnostics!.certified.every((certified) => certified === 1));
  assert(diagnostics!.pivots.some((pivots) => pivots > 0));
});

Deno.test("exactEmd() leads a wafer to its target downhill", async () => {
  const loss = exactEmd();
  const { x: target, y } = drawPair("dense", 48, new RandomStream(72, "descent"));
  let output = y;
  const first = (await loss.valueAndGradient(target, output)).value[0];
  for (let step = 0; step < 400; step++) {
    const { gradient } = await loss.valueAndGradient(target, output);
    // Exponentiated gradient steps stay on the simplex.
    const rate = 0.3 / Math.sqrt(1 + step);
    const moved = output.map((mass, k) => mass * Math.exp(-rate * gradient[k]));
    const sum = moved.reduce((a, b) => a + b);
    output = moved.map((mass) => mass / sum);
  }
  const last = (await loss.valueAndGradient(target, output)).value[0];
  assert(last < 0.2 * first, `from ${first} to ${last}`);
  assertAlmostEquals(output.reduce((a, b) => a + b), 1, 1e-12);
});
