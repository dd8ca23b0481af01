import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { sinkhorn } from "../../src/transport/sinkhorn.ts";
import { SinkhornSelf } from "../../src/transport/sinkhorn_self.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";

const COST = Float64Array.from({ length: 144 }, (_, k) => Math.abs(Math.floor(k / 12) - k % 12));

Deno.test("SinkhornSelf is sinkhorn() of a histogram and itself", () => {
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (const epsilon of [3, 0.7, 0.02]) {
      const { y } = drawPair(kind, 12, new RandomStream(151, kind));
      const self = new SinkhornSelf(COST, 12, { epsilon }), value = self.solve(y, 0);
      const expected = sinkhorn(y, y, COST, { epsilon });
      assertAlmostEquals(value, expected.value, 1e-9, kind);
      assertEquals(self.status, "converged");
      if (epsilon < 0.1) continue; // too small for the marginals to tell the potentials
      // Of the potentials of two sides, which are free by a constant, the mean is the symmetric one.
      const potential = new Float64Array(12), { a, b } = expected.potentials;
      self.potential(potential, 0);
      potential.forEach((f, k) => assertAlmostEquals(f, (a[k] + b[k]) / 2, 1e-6, kind));
    }
  }
});

Deno.test("SinkhornSelf halves its error with each step, and says where it is cut off", () => {
  const { x } = drawPair("dense", 12, new RandomStream(152, "halves"));
  const errors = [1, 2, 3, 4, 5, 6, 7, 8].map((maxIterations) => {
    const self = new SinkhornSelf(COST, 12, { epsilon: 2, maxIterations });
    self.solve(x, 0);
    assertEquals([self.iterations, self.status], [maxIterations, "iteration_limit"]);
    return self.marginalError;
  });
  for (let k = 3; k < errors.length; k++) assert(errors[k] <= 0.51 * errors[k - 1], errors.join());
});
