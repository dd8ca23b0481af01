import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { wassersteinP } from "../../src/transport/wasserstein_p.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";
import { transportByLinearProgram } from "../_support/linear_program.ts";
import { cloudCosts, drawCloud, type DrawnCloud } from "../_support/point_clouds.ts";

Deno.test("wassersteinP() agrees with a linear program", () => {
  for (const p of [1, 1.5, 2, 3]) {
    const A = drawCloud(6, 131), B = drawCloud(5, 132);
    const { value, distance, plan } = wassersteinP(A, B, { p });
    const costs = cloudCosts(A, B, p);
    assertAlmostEquals(value, transportByLinearProgram(A.energies, B.energies, costs), 1e-10);
    assertAlmostEquals(value, plan.reduce((sum, flow, k) => sum + flow * costs[k], 0), 1e-12);
    assertAlmostEquals(distance, value ** (1 / p), 1e-12);
  }
});

Deno.test("wassersteinP() on a line is wasserstein1d()", () => {
  for (const p of [1, 2, 3]) {
    const A = drawCloud(20, 133, p, 1), B = drawCloud(15, 134, p, 1);
    const line = wasserstein1d(A.positions, B.positions, A.energies, B.energies, { p });
    assertAlmostEquals(wassersteinP(A, B, { p }).value, line, 1e-12);
  }
});

Deno.test("wassersteinP() for p = 2 moves energy that both clouds hold at one place", () => {
  // The same five places for both; cancelling what they share would leave 1 at 0 to go to 4.
  const positions = [0, 1, 2, 3, 4];
  const A = { energies: [1, 1, 1, 1, 0], positions }, B = { energies: [0, 1, 1, 1, 1], positions };
  const { value, plan } = wassersteinP(A, B);
  assertAlmostEquals(value, 4, 1e-12);
  assert(value < 4 ** 2);
  for (let k = 0; k < 4; k++) assertAlmostEquals(plan[k * 5 + k + 1], 1, 1e-12);
});

Deno.test("wassersteinP() of a shifted cloud is the shift", () => {
  const A = drawCloud(12, 135), positions = A.positions.map((x, k) => x + (k % 2 === 0 ? 3 : 4));
  const scaled = A.energies.map((energy) => 7 * energy);
  const { value, distance } = wassersteinP(
    { energies: scaled, positions: A.positions },
    { energies: scaled, positions },
  );
  assertAlmostEquals(distance, 5, 1e-12);
  assertAlmostEquals(value, 7 * 25, 1e-10);
});

Deno.test("wassersteinP() takes squared distances from the centres apart", () => {
  // W_2^2 is the squared distance of the centres plus W_2^2 of the clouds with their centres at 0.
  const A = drawCloud(9, 136), B = drawCloud(7, 137);
  const centre = ({ energies, positions }: DrawnCloud) =>
    [0, 1].map((axis) => energies.reduce((sum, e, k) => sum + e * positions[2 * k + axis], 0));
  const centred = (cloud: DrawnCloud) => {
    const at = centre(cloud);
    return { ...cloud, positions: cloud.positions.map((x, k) => x - at[k % 2]) };
  };
  const [a, b] = [centre(A), centre(B)];
  const apart = (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;
  const { value } = wassersteinP(centred(A), centred(B));
  assertAlmostEquals(wassersteinP(A, B).value, apart + value, 1e-12);
});

Deno.test("wassersteinP() has the gradients that finite differences see", () => {
  for (const p of [1, 2, 3]) {
    const A = drawCloud(6, 138, p), B = drawCloud(5, 139, p);
    const { gradients, unique } = wassersteinP(A, B, { p, gradients: true });
    assert(unique);
    const random = new RandomStream(140, "directions", p);
    for (let trial = 0; trial < 5; trial++) {
      const changes = [A, B].map(({ energies, positions }) => {
        const energy = energies.map(() => random.normal());
        const mean = energy.reduce((sum, change) => sum + change, 0) / energy.length;
        return {
          energies: energy.map((change) => change - mean),
          positions: positions.map(() => random.normal()),
        };
      });
      const at = (by: number) => {
        const [a, b] = [A, B].map(({ energies, positions }, side) => ({
          energies: energies.map((e, k) => e + by * changes[side].energies[k]),
          positions: positions.map((x, k) => x + by * changes[side].positions[k]),
        }));
        return wassersteinP(a, b, { p }).value;
      };
      let predicted = 0;
      [gradients!.A, gradients!.B].forEach((gradient, side) => {
        for (const  of of["energies", "positions"] as const) {
          gradient[of].forEach((slope, k) => predicted += slope * changes[side][of][k]);
        }
      });
      assertAlmostEquals(predicted, (at(1e-6) - at(-1e-6)) / 2e-6, 1e-6);
    }
  }
});

Deno.test("wassersteinP() refuses powers below 1 and unequal totals", () => {
  const one = { energies: [1], positions: [0] };
  for (const p of [0.5, NaN, Infinity]) {
    assertThrows(
      () => wassersteinP(one, one, { p }),
      RangeError,
      `Cannot compute a Wasserstein distance: p must be finite and >= 1, current value is ${p}`,
    );
  }
  assertThrows(
    () => wassersteinP(one, { energies: [2], positions: [0] }),
    RangeError,
    "the total energies of A and B must be equal, current values are 1 and 2",
  );
});
