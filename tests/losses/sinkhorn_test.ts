import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { sinkhornLoss } from "../../src/losses/sinkhorn.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { waferEmdBatch } from "../../src/wafer/emd_batch.ts";
import { drawPair } from "../_support/histograms.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("sinkhornLoss({ epsilon: 0.1 })", sinkhornLoss({ epsilon: 0.1 }));
testLossProperties(
  "sinkhornLoss() of 16 ordered classes, by Cuturi's iteration",
  sinkhornLoss({
    distances: Float64Array.from({ length: 256 }, (_, k) => Math.abs((k >> 4) - k % 16)),
    epsilon: 1,
    method: "sinkhorn",
  }),
);

Deno.test("sinkhornLoss() comes to the exact EMD as epsilon falls", async () => {
  const x = new Float64Array(10 * 48), y = new Float64Array(10 * 48);
  for (let row = 0; row < 10; row++) {
    const drawn = drawPair("sparse", 48, new RandomStream(92, "wafers", row));
    x.set(drawn.x, row * 48);
    y.set(drawn.y, row * 48);
  }
  const exact = waferEmdBatch(x, y).values;
  let before = Infinity;
  for (const epsilon of [0.4, 0.1, 0.025]) {
    const { value, diagnostics } = await sinkhornLoss({ epsilon }).valueAndGradient(x, y);
    assert(diagnostics!.converged.every((converged) => converged === 1));
    assert(diagnostics!.marginalError.every((error) => error <= 1e-9));
    const worst = Math.max(...value.map((v, row) => Math.abs(v - exact[row])));
    assert(worst < before / 2, `${worst} after ${before}`);
    before = worst;
  }
  assert(before < 0.05, `${before}`);
});

Deno.test("sinkhornLoss() marks rows that do not converge, and goes on", async () => {
  const { x, y } = drawPair("dense", 48, new RandomStream(93, "wafer"));
  const both = (first: Float64Array, second: Float64Array) => Float64Array.of(...first, ...second);
  const loss = sinkhornLoss({ epsilon: 0.05, maxIterations: 40 });
  const { value, gradient, diagnostics } = await loss.valueAndGradient(both(x, y), both(y, y));
  assertEquals([...diagnostics!.converged], [0, 1]);
  assert(diagnostics!.marginalError[0] > 1e-9);
  assert([...value, ...gradient].every(Number.isFinite));
  assertAlmostEquals(value[1], 0, 1e-12);
});

Deno.test("sinkhornLoss() refuses an epsilon that numbers do not resolve, and bad distances", () => {
  assertThrows(
    () => sinkhornLoss({ epsilon: 1e-9 }),
    RangeError,
    "Cannot compute Sinkhorn: epsilon must be at least",
  );
  assertThrows(() => sinkhornLoss({ epsilon: 0 }), RangeError, "epsilon must be finite and > 0");
  assertThrows(
    () => sinkhornLoss({ distances: new Float64Array(5) }),
    TypeError,
    "M must be flat, row-major",
  );
});
