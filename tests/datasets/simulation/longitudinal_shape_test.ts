import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { longitudinalShape } from "../../../src/datasets/simulation/longitudinal_shape.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("longitudinalShape() is the published formula", () => {
  for (const energy of [1, 10, 100]) {
    const lnY = Math.log(energy / 0.011);
    const { maximum, alpha } = longitudinalShape(energy);
    assertAlmostEquals(maximum, -1.396 + 1.007 * lnY, 1e-12);
    assertAlmostEquals(alpha, -0.0433 + 0.540 * lnY, 1e-12);
  }
  // ln y is not below 3, so that soft photons have a shape too.
  assertEquals(longitudinalShape(0.001), longitudinalShape(0.22));
});

Deno.test("longitudinalShape() fluctuates with the published spreads and correlation", () => {
  const stream = new RandomStream(1, "shape"), lnY = Math.log(50 / 0.011), draws = 20_000;
  const sums = { t: 0, a: 0, tt: 0, aa: 0, ta: 0 };
  for (let k = 0; k < draws; k++) {
    const { maximum, alpha } = longitudinalShape(50, stream);
    assert(alpha >= 1.05);
    const t = Math.log(maximum) - Math.log(-1.396 + 1.007 * lnY);
    const a = Math.log(alpha) - Math.log(-0.0433 + 0.540 * lnY);
    sums.t += t / draws;
    sums.a += a / draws;
    sums.tt += t * t / draws;
    sums.aa += a * a / draws;
    sums.ta += t * a / draws;
  }
  const sigmaT = Math.sqrt(sums.tt), sigmaA = Math.sqrt(sums.aa);
  assertAlmostEquals(sums.t, 0, 0.004);
  assertAlmostEquals(sums.a, 0, 0.006);
  assertAlmostEquals(sigmaT, 1 / (-2.506 + 1.245 * lnY), 0.003);
  assertAlmostEquals(sigmaA, 1 / (-0.8442 + 0.7904 * lnY), 0.004);
  assertAlmostEquals(sums.ta / (sigmaT * sigmaA), 0.7858 - 0.0232 * lnY, 0.02);
});
