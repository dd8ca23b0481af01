import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import {
  lineWalk,
  walkCost,
  walkLine,
  walkPotentials,
  walkSlopes,
} from "../../src/transport/spectral_line.ts";
import { transportByLinearProgram } from "../_support/linear_program.ts";

/** Sorted positions on a grid, so that some coincide, and masses of which some are zero. */
function _draw(trial: number, n: number, m: number) {
  const random = new RandomStream(92, `${n} and ${m} atoms`, trial);
  const side = (count: number) => ({
    positions: Float64Array.from({ length: count }, () => random.integer(40) / 8).sort(),
    masses: Float64Array.from(
      { length: count },
      (_, k) => k > 0 && random.uniform() < 0.25 ? 0 : 1 + random.integer(3),
    ),
  });
  const x = side(n), y = side(m);
  const [totalX, totalY] = [x, y].map(({ masses }) => masses.reduce((s, mass) => s + mass, 0));
  return {
    x: x.positions,
    y: y.positions,
    a: x.masses.map((mass) => mass / totalX),
    b: y.masses.map((mass) => mass / totalY),
  };
}

function _walk(a: Float64Array, b: Float64Array) {
  const walk = lineWalk(a.length, b.length);
  walkLine(a, b, walk);
  return walk;
}

Deno.test("walkCost() is the least cost by a linear program", () => {
  for (let trial = 0; trial < 12; trial++) {
    const { x, y, a, b } = _draw(trial, 6, 5);
    const costs = Float64Array.from(
      { length: 30 },
      (_, k) => (x[Math.floor(k / 5)] - y[k % 5]) ** 2,
    );
    assertAlmostEquals(walkCost(_walk(a, b), x, y), transportByLinearProgram(a, b, costs), 1e-10);
  }
});

Deno.test("walkLine() goes step by step and moves all mass of both sides", () => {
  for (let trial = 0; trial < 20; trial++) {
    const { a, b } = _draw(trial, 1 + trial, 21 - trial), walk = _walk(a, b);
    const left = a.slice(), missing = b.slice();
    for (let step = 0; step < walk.length; step++) {
      assert(walk.flow[step] >= 0);
      left[walk.i[step]] -= walk.flow[step];
      missing[walk.j[step]] -= walk.flow[step];
    }
    for (const rest of [...left, ...missing]) assertAlmostEquals(rest, 0, 1e-12);
  }
});

Deno.test("walkPotentials() are feasible and reach the cost: a proof by duality", () => {
  for (let trial = 0; trial < 40; trial++) {
    const { x, y, a, b } = _draw(trial, 9, 7), walk = _walk(a, b);
    const u = new Float64Array(9), v = new Float64Array(7);
    walkPotentials(walk, x, y, u, v);
    let dual = 0;
    for (let i = 0; i < 9; i++) {
      dual += a[i] * u[i];
      for (let j = 0; j < 7; j++) assert(u[i] + v[j] <= (x[i] - y[j]) ** 2 + 1e-12);
    }
    for (let j = 0; j < 7; j++) dual += b[j] * v[j];
    assertAlmostEquals(dual, walkCost(walk, x, y), 1e-12);
  }
});

Deno.test("walkPotentials() are zero for equal sides, and the mean of the extremes at a tie", () => {
  const { x, a } = _draw(0, 9, 9);
  const u = new Float64Array(9), v = new Float64Array(9);
  walkPotentials(_walk(a, a), x, x, u, v);
  assert([...u, ...v].every((potential) => potential === 0));

  // Halves at 0 and 1 go to halves at 0 and 3. Mass added at 0 and taken at 1 goes a way of
  // (0 - 3)^2 instead of (1 - 3)^2; mass added at 1 and taken at 0 goes (1 - 0)^2 more.
  const half = Float64Array.of(0.5, 0.5), p = Float64Array.of(0, 1), q = Float64Array.of(0, 3);
  const [s, t] = [new Float64Array(2), new Float64Array(2)];
  walkPotentials(_walk(half, half), p, q, s, t);
  const [addingAt0, addingAt1] = [9 - 4, 1 - 0];
  assertAlmostEquals(s[0] - s[1], (addingAt0 - addingAt1) / 2);
});

Deno.test("walkSlopes() agree with finite differences", () => {
  const { y, a, b } = _draw(3, 6, 5);
  const x = Float64Array.of(0.1, 0.7, 1.2, 2.1, 3, 4.4), walk = _walk(a, b);
  const slopesX = new Float64Array(6), slopesY = new Float64Array(5);
  walkSlopes(walk, x, y, slopesX, slopesY);
  for (let i = 0; i < 6; i++) {
    const at = (by: number) => walkCost(walk, x.with(i, x[i] + by), y);
    assertAlmostEquals(slopesX[i], (at(1e-5) - at(-1e-5)) / 2e-5, 1e-8);
  }
  // Shifting both sides together costs nothing.
  const sum = (slopes: Float64Array) => slopes.reduce((s, slope) => s + slope, 0);
  assertAlmostEquals(sum(slopesX) + sum(slopesY), 0, 1e-12);
});

Deno.test("walkLine() takes rounding for a tie", () => {
  const a = Float64Array.of(0.1 + 0.2, 0.7), b = Float64Array.of(0.3, 0.7);
  assertEquals(_walk(a, b).length, 2);
});
