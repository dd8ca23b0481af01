import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type RegressionKind, regressionLoss, tf, useBackend } from "../../src/tensor/mod.ts";
import { seededNumbers } from "./_backends.ts";

const TARGETS = seededNumbers(40, 1).map((x) => 2.5 + 2 * x);
const OUTPUTS = seededNumbers(40, 2).map((x) => 2.5 + 4 * x);

for (const kind of ["mse", "msle", "huber", "relative"] as RegressionKind[]) {
  Deno.test(`${kind}: the gradient is what finite differences see`, async () => {
    const loss = regressionLoss(kind);
    const t = Float64Array.from(TARGETS), y = Float64Array.from(OUTPUTS);
    const { gradient } = await loss.valueAndGradient(t, y);
    const at = async (step: number) =>
      (await loss.valueAndGradient(t, y.map((v) => v + step))).value;
    const [up, down] = [await at(1e-6), await at(-1e-6)];
    gradient.forEach((slope, k) => assertAlmostEquals(slope, (up[k] - down[k]) / 2e-6, 1e-6));
  });

  Deno.test(`${kind}: within the graph it is the same, with the same gradient`, async () => {
    await useBackend({ backend: "wasm" });
    const loss = regressionLoss(kind);
    const { value, gradient } = await loss.valueAndGradient(TARGETS, OUTPUTS);
    const t = tf.tensor2d(TARGETS, [40, 1]), y = tf.tensor2d(OUTPUTS, [40, 1]);
    const values = loss.graph!(t, y);
    assertEquals(values.shape, [40]);
    values.dataSync().forEach((v, k) => assertAlmostEquals(v, value[k], 1e-5 * (1 + value[k])));
    const slopes = tf.grad((y: tf.Tensor) => tf.sum(loss.graph!(t, y as tf.Tensor2D)))(y)
      .dataSync();
    slopes.forEach((v, k) =>
      assertAlmostEquals(v, gradient[k], 1e-5 * (1 + Math.abs(gradient[k])))
    );
  });
}

Deno.test("values worked by hand", async () => {
  const of = async (kind: RegressionKind, t: number, y: number) =>
    (await regressionLoss(kind).valueAndGradient(Float64Array.of(t), Float64Array.of(y))).value[0];
  assertEquals(await of("mse", 1, 3), 4);
  assertEquals(await of("huber", 1, 3), 1.5);
  assertEquals(await of("relative", 2, 3), 0.25);
  assertAlmostEquals(await of("msle", 1, 3), Math.log(2) ** 2);
});
