import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { lipschitzLoss } from "../../src/models/lipschitz_loss.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { useBackend } from "../../src/tensor/mod.ts";
import { waferEmdBatch } from "../../src/wafer/emd_batch.ts";
import { drawPair } from "../_support/histograms.ts";

await useBackend({ backend: "wasm" });

const ROWS = 3;
const x = new Float64Array(ROWS * 48), y = new Float64Array(ROWS * 48);
for (let row = 0; row < ROWS; row++) {
  const drawn = drawPair("sparse", 48, new RandomStream(3, "wafers", row));
  x.set(drawn.x, row * 48);
  y.set(drawn.y, row * 48);
}

Deno.test("lipschitzLoss() bounds the EMD of wafers from below, says the gap, and leads downhill", async () => {
  const loss = lipschitzLoss({ steps: 100, units: 16, groupSize: 2, gap: true });
  const { value, gradient, diagnostics } = await loss.valueAndGradient(x, y);
  const { values: exact } = waferEmdBatch(x, y);
  for (let row = 0; row < ROWS; row++) {
    assert(value[row] < exact[row] * (1 + 1e-5));
    assertAlmostEquals(diagnostics!.gap[row], 1 - value[row] / exact[row], 1e-6);
    assert(diagnostics!.gap[row] < 0.4, `gap ${diagnostics!.gap[row]}`);
    const slopes = gradient.subarray(row * 48, (row + 1) * 48);
    assertAlmostEquals(slopes.reduce((a, b) => a + b), 0, 1e-9);
    // The value is linear in the charges as long as the network stays what it is.
    const [from, to] = [x, y].map((charges) =>
      charges.subarray(row * 48, (row + 1) * 48).reduce((sum, c, k) => sum + c * slopes[k], 0)
    );
    assertAlmostEquals(to - from, value[row], 1e-6);
  }
  const nearer = y.map((charge, k) => 0.9 * charge + 0.1 * x[k]);
  const after = waferEmdBatch(x, nearer).values;
  after.forEach((emd, row) => assert(emd < exact[row]));
});

Deno.test("lipschitzLoss() of equal wafers is zero, and takes no row and no wrong row", async () => {
  const loss = lipschitzLoss({ steps: 3 });
  assertEquals([...(await loss.valueAndGradient(x, x)).value], [0, 0, 0]);
  assertEquals((await loss.valueAndGradient(x.slice(0, 0), y.slice(0, 0))).value.length, 0);
  await assertRejects(
    () => Promise.resolve(loss.valueAndGradient(x, y.map((charge) => 2 * charge))),
    RangeError,
    "Cannot compute lipschitz of row 0: the output must sum to 1",
  );
});
