import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { fixedDirections, randomDirections } from "../../src/transport/sliced_directions.ts";
import { SlicedSupport } from "../../src/transport/sliced_support.ts";
import { slicedWasserstein } from "../../src/transport/sliced_wasserstein.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";

Deno.test("SlicedSupport is slicedWasserstein() of two histograms on the same points", () => {
  for (const [dimension, p] of [[2, 1], [2, 2], [3, 1], [3, 1.5]]) {
    const random = new RandomStream(191, "support", dimension);
    const points = Float64Array.from({ length: 20 * dimension }, () => random.integer(9) / 2);
    const directions = randomDirections(6, dimension, random);
    const support = new SlicedSupport(points, { directions, dimension, p });
    assertEquals([support.size, support.slices, support.p], [20, 6, p]);
    for (const kind of Object.keys(PAIR_KINDS)) {
      const { x, y } = drawPair(kind, 20, random);
      const expected = slicedWasserstein(points, points, { a: x, b: y, directions, dimension, p });
      assertAlmostEquals(support.solve(x, 0, y, 0), expected.value, 1e-12, kind);
    }
  }
});

Deno.test("SlicedSupport has the gradient that finite differences see, of sum zero", () => {
  for (const p of [1, 2]) {
    const random = new RandomStream(192, "gradient");
    const points = Float64Array.from({ length: 24 }, () => random.normal());
    const support = new SlicedSupport(points, { directions: fixedDirections(5), p });
    const { x, y } = drawPair("dense", 12, random), gradient = new Float64Array(14).fill(7);
    const value = support.solve([9, ...x], 1, [9, 9, ...y], 2, gradient, 1);
    assertAlmostEquals(value, support.solve(x, 0, y, 0), 1e-15);
    assertEquals([gradient[0], gradient[13]], [7, 7]);
    assertAlmostEquals(gradient.subarray(1, 13).reduce((sum, g) => sum + g, 0), 0, 1e-13);
    for (let k = 1; k < 12; k++) {
      const at = (by: number) => support.solve(x.with(0, x[0] - by).with(k, x[k] + by), 0, y, 0);
      const slope = (at(1e-7) - at(-1e-7)) / 2e-7;
      assertAlmostEquals(gradient[k + 1] - gradient[1], slope, 1e-6);
    }
  }
});

Deno.test("SlicedSupport refuses points and powers that do not fit", () => {
  const directions = fixedDirections(2);
  assertThrows(
    () => new SlicedSupport([1, 2, 3], { directions }),
    TypeError,
    "Cannot slice a support: points and directions must have 2 coordinates each, current lengths are 3 and 4",
  );
  assertThrows(
    () => new SlicedSupport([1, 2], { directions, p: 0 }),
    RangeError,
    "Cannot slice a support: p must be finite and >= 1, current value is 0",
  );
});
