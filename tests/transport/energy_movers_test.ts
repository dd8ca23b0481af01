import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { emd2 } from "../../src/transport/emd.ts";
import { energyMoversDistance } from "../../src/transport/energy_movers.ts";
import { solveLinearProgram } from "../_support/linear_program.ts";
import { cloudCosts, drawCloud, type DrawnCloud } from "../_support/point_clouds.ts";

const scaled = ({ energies, positions }: DrawnCloud, by: number): DrawnCloud => ({
  energies: energies.map((energy) => by * energy),
  positions,
});

/** The definition as it stands: inequalities for both events, one equation for what moves. */
function _byLinearProgram(A: DrawnCloud, B: DrawnCloud, R: number, beta: number): number {
  const n = A.energies.length, m = B.energies.length;
  const costs = cloudCosts(A, B, beta).map((cost) => cost / R ** beta);
  const [totalA, totalB] = [A, B].map(({ energies }) => energies.reduce((sum, e) => sum + e, 0));
  const pairs = Array.from({ length: n * m }, (_, k) => [Math.floor(k / m), k % m]);
  const slack = (of: number) => Array.from({ length: n + m }, (_, k) => k === of ? 1 : 0);
  const rows = [
    ...Array.from({ length: n }, (_, i) => [...pairs.map(([at]) => Number(at === i)), ...slack(i)]),
    ...Array.from({ length: m }, (_, j) => [
      ...pairs.map(([, at]) => Number(at === j)),
      ...slack(n + j),
    ]),
    [...pairs.map(() => 1), ...slack(-1)],
  ];
  const rhs = [...A.energies, ...B.energies, Math.min(totalA, totalB)];
  const moving = solveLinearProgram({ cost: [...costs, ...slack(-1)], rows, rhs });
  return moving + Math.abs(totalA - totalB);
}

Deno.test("energyMoversDistance() agrees with its definition, solved as a linear program", () => {
  for (const [beta, R] of [[1, 1], [1, 0.3], [2, 1.5], [0.5, 4]]) {
    for (const [factorA, factorB] of [[1, 1], [1, 1.7], [2.5, 1]]) {
      const A = scaled(drawCloud(5, 141), factorA), B = scaled(drawCloud(4, 142), factorB);
      const { value, moving, creating, plan } = energyMoversDistance(A, B, { R, beta });
      assertAlmostEquals(value, _byLinearProgram(A, B, R, beta), 1e-9);
      assertAlmostEquals(creating, Math.abs(factorA - factorB), 1e-12);
      const costs = cloudCosts(A, B, beta);
      const cost = plan.reduce((sum, flow, k) => sum + flow * costs[k] / R ** beta, 0);
      assertAlmostEquals(moving, cost, 1e-12);
      assertAlmostEquals(value, moving + creating, 1e-12);
    }
  }
});

Deno.test("energyMoversDistance() of equal totals is emd2() in units of R", () => {
  const A = drawCloud(7, 143), B = drawCloud(8, 144);
  const expected = emd2(A.energies, B.energies, cloudCosts(A, B, 1)) / 0.4;
  assertAlmostEquals(energyMoversDistance(A, B, { R: 0.4 }).value, expected, 1e-12);
});

Deno.test("energyMoversDistance() of particles: move, create, or both", () => {
  const at = (energy: number, x: number) => ({ energies: [energy], positions: [[x, 0]] });
  assertAlmostEquals(energyMoversDistance(at(2, 0), at(2, 0.5)).value, 1);
  assertAlmostEquals(energyMoversDistance(at(2, 0), at(3, 0.5), { R: 0.5 }).value, 2 + 1);
  assertAlmostEquals(energyMoversDistance(at(5, 0), at(3, 0.5), { beta: 2 }).value, 0.75 + 2);
  // A collinear splitting costs nothing, and a soft particle its energy.
  const split = { energies: [1.5, 0.5], positions: [[0, 0], [0, 0]] };
  assertAlmostEquals(energyMoversDistance(at(2, 0), split).value, 0);
  const soft = { energies: [2, 1e-3], positions: [[0, 0], [7, 7]] };
  assertAlmostEquals(energyMoversDistance(at(2, 0), soft).value, 1e-3, 1e-12);
});

Deno.test("energyMoversDistance() is a metric where R is half the largest distance", () => {
  for (let trial = 0; trial < 20; trial++) {
    const events = [1, 1.4, 0.8].map((by, k) => scaled(drawCloud(4 + k, 145, trial), by));
    const all = events.flatMap(({ positions }) => [...positions]);
    let largest = 0;
    for (let i = 0; i < all.length; i += 2) {
      for (let j = 0; j < i; j += 2) {
        largest = Math.max(largest, Math.hypot(all[i] - all[j], all[i + 1] - all[j + 1]));
      }
    }
    const distance = (i: number, j: number) =>
      energyMoversDistance(events[i], events[j], { R: largest / 2 }).value;
    assertAlmostEquals(distance(0, 1), distance(1, 0), 1e-12);
    assert(distance(0, 1) + distance(1, 2) >= distance(0, 2) - 1e-12);
  }
});

Deno.test("energyMoversDistance() has the gradients that finite differences see", () => {
  for (const [beta, R] of [[1, 0.8], [2, 1.5]]) {
    for (const [factorA, factorB] of [[1, 1], [1, 1.7], [2.5, 1]]) {
      const A = scaled(drawCloud(5, 146), factorA), B = scaled(drawCloud(4, 147), factorB);
      const { gradients, unique } = energyMoversDistance(A, B, { R, beta, gradients: true });
      assert(unique);
      const isBalanced = factorA === factorB;
      for (const [side, cloud] of [["A", A], ["B", B]] as const) {
        const { energies, positions } = cloud;
        const slope = (changed: (by: number) => DrawnCloud) => {
          const [up, down] = [1e-6, -1e-6].map((by) =>
            side === "A"
              ? energyMoversDistance(changed(by), B, { R, beta }).value
              : energyMoversDistance(A, changed(by), { R, beta }).value
          );
          return (up - down) / 2e-6;
        };
        for (let k = 0; k < energies.length; k++) {
          // With equal totals energy is moved on, else it is simply added.
          const l = (k + 1) % energies.length, gradient = gradients![side].energies;
          const expected = isBalanced ? gradient[k] - gradient[l] : gradient[k];
          const found = slope((by) => {
            const changed = energies.with(k, energies[k] + by);
            if (isBalanced) changed[l] -= by;
            return { energies: changed, positions };
          });
          assertAlmostEquals(expected, found, 1e-6);
        }
        for (let k = 0; k < positions.length; k++) {
          const found = slope((by) => ({
            energies,
            positions: positions.with(k, positions[k] + by),
          }));
          assertAlmostEquals(gradients![side].positions[k], found, 1e-6);
        }
      }
    }
  }
});

Deno.test("energyMoversDistance() of the same event has value and gradients of zero", () => {
  const A = drawCloud(6, 148);
  const { value, gradients } = energyMoversDistance(A, A, { gradients: true });
  assertEquals(value, 0);
  assertEquals([...gradients!.A.positions, ...gradients!.B.positions].every((g) => g === 0), true);
});

Deno.test("energyMoversDistance() refuses bad options", () => {
  const one = { energies: [1], positions: [0] };
  const start = "Cannot compute an energy mover's distance:";
  for (const R of [0, -1, NaN, Infinity]) {
    assertThrows(
      () => energyMoversDistance(one, one, { R }),
      RangeError,
      `${start} R must be finite and > 0, current value is ${R}`,
    );
  }
  assertThrows(
    () => energyMoversDistance(one, one, { beta: 0 }),
    RangeError,
    `${start} beta must be finite and > 0, current value is 0`,
  );
  assertThrows(
    () => energyMoversDistance(one, one, { beta: 0.5, gradients: true }),
    RangeError,
    `${start} gradients need beta >= 1, current value is 0.5`,
  );
});
