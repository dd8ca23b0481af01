import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { fixedDirections, randomDirections } from "../../src/transport/sliced_directions.ts";
import { slicedWasserstein } from "../../src/transport/sliced_wasserstein.ts";

Deno.test("slicedWasserstein() gives worked values", () => {
  const worked: [number, number, number][] = [
    [4, 1, 1.81066017],
    [64, 1, 1.90947581],
    [4, 2, 4.5],
    [2, 2, 4.5],
    [64, 2, 4.5],
  ];
  for (const [slices, p, expected] of worked) {
    const directions = fixedDirections(slices);
    const { value } = slicedWasserstein([0, 0], [3, 0], { directions, p });
    assertAlmostEquals(value, expected, 1e-8);
  }
  const X = [0, 0, 1, 0, 0, 1], Y = [1, 1, 2, 0], directions = fixedDirections(4);
  const masses = { a: [0.5, 0.25, 0.25], b: [0.5, 0.5] };
  const per = [0, 1, 2, 3].map((l) =>
    slicedWasserstein(X, Y, { ...masses, directions: directions.slice(2 * l, 2 * l + 2) }).value
  );
  [1.25, 1.06066017, 0.25, 0.70710678].forEach((v, l) => assertAlmostEquals(per[l], v, 1e-8));
  assertAlmostEquals(slicedWasserstein(X, Y, { ...masses, directions }).value, 0.81694174, 1e-8);
  assertAlmostEquals(slicedWasserstein(X, Y, { ...masses, directions, p: 2 }).value, 1, 1e-8);
});

Deno.test("slicedWasserstein() is the mean of exact transports of projections, by brute force", () => {
  for (const dimension of [1, 2, 3]) {
    for (const p of [1, 1.7, 2]) {
      const random = new RandomStream(181, "brute force", dimension);
      const { X, Y, a, b } = _draw(9, 7, dimension, random);
      const slices = 5, directions = randomDirections(slices, dimension, random);
      let mean = 0;
      for (let l = 0; l < slices; l++) {
        const at = (points: Float64Array, k: number) => {
          let position = 0;
          for (let axis = 0; axis < dimension; axis++) {
            position += points[k * dimension + axis] * directions[l * dimension + axis];
          }
          return position;
        };
        const cost = Float64Array.from(
          { length: 63 },
          (_, k) => Math.abs(at(X, Math.floor(k / 7)) - at(Y, k % 7)) ** p,
        );
        mean += emd2(a, b, cost) / slices;
      }
      const { value } = slicedWasserstein(X, Y, { a, b, dimension, directions, p });
      assertAlmostEquals(value, mean, 1e-12);
    }
  }
});

Deno.test("slicedWasserstein() has the gradients that finite differences see", () => {
  for (const p of [1, 2]) {
    const random = new RandomStream(182, "gradient");
    const { X, Y, a, b } = _draw(6, 5, 2, random), options = { directions: fixedDirections(7), p };
    const at = (points: [Float64Array, Float64Array], masses: [Float64Array, Float64Array]) =>
      slicedWasserstein(...points, { ...options, a: masses[0], b: masses[1] }).value;
    const { positions, masses } = slicedWasserstein(X, Y, { ...options, a, b });
    const step = 1e-7;
    for (let k = 0; k < X.length; k++) {
      const [up, down] = [step, -step].map((by) => at([X.with(k, X[k] + by), Y], [a, b]));
      assertAlmostEquals(positions.X[k], (up - down) / (2 * step), 1e-6);
    }
    for (let k = 0; k < Y.length; k++) {
      const [up, down] = [step, -step].map((by) => at([X, Y.with(k, Y[k] + by)], [a, b]));
      assertAlmostEquals(positions.Y[k], (up - down) / (2 * step), 1e-6);
    }
    const move = (m: Float64Array, k: number, by: number) =>
      m.with(0, m[0] - by).with(k, m[k] + by);
    for (let k = 1; k < a.length; k++) {
      const [up, down] = [step, -step].map((by) => at([X, Y], [move(a, k, by), b]));
      assertAlmostEquals(masses.a[k] - masses.a[0], (up - down) / (2 * step), 1e-6);
    }
    for (let k = 1; k < b.length; k++) {
      const [up, down] = [step, -step].map((by) => at([X, Y], [a, move(b, k, by)]));
      assertAlmostEquals(masses.b[k] - masses.b[0], (up - down) / (2 * step), 1e-6);
    }
    for (const gradient of [masses.a, masses.b]) {
      assertAlmostEquals(gradient.reduce((sum, g) => sum + g, 0), 0, 1e-13);
    }
  }
});

Deno.test("slicedWasserstein() bounds the exact distance from below, and sees no order of points", () => {
  const random = new RandomStream(183, "bound"), { X, Y, a, b } = _draw(12, 12, 2, random);
  const cost = Float64Array.from({ length: 144 }, (_, k) => {
    const i = Math.floor(k / 12), j = k % 12;
    return Math.hypot(X[2 * i] - Y[2 * j], X[2 * i + 1] - Y[2 * j + 1]);
  });
  const { value } = slicedWasserstein(X, Y, { a, b });
  assert(value < emd2(a, b, cost));
  const back = (points: Float64Array) =>
    Float64Array.from({ length: 24 }, (_, k) => points[22 - 2 * (k >> 1) + k % 2]);
  const turned = slicedWasserstein(back(X), Y, { a: a.toReversed(), b });
  assertAlmostEquals(turned.value, value, 1e-13);
  assertEquals(slicedWasserstein(X, X, { a, b: a }).value, 0);
});

Deno.test("slicedWasserstein() refuses bad input, naming the offender", () => {
  const refuse = (run: () => unknown, Kind: typeof RangeError | typeof TypeError, text: string) =>
    assertThrows(run, Kind, `Cannot compute sliced Wasserstein: ${text}`);
  refuse(
    () => slicedWasserstein([1], [1, 2]),
    TypeError,
    "X must hold rows of 2 numbers, current length is 1",
  );
  refuse(
    () => slicedWasserstein([1, 2], []),
    TypeError,
    "Y must hold rows of 2 numbers, current length is 0",
  );
  refuse(
    () => slicedWasserstein([1, NaN], [1, 2]),
    RangeError,
    "X[1] must be finite, current value is NaN",
  );
  refuse(
    () => slicedWasserstein([1, 2], [1, 2], { p: 0.5 }),
    RangeError,
    "p must be finite and >= 1",
  );
  refuse(() => slicedWasserstein([1, 2], [1, 2], { a: [1, 2] }), TypeError, "a must have length 1");
  refuse(
    () => slicedWasserstein([1, 2], [1, 2], { a: [-1] }),
    RangeError,
    "a[0] must be finite and >= 0",
  );
  refuse(() => slicedWasserstein([1, 2], [1, 2], { a: [2] }), RangeError, "the totals of a and b");
  refuse(
    () => slicedWasserstein([1, 2, 3], [1, 2, 3], { dimension: 3 }),
    TypeError,
    "directions must hold rows of 3 numbers, current length is undefined",
  );
  refuse(
    () => slicedWasserstein([], [], { dimension: 0 }),
    RangeError,
    "dimension must be a positive",
  );
});

function _draw(
  n: number,
  m: number,
  dimension: number,
  random: RandomStream,
): Record<"X" | "Y" | "a" | "b", Float64Array> {
  const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  const masses = (count: number) => {
    const drawn = draw(count).map(Math.abs), total = drawn.reduce((sum, mass) => sum + mass, 0);
    return drawn.map((mass) => mass / total);
  };
  return { X: draw(n * dimension), Y: draw(m * dimension), a: masses(n), b: masses(m) };
}
