import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { squaredEmdMatrix } from "../../src/losses/squared_emd_matrix.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("squaredEmdMatrix() of trigger cells", squaredEmdMatrix(), {
  certainTargets: true,
});
testLossProperties(
  "squaredEmdMatrix() with sensitivity 2 and exponent 1.5",
  squaredEmdMatrix({ distances: _drawDistances(24), sensitivity: 2, exponent: 1.5 }),
  { certainTargets: true },
);

/** The matrix that is learned of centroids (1, 0), (0.8, 0.2), (0.3, 0.7) and (0, 1). */
const DISTANCES = [
  [0, 1 / 3, 5 / 6, 1],
  [1 / 3, 0, 2 / 3, 5 / 6],
  [5 / 6, 2 / 3, 0, 1 / 3],
  [1, 5 / 6, 1 / 3, 0],
].flat();
const P = Float64Array.of(0.1, 0.2, 0.6, 0.1), IS_SECOND = Float64Array.of(0, 1, 0, 0);

Deno.test("squaredEmdMatrix() gives the worked values", async () => {
  const value = async (options: { exponent?: number; sensitivity?: number; bias?: number }) =>
    (await squaredEmdMatrix({ distances: DISTANCES, ...options }).valueAndGradient(IS_SECOND, P))
      .value[0];
  assertAlmostEquals(await value({ exponent: 1 }), 0.51666667, 1e-8);
  assertAlmostEquals(await value({}), 0.25166667, 1e-8);
  assertAlmostEquals(await value({ sensitivity: 2, bias: 0.25 }), 0.27305556, 1e-8);
});

Deno.test("squaredEmdMatrix() gives the worked gradient, less its mean", async () => {
  const loss = squaredEmdMatrix({ distances: DISTANCES, sensitivity: 2, bias: 0.25 });
  const { gradient } = await loss.valueAndGradient(IS_SECOND, P);
  const worked = [0.07222222, 0.1, 0.83333333, 0.18888889];
  const mean = worked.reduce((a, b) => a + b) / 4;
  worked.forEach((slope, k) => assertAlmostEquals(gradient[k], slope - mean, 1e-8));
});

Deno.test("squaredEmdMatrix() with exponent 1 is the exact EMD to a certain class", async () => {
  const classes = 24, distances = _drawDistances(classes);
  const loss = squaredEmdMatrix({ distances, exponent: 1 });
  const random = new RandomStream(2, "probabilities");
  for (let k = 0; k < classes; k++) {
    const drawn = Float64Array.from({ length: classes }, () => random.exponential());
    const sum = drawn.reduce((a, b) => a + b), p = drawn.map((mass) => mass / sum);
    const target = new Float64Array(classes).with(k, 1);
    const { value } = await loss.valueAndGradient(target, p);
    assertAlmostEquals(value[0], emd2(p, target, distances), 1e-12);
  }
});

Deno.test("squaredEmdMatrix() counts from the prediction to the truth", async () => {
  const { value } = await squaredEmdMatrix({ distances: [0, 3, 5, 0] })
    .valueAndGradient(Float64Array.of(0, 1), Float64Array.of(1, 0));
  assertEquals(value[0], 3);
});

Deno.test("squaredEmdMatrix() with a negative bias rewards what is right", async () => {
  const loss = squaredEmdMatrix({ distances: DISTANCES, bias: -0.5 });
  const { value } = await loss.valueAndGradient(IS_SECOND, IS_SECOND);
  assertEquals(value[0], -0.5);
});

Deno.test("squaredEmdMatrix() names what is wrong with a matrix or an option", () => {
  const wrong = (options: Parameters<typeof squaredEmdMatrix>[0], message: string) =>
    assertThrows(
      () => squaredEmdMatrix(options),
      Error,
      `Cannot set up squared_emd_matrix: ${message}`,
    );
  wrong({ distances: [0, 1, 1] }, "distances must be a square matrix");
  wrong({ distances: [0] }, "distances must be a square matrix of at least two classes");
  wrong(
    { distances: [0, 1, -1, 0] },
    "the distance from class 1 to class 0 must be >= 0 and finite, current value is -1",
  );
  wrong({ distances: [0, NaN, 1, 0] }, "the distance from class 0 to class 1 must be >= 0");
  wrong(
    { distances: [0, 1, 1, 2] },
    "the distance from class 1 to class 1 must be 0, current value is 2",
  );
  wrong({ sensitivity: 0 }, "sensitivity must be > 0 and finite, current value is 0");
  wrong({ bias: Infinity }, "bias must be finite, current value is Infinity");
  wrong({ exponent: 0.9 }, "exponent must be >= 1 and finite, current value is 0.9");
  assert(squaredEmdMatrix().size === 48);
});

function _drawDistances(classes: number): Float64Array {
  const random = new RandomStream(1, "ground distances");
  return Float64Array.from(
    { length: classes * classes },
    (_, at) => Math.floor(at / classes) === at % classes ? 0 : 0.1 + random.uniform(),
  );
}
