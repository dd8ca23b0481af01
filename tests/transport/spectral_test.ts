import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { spectralEmd } from "../../src/transport/spectral.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";
import { drawCloud, type DrawnCloud, moveCloud } from "../_support/point_clouds.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";

const TABLE = "peer_tables/spectral_emd.json";

testNeeding([referenceData(TABLE)], "spectralEmd() agrees with SPECTER's own code", () => {
  const { events, cases } = readReferenceJson(TABLE);
  const clouds = events.map((rows: number[][]) => {
    const total = rows.reduce((sum, [energy]) => sum + energy, 0);
    return {
      energies: rows.map(([energy]) => energy / total),
      positions: rows.map(([, ...position]) => position),
    };
  });
  assert(cases.length > 10);
  for (const { i, j, type, ds2 } of cases) {
    const { value } = spectralEmd(clouds[i], clouds[j], { omega: type === "jet" ? 1 : 2 });
    assertAlmostEquals(value, ds2, 1e-8, `events ${i} and ${j}, ${type}`);
  }
});

Deno.test("spectralEmd() gives worked values", () => {
  const pair = (d: number) => ({ energies: [0.5, 0.5], positions: [[0, 0], [d, 0]] });
  assertAlmostEquals(spectralEmd(pair(1), pair(2)).value, 0.5, 1e-15);
  const three = { energies: [0.5, 0.3, 0.2], positions: [[0, 0], [1, 0], [0, 2]] };
  const two = { energies: [0.6, 0.4], positions: [[0, 0], [1, 1]] };
  assertAlmostEquals(spectralEmd(three, two).value, 0.31713417, 1e-8);
});

Deno.test("spectralEmd() is the transport between lists of all ordered pairs", () => {
  for (let trial = 0; trial < 5; trial++) {
    const A = drawCloud(9, 101, trial), B = drawCloud(6, 102, trial);
    for (const omega of [(d: number) => d, (d: number) => Math.log(1 + d)]) {
      const [x, y] = [_allPairs(A, omega), _allPairs(B, omega)];
      const expected = wasserstein1d(x.omegas, y.omegas, x.weights, y.weights, { p: 2 });
      assertAlmostEquals(spectralEmd(A, B, { omega }).value, expected, 1e-12);
    }
  }
});

Deno.test("spectralEmd() sees no shift, no turn, no mirror and no order of the points", () => {
  const A = drawCloud(12, 103), B = moveCloud(A, 2, [3, -5], true);
  const reversed = {
    energies: B.energies.toReversed(),
    positions: Array.from(
      { length: 12 },
      (_, k) => [...B.positions.subarray(22 - 2 * k, 24 - 2 * k)],
    ),
  };
  const { value, gradients } = spectralEmd(A, reversed, { gradients: true });
  assertAlmostEquals(value, 0, 1e-25);
  for (const { energies, positions } of [gradients!.A, gradients!.B]) {
    for (const slope of [...energies, ...positions]) assertAlmostEquals(slope, 0, 1e-12);
  }
});

Deno.test("spectralEmd() is symmetric, and of second degree in energies and in lengths", () => {
  const A = drawCloud(8, 104), B = drawCloud(11, 105);
  const { value } = spectralEmd(A, B);
  assertAlmostEquals(spectralEmd(B, A).value, value, 1e-14);
  const scaled = ({ energies, positions }: DrawnCloud) => ({
    energies: energies.map((energy) => 3 * energy),
    positions: positions.map((coordinate) => 10 * coordinate),
  });
  assertAlmostEquals(spectralEmd(scaled(A), scaled(B)).value, 900 * value, 1e-10);
});

Deno.test("spectralEmd() has the gradients that finite differences see", () => {
  for (const omega of [1, 2, 0.5, { value: Math.sin, slope: Math.cos }]) {
    const A = drawCloud(7, 106), B = drawCloud(5, 107);
    const options = { omega };
    // Angles have to stay positive: the sine does on a small scale.
    for (const cloud of [A, B]) cloud.positions.forEach((x, k) => cloud.positions[k] = x / 5);
    const { gradients } = spectralEmd(A, B, { omega, gradients: true });
    for (const [side, cloud] of [["A", A], ["B", B]] as const) {
      const { energies, positions } = cloud;
      const at = (changed: DrawnCloud) =>
        (side === "A" ? spectralEmd(changed, B, options) : spectralEmd(A, changed, options)).value;
      const slope = (changed: (by: number) => DrawnCloud) =>
        (at(changed(1e-6)) - at(changed(-1e-6))) / 2e-6;
      for (let k = 0; k < energies.length; k++) {
        const l = (k + 2) % energies.length;
        const moved = (by: number) => energies.with(k, energies[k] + by).with(l, energies[l] - by);
        const found = gradients![side].energies[k] - gradients![side].energies[l];
        assertAlmostEquals(found, slope((by) => ({ energies: moved(by), positions })), 1e-7);
      }
      for (let k = 0; k < positions.length; k++) {
        const found = gradients![side].positions[k];
        const shifted = (by: number) => positions.with(k, positions[k] + by);
        assertAlmostEquals(found, slope((by) => ({ energies, positions: shifted(by) })), 1e-7);
      }
    }
  }
});

Deno.test("spectralEmd() takes points that coincide and points without energy", () => {
  const A = { energies: [0.5, 0, 0.5], positions: [[0, 0], [9, 9], [0, 0]] };
  const B = { energies: [1], positions: [[4, 4]] };
  const { value, gradients } = spectralEmd(A, B, { gradients: true });
  assertEquals(value, 0);
  assert([...gradients!.A.energies, ...gradients!.A.positions].every(Number.isFinite));
  assertEquals([...gradients!.A.positions], [0, 0, 0, 0, 0, 0]);
  // Energy moved to the far point makes pairs: 2 dE of them, 9 sqrt(2) apart.
  const moved = spectralEmd({ ...A, energies: [0.5, 1e-6, 0.5 - 1e-6] }, B).value;
  const { energies } = gradients!.A;
  assertAlmostEquals(moved / 1e-6, energies[1] - energies[2], 1e-3);
});

Deno.test("spectralEmd() refuses what cannot be compared", () => {
  const one = { energies: [1], positions: [0] };
  assertThrows(
    () => spectralEmd(one, { energies: [2], positions: [0] }),
    RangeError,
    "Cannot compute a spectral EMD: the total energies of A and B must be equal, current values are 1 and 2",
  );
  assertThrows(
    () => spectralEmd(one, one, { omega: (d) => d, gradients: true }),
    TypeError,
    "Cannot compute a spectral EMD: gradients in positions need the slope of omega",
  );
  assertThrows(() => spectralEmd(one, one, { omega: 0 }), RangeError, "current value is 0");
});

/** The spectral function as its definition has it: all n^2 ordered pairs. */
function _allPairs({ energies, positions }: DrawnCloud, omega: (d: number) => number) {
  const omegas: number[] = [], weights: number[] = [];
  for (let i = 0; i < energies.length; i++) {
    for (let j = 0; j < energies.length; j++) {
      const dx = positions[2 * i] - positions[2 * j];
      const dy = positions[2 * i + 1] - positions[2 * j + 1];
      omegas.push(omega(Math.hypot(dx, dy)));
      weights.push(energies[i] * energies[j]);
    }
  }
  return { omegas, weights };
}
