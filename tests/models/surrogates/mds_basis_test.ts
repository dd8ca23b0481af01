import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { mdsBasis } from "../../../src/models/surrogates/mds_basis.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { waferDistances } from "../../../src/wafer/distances.ts";

const DISTANCES = waferDistances();
const BASIS = mdsBasis(DISTANCES, 48);

function coordinates(q: Float64Array): Float64Array {
  return Float64Array.from(
    { length: 47 },
    (_, k) => q.reduce((sum, value, i) => sum + value * BASIS[i * 47 + k], 0),
  );
}

Deno.test("mdsBasis() of the wafer makes lengths of energy distances", () => {
  const random = new RandomStream(1, "histograms");
  for (let trial = 0; trial < 20; trial++) {
    const q = Float64Array.from({ length: 48 }, () => random.uniform() - 0.5);
    const mean = q.reduce((sum, value) => sum + value, 0) / 48;
    q.forEach((value, i) => q[i] = value - mean);
    let energy = 0;
    for (let i = 0; i < 48; i++) {
      for (let j = 0; j < 48; j++) energy -= q[i] * q[j] * DISTANCES[i * 48 + j];
    }
    const length = coordinates(q).reduce((sum, c) => sum + c * c, 0);
    assertAlmostEquals(length / energy, 1, 1e-12);
  }
});

Deno.test("mdsBasis() sorts orthogonal columns by length, and does not see what all cells share", () => {
  const lengths: number[] = [];
  for (let k = 0; k < 47; k++) {
    for (let l = 0; l <= k; l++) {
      let product = 0;
      for (let i = 0; i < 48; i++) product += BASIS[i * 47 + k] * BASIS[i * 47 + l];
      if (l < k) assertAlmostEquals(product, 0, 1e-10);
      else lengths.push(product);
    }
  }
  assert(lengths.every((length, k) => length > 0 && (k === 0 || length <= lengths[k - 1] + 1e-9)));
  for (const c of coordinates(new Float64Array(48).fill(1))) assertAlmostEquals(c, 0, 1e-10);
});

Deno.test("mdsBasis() refuses a distance that no points have", () => {
  // Roots of distances are not those of points: leaves at 1 from a centre, 2 from each other.
  const star = [0, 1, 1, 1, 1, 0, 4, 4, 1, 4, 0, 4, 1, 4, 4, 0];
  assertThrows(() => mdsBasis(star, 4), RangeError, "no negative eigenvalue");
  assertEquals(mdsBasis([0], 1).length, 0);
});
