import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { squaredEmd } from "../../src/losses/squared_emd.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("squaredEmd()", squaredEmd({ classes: 24 }));
testLossProperties("squaredEmd() with exponent 1", squaredEmd({ classes: 24, exponent: 1 }));
testLossProperties("squaredEmd() with exponent 3.5", squaredEmd({ classes: 48, exponent: 3.5 }));

/** Softmax probabilities of the worked example; the right class is the second. */
const P = Float64Array.of(0.1, 0.2, 0.6, 0.1), IS_SECOND = Float64Array.of(0, 1, 0, 0);

Deno.test("squaredEmd() gives the worked value and gradient", async () => {
  const { value, gradient } = await squaredEmd({ classes: 4 }).valueAndGradient(IS_SECOND, P);
  assertAlmostEquals(value[0], 0.51, 1e-12);
  // The published gradient, less its mean of -0.8.
  _assertClose(gradient, [-1.4 + 0.8, -1.6 + 0.8, -0.2 + 0.8, 0.8]);
  const mean = P.reduce((sum, p, k) => sum + p * gradient[k], 0);
  _assertClose(P.map((p, k) => p * (gradient[k] - mean)), [-0.082, -0.204, 0.228, 0.058]);
});

Deno.test("squaredEmd() gives the worked values of a chain", async () => {
  const p = Float64Array.of(0.1, 0.2, 0.3, 0.4), q = p.toReversed();
  const worked = [
    [1, 1, -1.5, -0.5],
    [1.5, 0.58161575, -1.29592549, -0.47434165],
    [2, 0.34, -1, -0.4],
  ];
  for (const [exponent, expected, first, second] of worked) {
    const loss = squaredEmd({ classes: 4, exponent });
    const { value, gradient } = await loss.valueAndGradient(q, p);
    assertAlmostEquals(value[0], expected, 1e-8);
    _assertClose(gradient, [first, second, -second, -first], 1e-8);
  }
});

Deno.test("squaredEmd() with exponent 1 is the EMD on a line", async () => {
  const random = new RandomStream(5, "classes"), classes = 23;
  const draw = () => {
    const masses = Float64Array.from({ length: classes }, () => random.exponential());
    const sum = masses.reduce((a, b) => a + b);
    return masses.map((mass) => mass / sum);
  };
  const positions = Float64Array.from({ length: classes }, (_, k) => k);
  const loss = squaredEmd({ classes, exponent: 1 });
  for (let trial = 0; trial < 20; trial++) {
    const [t, p] = [draw(), draw()];
    const { value } = await loss.valueAndGradient(t, p);
    assertAlmostEquals(value[0], wasserstein1d(positions, positions, t, p), 1e-12);
  }
});

Deno.test("squaredEmd() of a certain class is how far off it is, whatever the exponent", async () => {
  const one = (k: number) => new Float64Array(10).with(k, 1);
  for (const exponent of [1, 2, 7]) {
    const { value } = await squaredEmd({ classes: 10, exponent }).valueAndGradient(one(2), one(8));
    assertEquals(value[0], 6);
  }
});

Deno.test("squaredEmd() names options that are out of range", () => {
  assertThrows(() => squaredEmd({ classes: 1 }), RangeError, "classes must be an integer >= 2");
  for (const exponent of [0.5, NaN, Infinity]) {
    assertThrows(
      () => squaredEmd({ classes: 3, exponent }),
      RangeError,
      `Cannot set up squared_emd: exponent must be >= 1 and finite, current value is ${exponent}`,
    );
  }
});

function _assertClose(actual: ArrayLike<number>, expected: number[], tolerance = 1e-12): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((value, k) => assertAlmostEquals(actual[k], value, tolerance));
}
