import { assert, assertEquals } from "@std/assert";
import { descend, DESCENT_RATES, stepsTo } from "../../../scripts/std/output_descent.ts";
import { outputLoss } from "../../../scripts/std/output_losses.ts";
import { outputSpaces, peakedHistogram } from "../../../scripts/std/output_spaces.ts";

Deno.test("descend() comes down from one at the best rate", () => {
  const [chain] = outputSpaces(1), targets = [1, 2].map((k) => peakedHistogram(4, k, "target"));
  const { rate, curves } = descend(chain, outputLoss("cross entropy", chain, 0.1), targets, 60);
  assert(DESCENT_RATES.includes(rate));
  for (const curve of curves) {
    assertEquals([curve.length, curve[0]], [61, 1]);
    assert(curve[60] < 0.1, `${curve[60]}`);
  }
});

Deno.test("stepsTo() is the first step that is below for good", () => {
  assertEquals(stepsTo([1, 0.05, 0.2, 0.1, 0.09], 0.1), 3);
  assertEquals(stepsTo([1, 0.5], 0.1), 2);
});
