import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { CTransform } from "../../../src/models/surrogates/c_transform.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, waferDistances, waferEmdBatch } from "../../../src/wafer/mod.ts";
import { drawPair, lineMetric, PAIR_KINDS, randomMetric } from "../../_support/histograms.ts";

const SIDES = ["sinks", "sources"] as const;

/** Wafers of many kinds with unequal rows, their differences, and guesses without any sense. */
function* problems(trials: number) {
  const kinds = Object.keys(PAIR_KINDS).filter((kind) => !/^equal( but|$)|1e-12/.test(kind));
  for (let trial = 0; trial < trials; trial++) {
    const random = new RandomStream(3, "transform", trial);
    const { x, y } = drawPair(kinds[trial % kinds.length], CELLS, random);
    const r = x.map((xk, k) => xk - y[k]);
    const spread = 10 ** (4 * random.uniform() - 2), shift = 50 * random.normal();
    const guess = r.map(() => spread * random.normal() + shift);
    if (r.some((rk) => Math.abs(rk) > 1e-6)) yield { x, y, r, guess, random };
  }
}

/** The definition, as sets and lists. */
function byDefinition(
  distances: Float64Array,
  guess: Float64Array,
  r: Float64Array,
  side: typeof SIDES[number],
): Float64Array {
  const bins = [...r.keys()], d = (i: number, j: number) => distances[i * r.length + j];
  const sources = bins.filter((k) => r[k] > 0), sinks = bins.filter((k) => r[k] < 0);
  let atSources: number[];
  if (side === "sinks") {
    atSources = sources.map((i) => Math.min(...sinks.map((j) => guess[j] + d(i, j))));
  } else {
    const atSinks = sinks.map((j) => Math.max(...sources.map((i) => guess[i] - d(i, j))));
    atSources = sources.map((i) => Math.min(...sinks.map((j, s) => atSinks[s] + d(i, j))));
  }
  return r.map((_, k) => Math.max(...sources.map((i, s) => atSources[s] - d(i, k))));
}

function dot(a: ArrayLike<number>, b: Float64Array): number {
  return b.reduce((sum, bk, k) => sum + a[k] * bk, 0);
}

for (const side of SIDES) {
  Deno.test(`read at the ${side}, it is its definition, up to a constant`, () => {
    for (const { r, guess, random } of problems(60)) {
      for (const metric of [waferDistances(), lineMetric(CELLS), randomMetric(CELLS, random)]) {
        const transform = new CTransform(metric), potential = new Float64Array(CELLS);
        const bound = transform.lowerBound(guess, 0, r, 0, side);
        transform.potential(potential, 0);
        const expected = byDefinition(metric, guess, r, side);
        const shift = expected[0] - potential[0];
        for (let k = 0; k < CELLS; k++) {
          assertAlmostEquals(potential[k] + shift, expected[k], 1e-9);
        }
        assertAlmostEquals(bound, dot(potential, r), 1e-12);
      }
    }
  });

  Deno.test(`read at the ${side}, any guess has slope one between all cells, and a bound below the EMD`, () => {
    const transform = new CTransform(), distances = waferDistances();
    for (const { x, y, r, guess } of problems(200)) {
      const bound = transform.lowerBound(guess, 0, r, 0, side);
      const exact = waferEmdBatch(x, y).values[0];
      assert(bound <= exact * (1 + 1e-12) + 1e-14, `${bound} is above ${exact}`);
      const potential = new Float64Array(CELLS);
      transform.potential(potential, 0);
      for (let i = 0; i < CELLS; i++) {
        for (let k = 0; k < CELLS; k++) {
          assert(potential[i] - potential[k] <= distances[i * CELLS + k] + 1e-12);
        }
      }
    }
  });

  Deno.test(`read at the ${side}, an optimal potential gives the EMD itself`, () => {
    const transform = new CTransform();
    for (const { x, y, r } of problems(60)) {
      const { values, gradients } = waferEmdBatch(x, y, { gradients: true });
      const bound = transform.lowerBound(gradients!.map((g) => -g), 0, r, 0, side);
      assertAlmostEquals(bound, values[0], 1e-9);
    }
  });

  Deno.test(`read at the ${side}, its bound has the gradient that finite differences see`, () => {
    const transform = new CTransform(), step = 1e-7;
    let moved = 0;
    for (const { r, guess, random } of problems(60)) {
      transform.lowerBound(guess, 0, r, 0, side);
      const gradient = new Float64Array(CELLS);
      transform.addGradient(-2, r, 0, gradient, 0);
      const direction = guess.map(() => random.normal());
      const at = (sign: number) =>
        transform.lowerBound(guess.map((g, k) => g + sign * step * direction[k]), 0, r, 0, side);
      const slope = (at(1) - at(-1)) / (2 * step);
      assertAlmostEquals(-2 * slope, dot(gradient, direction), 1e-5);
      if (slope !== 0) moved++;
    }
    assert(moved > 20);
  });
}

Deno.test("rows are found at their offsets, in single precision too", () => {
  const transform = new CTransform();
  const [first, second] = [...problems(2)];
  const bound = transform.lowerBound(second.guess, 0, second.r, 0);
  const rows = (a: Float64Array, b: Float64Array) => Float32Array.from([...a, ...b]);
  const guesses = rows(first.guess, second.guess), differences = rows(first.r, second.r);
  assertAlmostEquals(transform.lowerBound(guesses, CELLS, differences, CELLS), bound, 1e-4);
  const gradient = new Float64Array(2 * CELLS), potential = new Float64Array(2 * CELLS);
  transform.addGradient(1, differences, CELLS, gradient, CELLS);
  transform.potential(potential, CELLS);
  assert(gradient.subarray(0, CELLS).every((g) => g === 0) && gradient.some((g) => g !== 0));
  assert(potential.subarray(0, CELLS).every((v) => v === 0) && potential.some((v) => v !== 0));
});

Deno.test("where nothing is to be moved, bound, potential and gradient are zero", () => {
  const transform = new CTransform(), guess = new Float64Array(CELLS).map((_, k) => k);
  transform.lowerBound(guess, 0, new Float64Array(CELLS).with(0, 1).with(1, -1), 0);
  for (const difference of [new Float64Array(CELLS), new Float64Array(CELLS).with(3, 1e-20)]) {
    assertEquals(transform.lowerBound(guess, 0, difference, 0), 0);
    const out = new Float64Array(CELLS);
    transform.potential(out, 0);
    transform.addGradient(1, difference, 0, out, 0);
    assert(out.every((value) => value === 0));
  }
});

Deno.test("distances that are no square matrix are refused", () => {
  assertThrows(
    () => new CTransform(new Float64Array(7)),
    TypeError,
    "Cannot transform potentials: distances must be a square matrix, current length is 7",
  );
});
