import { assert, assertAlmostEquals } from "@std/assert";
import { plainSinkhornCost } from "../../../scripts/std/plain_sinkhorn.ts";

/** Worked values of positions 0, 1, 3 (POT's sinkhorn). */
const M = Float64Array.of(0, 1, 3, 1, 0, 2, 3, 2, 0);
const A = Float64Array.of(0.2, 0.5, 0.3), B = Float64Array.of(0.4, 0.1, 0.5);

Deno.test("plainSinkhornCost() is what POT's plan costs, in both precisions", () => {
  const cost = (single: boolean) =>
    plainSinkhornCost(A, B, M, { epsilon: 1, iterations: 200, single });
  assertAlmostEquals(cost(false), 0.69281141, 1e-7);
  assertAlmostEquals(cost(true), 0.69281141, 1e-5);
});

Deno.test("plainSinkhornCost() underflows in single precision before double", () => {
  const one = Float64Array.of(1, 0, 0);
  const cost = (epsilon: number, single: boolean) =>
    plainSinkhornCost(A, one, M, { epsilon, iterations: 5, single });
  assertAlmostEquals(cost(3 / 200, false), 0.5 + 0.9, 1e-9);
  assert(!(Math.abs(cost(3 / 200, true) - 1.4) < 1e-3));
  assert(!(Math.abs(cost(3 / 1000, false) - 1.4) < 1e-3));
});
