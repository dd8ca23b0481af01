import { assert, assertAlmostEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { lineCost, type LineSide, transportOnLine } from "../../src/transport/line_transport.ts";
import { sortedOrder } from "../../src/transport/sorted_order.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";

Deno.test("transportOnLine() is wasserstein1d(), with potentials that prove it", () => {
  for (const p of [1, 1.5, 2, 3]) {
    for (let trial = 0; trial < 30; trial++) {
      const random = new RandomStream(171, "line", trial);
      const x = _draw(1 + random.integer(12), random), y = _draw(1 + random.integer(12), random);
      const cost = transportOnLine(x, y, p);
      const expected = wasserstein1d(x.positions, y.positions, x.masses, y.masses, { p });
      assertAlmostEquals(cost, expected, 1e-12 * Math.max(1, expected));
      // Feasible and of the same value: no other potentials do better.
      let dual = 0;
      x.potentials.forEach((u, i) => dual += u * x.masses[i]);
      y.potentials.forEach((v, j) => dual += v * y.masses[j]);
      assertAlmostEquals(dual, cost, 1e-10 * Math.max(1, cost));
      x.potentials.forEach((u, i) =>
        y.potentials.forEach((v, j) => {
          const way = Math.abs(x.positions[i] - y.positions[j]) ** p;
          assert(u + v <= way + 1e-10 * Math.max(1, way), `${u} + ${v} > ${way}`);
        })
      );
    }
  }
});

Deno.test("lineCost() is the power of the way", () => {
  for (const p of [1, 1.5, 2, 3]) {
    for (const way of [-2, 0, 0.3]) assertAlmostEquals(lineCost(way, p), Math.abs(way) ** p, 1e-15);
  }
});

Deno.test("transportOnLine() has the slopes in positions that finite differences see", () => {
  for (const p of [1, 2, 2.5]) {
    const random = new RandomStream(172, "slopes"), x = _draw(6, random), y = _draw(5, random);
    transportOnLine(x, y, p);
    const slopes = [x.slopes.slice(), y.slopes.slice()];
    [x, y].forEach((side, which) => {
      for (let k = 0; k < side.positions.length; k++) {
        const at = (by: number) => {
          const positions = side.positions.with(k, side.positions[k] + by);
          const moved = { ...side, positions, order: sortedOrder(positions) };
          return which === 0 ? transportOnLine(moved, y, p) : transportOnLine(x, moved, p);
        };
        assertAlmostEquals(slopes[which][k], (at(1e-6) - at(-1e-6)) / 2e-6, 1e-6);
      }
    });
  }
});

/** Positions in any order, some masses zero, of total one. */
function _draw(count: number, random: RandomStream): LineSide {
  const positions = Float64Array.from({ length: count }, () => 1 + 5 * random.uniform());
  const masses = Float64Array.from(
    { length: count },
    (_, k) => k > 0 && random.uniform() < 0.3 ? 0 : random.uniform(),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return {
    positions,
    masses: masses.map((mass) => mass / total),
    offset: 0,
    order: sortedOrder(positions),
    slopes: new Float64Array(count),
    potentials: new Float64Array(count),
  };
}
