import { assertAlmostEquals, assertEquals } from "@std/assert";
import { IMPACT_LOSSES, impactLoss } from "../../../scripts/std/impact_losses.ts";
import { Tree } from "../../../src/transport/mod.ts";

/** Two pairs of leaves. */
const TREE = new Tree([-1, 0, 0, 1, 1, 2, 2], { bins: [3, 4, 5, 6] });
const TARGET = Float32Array.of(1, 0, 0, 0);

Deno.test("impactLoss() gives each loss the values that its formula has", async () => {
  const p = Float32Array.of(0.5, 0.25, 0.25, 0);
  const value = async (name: typeof IMPACT_LOSSES[number]) =>
    (await impactLoss(name, TREE).valueAndGradient(TARGET, p)).value[0];
  // A quarter goes 2 edges and a quarter 4; edges carry 1/2, 1/4, 1/4, 1/4, 1/4.
  const relaxed = 0.25 + 4 * 0.25 ** 2, entropy = Math.log(2);
  assertAlmostEquals(await value("exact tree"), 1.5, 1e-6);
  assertAlmostEquals(await value("relaxed tree"), relaxed, 1e-6);
  assertAlmostEquals(await value("cross entropy"), entropy, 1e-6);
  assertAlmostEquals(await value("relaxed tree and cross entropy"), relaxed + entropy, 1e-6);
});

Deno.test("impactLoss() has slopes that finite differences see", async () => {
  const p = Float64Array.of(0.4, 0.3, 0.2, 0.1), step = 1e-4;
  for (const name of IMPACT_LOSSES) {
    const loss = impactLoss(name, TREE), target = Float64Array.from(TARGET);
    const at = async (by: number) =>
      (await loss.valueAndGradient(target, p.with(1, 0.3 + by).with(3, 0.1 - by))).value[0];
    const slope = (await at(step) - await at(-step)) / (2 * step);
    const { gradient } = await loss.valueAndGradient(target, p);
    // Sinkhorn is iterated no farther than a training needs.
    assertAlmostEquals(gradient[1] - gradient[3], slope, name === "Sinkhorn" ? 0.05 : 1e-5, name);
  }
  assertEquals(IMPACT_LOSSES.length, 5);
});
