import { assertAlmostEquals, assertEquals } from "@std/assert";
import { extendPotential } from "../../src/transport/extend_potential.ts";

Deno.test("extendPotential() keeps potentials where there is mass and works out the others", () => {
  const side = {
    bins: Int32Array.of(1),
    masses: Float64Array.of(1),
    count: 1,
    values: Float64Array.of(5),
  };
  const other = {
    bins: Int32Array.of(0, 2),
    masses: Float64Array.of(0.25, 0.75),
    count: 2,
    values: Float64Array.of(1, -1),
  };
  const cost = Float64Array.of(1, 9, 2, 3, 9, 4, 5, 9, 6), epsilon = 0.5;
  const out = new Float64Array(5);
  extendPotential(side, other, cost, 3, 1, epsilon, out, 1, 3);
  const at = (row: number) =>
    -epsilon * Math.log(
      0.25 * Math.exp((1 - cost[3 * row]) / epsilon) +
        0.75 * Math.exp((-1 - cost[3 * row + 2]) / epsilon),
    );
  assertEquals([out[0], out[2], out[4]], [0, 5, 0]);
  assertAlmostEquals(out[1], at(0), 1e-14);
  assertAlmostEquals(out[3], at(2), 1e-14);
  // Columns likewise, and no number underflows.
  extendPotential(other, side, cost, 1, 3, 1e-6, out, 0, 3);
  assertEquals([out[0], out[2]], [1, -1]);
  assertAlmostEquals(out[1], -(5 - cost[4]), 1e-12);
});
