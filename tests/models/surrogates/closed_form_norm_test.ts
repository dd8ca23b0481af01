import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { ConductorNet, LANES } from "../../../src/models/surrogates/closed_form_flow.ts";
import { ClosedFormNorm } from "../../../src/models/surrogates/closed_form_norm.ts";
import {
  type ClosedFormTerms,
  weightedTerms,
} from "../../../src/models/surrogates/closed_form_terms.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, WAFER_SYMMETRIES } from "../../../src/wafer/mod.ts";

/** Rows of fractions, some of them empty cells. */
function _fractions(rows: number, random: RandomStream): Float64Array {
  const out = new Float64Array(rows * CELLS);
  for (let row = 0; row < rows; row++) {
    const cells = out.subarray(row * CELLS, (row + 1) * CELLS);
    cells.forEach((_, k) => cells[k] = random.uniform() < 0.5 ? random.exponential() : 0);
    cells[0] += 0.1;
    const sum = cells.reduce((a, b) => a + b);
    cells.forEach((charge, k) => cells[k] = charge / sum);
  }
  return out;
}

/** The sums of a pair, written out: one after the other, each over its own list of cells. */
function _sumsByHand({ sums }: ClosedFormTerms, r: Float64Array): number {
  let value = 0;
  for (const { cells, weights } of sums) {
    for (const turn of WAFER_SYMMETRIES) {
      weights.forEach((weight, k) => {
        const sum = cells.slice(0, k + 1).reduce((total, cell) => total + r[turn[cell]], 0);
        value += weight * Math.abs(sum);
      });
    }
  }
  return value;
}

function _randomWeights(random: RandomStream): Float64Array {
  return Float64Array.from({ length: 575 }, () => random.uniform() < 0.2 ? random.uniform() : 0);
}

Deno.test("ClosedFormNorm adds up sums as they are written", () => {
  const random = new RandomStream(1, "closed form");
  const { sums } = weightedTerms(_randomWeights(random));
  const terms = { sums, flows: [] }, rows = 7;
  const x = _fractions(rows, random), y = _fractions(rows, random);
  const values = new Float64Array(rows), norm = new ClosedFormNorm(terms);
  norm.evaluate(x, y, values);
  for (let row = 0; row < rows; row++) {
    const r = x.slice(row * CELLS, (row + 1) * CELLS).map((charge, k) =>
      charge - y[row * CELLS + k]
    );
    assertAlmostEquals(values[row], _sumsByHand(terms, r), 1e-12 * values[row]);
  }
  const kept = sums.flatMap(({ weights }) => weights.filter((weight) => weight > 0)).length;
  assertEquals([norm.sums, norm.flows], [3 * kept, 0]);
});

Deno.test("ClosedFormNorm adds up what flows along the edges", () => {
  const random = new RandomStream(2, "closed form");
  const { flows } = weightedTerms(_randomWeights(random));
  const x = _fractions(1, random), y = _fractions(1, random);
  const phi = new Float64Array(CELLS * LANES);
  for (let cell = 0; cell < CELLS; cell++) phi[cell * LANES] = x[cell] - y[cell];
  new ConductorNet().solve(phi);
  let expected = 0;
  for (const { from, to, weight } of flows) {
    for (const turn of WAFER_SYMMETRIES) {
      expected += weight * Math.abs(phi[LANES * turn[from]] - phi[LANES * turn[to]]);
    }
  }
  const value = new Float64Array(1), norm = new ClosedFormNorm({ sums: [], flows });
  norm.evaluate(x, y, value);
  assertAlmostEquals(value[0], expected, 1e-12);
  assertEquals([norm.sums, norm.flows], [0, 3 * flows.length]);
});

Deno.test("ClosedFormNorm gives the gradient that finite differences see", () => {
  const random = new RandomStream(3, "closed form");
  const norm = new ClosedFormNorm(weightedTerms(_randomWeights(random)));
  const rows = 6, x = _fractions(rows, random), y = _fractions(rows, random);
  const values = new Float64Array(rows), gradient = new Float64Array(rows * CELLS);
  norm.evaluate(x, y, values, gradient);
  const alone = new Float64Array(rows);
  norm.evaluate(x, y, alone);
  values.forEach((value, row) => assertAlmostEquals(alone[row], value, 1e-13 * value));
  const step = 1e-7, up = new Float64Array(rows), down = new Float64Array(rows);
  for (let cell = 1; cell < CELLS; cell++) {
    const moved = (sign: number) =>
      y.map((charge, k) =>
        charge + sign * step * (k % CELLS === cell ? 1 : k % CELLS === 0 ? -1 : 0)
      );
    norm.evaluate(x, moved(1), up);
    norm.evaluate(x, moved(-1), down);
    for (let row = 0; row < rows; row++) {
      const slope = (up[row] - down[row]) / (2 * step);
      const expected = gradient[row * CELLS + cell] - gradient[row * CELLS];
      assertAlmostEquals(expected, slope, 1e-4 * Math.max(1, Math.abs(slope)));
    }
  }
});

Deno.test("ClosedFormNorm has the subgradient zero where wafers are equal", () => {
  const random = new RandomStream(4, "closed form");
  const norm = new ClosedFormNorm(weightedTerms(_randomWeights(random)));
  const x = _fractions(5, random), values = new Float64Array(5), gradient = x.slice();
  norm.evaluate(x, x, values, gradient);
  assert(values.every((value) => value === 0));
  assert(gradient.every((slope) => Math.abs(slope) === 0));
});

Deno.test("ClosedFormNorm gives a row the same bits in every place of a batch", () => {
  const random = new RandomStream(5, "closed form");
  const norm = new ClosedFormNorm(weightedTerms(_randomWeights(random)));
  const x = _fractions(1, random), y = _fractions(1, random);
  const repeat = (row: Float64Array) =>
    Float64Array.from({ length: 9 * CELLS }, (_, k) => row[k % CELLS]);
  const values = new Float64Array(9), gradient = new Float64Array(9 * CELLS);
  norm.evaluate(repeat(x), repeat(y), values, gradient);
  assert(values.every((value) => value === values[0]));
  gradient.forEach((slope, k) => assert(slope === gradient[k % CELLS]));
});
