import { assert, assertAlmostEquals } from "@std/assert";
import {
  failuresBeforeSuccess,
  gamma,
  normalAbove,
  poisson,
} from "../../src/numerics/distributions.ts";
import { RandomStream } from "../../src/numerics/random.ts";

const DRAWS = 40_000;

for (const mean of [0.05, 2.5, 11.9, 12.1, 80, 5000]) {
  Deno.test(`poisson() of mean ${mean} has the probabilities of its formula`, () => {
    const stream = new RandomStream(5, "poisson", mean * 100);
    const counts = new Map<number, number>();
    for (let k = 0; k < DRAWS; k++) {
      const n = poisson(stream, mean);
      counts.set(n, (counts.get(n) ?? 0) + 1);
    }
    // Chi-square over the values that are expected often, and all others together.
    let chiSquare = 0, degrees = 0, otherSeen = DRAWS, otherExpected = DRAWS;
    let logFactorial = 0;
    for (let n = 0; n < 3 * mean + 20; n++) {
      if (n > 0) logFactorial += Math.log(n);
      const expected = DRAWS * Math.exp(n * Math.log(mean) - mean - logFactorial);
      if (expected < 20) continue;
      const seen = counts.get(n) ?? 0;
      chiSquare += (seen - expected) ** 2 / expected;
      otherSeen -= seen;
      otherExpected -= expected;
      degrees++;
    }
    if (otherExpected > 5) chiSquare += (otherSeen - otherExpected) ** 2 / otherExpected;
    assert(degrees >= 2);
    assert(Math.abs(chiSquare - degrees) < 4.5 * Math.sqrt(2 * degrees), `${chiSquare}/${degrees}`);
  });
}

Deno.test("poisson() of mean 0 is 0", () => {
  assert(poisson(new RandomStream(1, "poisson"), 0) === 0);
});

const CLOSED_FORMS: readonly (readonly [shape: number, (x: number) => number])[] = [
  [1, (x) => 1 - Math.exp(-x)],
  [3, (x) => 1 - Math.exp(-x) * (1 + x + x * x / 2)],
  [6, (x) => 1 - Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6 + x ** 4 / 24 + x ** 5 / 120)],
  // Gamma(1/2): the square of a normal number over 2.
  [0.5, (x) => _erf(Math.sqrt(x))],
];
for (const [shape, cumulative] of CLOSED_FORMS) {
  Deno.test(`gamma() of shape ${shape} follows its distribution`, () => {
    const stream = new RandomStream(5, "gamma", shape * 10);
    assertSameDistribution(() => gamma(stream, shape), cumulative);
  });
}

Deno.test("gamma() of other shapes has mean and variance equal to the shape", () => {
  for (const shape of [0.7, 1.8, 4.35]) {
    const stream = new RandomStream(6, "gamma of shape " + shape);
    let sum = 0, squares = 0;
    for (let k = 0; k < DRAWS; k++) {
      const x = gamma(stream, shape);
      sum += x;
      squares += x * x;
    }
    const mean = sum / DRAWS;
    assertAlmostEquals(mean, shape, 5 * Math.sqrt(shape / DRAWS));
    assertAlmostEquals(squares / DRAWS - mean * mean, shape, 0.06 * shape);
  }
});

Deno.test("normalAbove() follows the tail of the normal distribution", () => {
  const stream = new RandomStream(5, "tail");
  const above = (x: number) => 1 - _erf(x / Math.SQRT2);
  assertSameDistribution(() => normalAbove(stream, 1.5), (x) => 1 - above(x) / above(1.5));
});

Deno.test("failuresBeforeSuccess() follows the geometric distribution", () => {
  const stream = new RandomStream(5, "geometric");
  const counts = new Float64Array(1000);
  for (let k = 0; k < DRAWS; k++) counts[failuresBeforeSuccess(stream, 0.3)]++;
  for (let n = 0; n < 8; n++) {
    const expected = DRAWS * 0.3 * 0.7 ** n;
    assertAlmostEquals(counts[n], expected, 5 * Math.sqrt(expected), `${n}`);
  }
});

/** Kolmogorov and Smirnov: the largest difference is below 2.2 / sqrt(n), but for 1 in 8,000. */
function assertSameDistribution(draw: () => number, cumulative: (x: number) => number): void {
  const sorted = Float64Array.from({ length: DRAWS }, draw).sort();
  let largest = 0;
  sorted.forEach((x, k) => {
    const expected = cumulative(x);
    largest = Math.max(largest, Math.abs((k + 1) / DRAWS - expected), expected - k / DRAWS);
  });
  assert(largest < 2.2 / Math.sqrt(DRAWS), `largest difference ${largest}`);
}

/** The error function, by its Taylor series: exact enough for arguments up to 5. */
function _erf(x: number): number {
  if (x > 5) return 1;
  let term = x, sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= -x * x / n * (2 * n - 1) / (2 * n + 1);
    sum += term;
  }
  return 2 / Math.sqrt(Math.PI) * sum;
}
