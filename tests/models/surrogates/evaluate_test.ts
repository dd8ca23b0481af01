import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { evaluateSurrogate } from "../../../src/models/surrogates/evaluate.ts";
import { type Estimator, exactEstimator } from "../../../src/models/surrogates/evaluation_exact.ts";
import { evaluationPairs } from "../../../src/models/surrogates/evaluation_pairs.ts";

const [pairs] = evaluationPairs(toyWafers("shower", 60, 1), { seed: 1, pairs: 100 });

/** The exact EMD, changed. */
function _changed(change: (emd: number) => number, slope: number): Pick<
  Estimator,
  "value" | "valueAndGradient"
> {
  const exact = exactEstimator();
  return {
    value: async (x, y) => (await exact.value(x, y)).map(change),
    valueAndGradient: async (x, y) => {
      const { value, gradient } = await exact.valueAndGradient(x, y);
      return { value: value.map(change), gradient: gradient.map((g) => slope * g) };
    },
  };
}

Deno.test("evaluateSurrogate() finds a factor: bias everywhere, spread nowhere", async () => {
  const result = await evaluateSurrogate(_changed((emd) => 1.1 * emd, 1.1), pairs);
  assertEquals(result.count, pairs.count);
  assertAlmostEquals(result.bias, 0.1, 1e-12);
  assertAlmostEquals(result.sigma, 0, 1e-9);
  assertAlmostEquals(result.quantile95, 0.1, 1e-12);
  assertAlmostEquals(result.correlation, 1, 1e-12);
  assertAlmostEquals(result.cosine, 1, 1e-12);
  assertEquals(result.approach.map(({ share }) => share), [0.1, 0.01]);
  for (const { bias, sigma } of result.approach) {
    assertAlmostEquals(bias, 0.1, 1e-9);
    assertAlmostEquals(sigma, 0, 1e-9);
  }
  assertEquals(result.atEquality, 0);
});

Deno.test("evaluateSurrogate() finds an offset: it shows where distances are small", async () => {
  const offset = 0.25;
  const result = await evaluateSurrogate(_changed((emd) => emd + offset, -1), pairs);
  const meanInverse = pairs.exact.reduce((sum, emd) => sum + 1 / emd, 0) / pairs.count;
  assertAlmostEquals(result.bias, offset * meanInverse, 1e-12);
  for (const { share, bias } of result.approach) {
    assertAlmostEquals(bias, offset * meanInverse / share, 1e-8);
  }
  assertAlmostEquals(result.correlation, 1, 1e-12);
  assertAlmostEquals(result.cosine, -1, 1e-12);
  assertAlmostEquals(result.atEquality, offset, 1e-12);
  const below = result.differences.filter((difference) => difference <= result.quantile95);
  assert(Math.abs(below.length / pairs.count - 0.95) <= 0.01);
});

Deno.test("evaluateSurrogate() refuses shares of no way, and kinds without a pair", async () => {
  const exact = exactEstimator();
  for (const share of [0, -1, 1.1, NaN]) {
    await assertRejects(
      () => evaluateSurrogate(exact, pairs, { shares: [share] }),
      RangeError,
      `Cannot evaluate a surrogate: shares must be in (0, 1], current value is ${share}`,
    );
  }
  const none = { ...pairs, count: 0, x: new Float64Array(0), y: new Float64Array(0) };
  await assertRejects(
    () => evaluateSurrogate(exact, { ...none, exact: new Float64Array(0) }),
    RangeError,
  );
});
