import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { sinkhorn } from "../../src/transport/sinkhorn.ts";
import { SinkhornSolver } from "../../src/transport/sinkhorn_solver.ts";
import { drawPair } from "../_support/histograms.ts";

Deno.test("SinkhornSolver solves rows of batches as sinkhorn() does each", () => {
  const random = new RandomStream(121, "batch");
  const cost = Float64Array.from({ length: 25 * 25 }, () => random.uniform());
  const solver = new SinkhornSolver(cost, 25, 25, { epsilon: 0.02 });
  const a = new Float64Array(100), b = new Float64Array(100);
  for (let row = 0; row < 4; row++) {
    const { x, y } = drawPair(row % 2 ? "sparse" : "dense", 25, random);
    a.set(x, row * 25);
    b.set(y, row * 25);
  }
  for (let row = 0; row < 4; row++) {
    const offset = row * 25, value = solver.solve(a, offset, b, offset);
    const expected = sinkhorn(
      a.subarray(offset, offset + 25),
      b.subarray(offset, offset + 25),
      cost,
      { epsilon: 0.02 },
    );
    assertAlmostEquals(value, expected.value, 1e-15);
    assertEquals(solver.iterations, expected.iterations);
    const f = new Float64Array(27).fill(7), g = new Float64Array(27).fill(7);
    solver.potentials(f, 1, g, 2);
    assertEquals([...f], [7, ...expected.potentials.a, 7]);
    assertEquals([...g], [7, 7, ...expected.potentials.b]);
  }
});

Deno.test("SinkhornSolver needs far fewer iterations with Newton steps where epsilon is small", () => {
  const random = new RandomStream(122, "iterations");
  const cost = Float64Array.from({ length: 400 }, (_, k) => Math.abs(Math.floor(k / 20) - k % 20));
  const { x, y } = drawPair("dense", 20, random);
  const [newton, plain] = (["newton", "sinkhorn"] as const).map((method) => {
    const solver = new SinkhornSolver(cost, 20, 20, { epsilon: 0.2, method, maxIterations: 1e5 });
    return {
      value: solver.solve(x, 0, y, 0),
      iterations: solver.iterations,
      status: solver.status,
    };
  });
  assertEquals([newton.status, plain.status], ["converged", "converged"]);
  assertAlmostEquals(newton.value, plain.value, 1e-9);
  assert(4 * newton.iterations < plain.iterations, `${newton.iterations}, ${plain.iterations}`);
});
