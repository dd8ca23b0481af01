import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { chainEmd } from "../../src/transport/chain_emd.ts";
import { emd2 } from "../../src/transport/emd.ts";
import { wasserstein1d } from "../../src/transport/wasserstein_1d.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";

const P = [0.1, 0.2, 0.3, 0.4], Q = [0.4, 0.3, 0.2, 0.1];

Deno.test("chainEmd() gives worked values and gradients", () => {
  const worked: [number, number, number[]][] = [
    [1, 1, [-1.5, -0.5, 0.5, 1.5]],
    [1.5, 0.58161575, [-1.29592549, -0.47434165, 0.47434165, 1.29592549]],
    [2, 0.34, [-1, -0.4, 0.4, 1]],
  ];
  for (const [rho, expected, slopes] of worked) {
    const { value, gradient } = chainEmd(P, Q, { rho });
    assertAlmostEquals(value, expected, 1e-8);
    slopes.forEach((slope, k) => assertAlmostEquals(gradient[k], slope, 1e-8));
  }
});

Deno.test("chainEmd() is the squared EMD of ordered classes for rho = 2", () => {
  // Hou et al.: class 1 of 4 against a soft prediction.
  assertAlmostEquals(chainEmd([0.1, 0.2, 0.6, 0.1], [0, 1, 0, 0], { rho: 2 }).value, 0.51, 1e-15);
});

Deno.test("chainEmd() for rho = 1 is wasserstein1d() and emd2(), at any distances", () => {
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (let trial = 0; trial < 5; trial++) {
      const random = new RandomStream(81, kind, trial), size = 1 + random.integer(30);
      const { x, y } = drawPair(kind, size, random);
      const lengths = Float64Array.from({ length: size - 1 }, () => random.integer(4) / 2);
      const at = new Float64Array(size);
      for (let k = 1; k < size; k++) at[k] = at[k - 1] + lengths[k - 1];
      const { value } = chainEmd(x, y, { lengths });
      assertAlmostEquals(value, wasserstein1d(at, at, x, y), 1e-12, kind);
      const cost = Float64Array.from(
        { length: size * size },
        (_, k) => Math.abs(at[Math.floor(k / size)] - at[k % size]),
      );
      assertAlmostEquals(value, emd2(x, y, cost), 1e-12, kind);
    }
  }
});

Deno.test("chainEmd() has the gradient that finite differences see, of sum zero", () => {
  const { x, y } = drawPair("dense", 20, new RandomStream(82, "chain"));
  const lengths = Float64Array.from({ length: 19 }, (_, k) => 0.5 + k % 3);
  for (const rho of [1, 1.3, 2, 3]) {
    const at = (p: Float64Array) => chainEmd(p, y, { rho, lengths }).value;
    const { gradient } = chainEmd(x, y, { rho, lengths });
    assertAlmostEquals(gradient.reduce((sum, g) => sum + g, 0), 0, 1e-12);
    for (let k = 1; k < 20; k++) {
      // A little mass from bin 0 to bin k, and back.
      const step = 1e-6, move = (by: number) => x.with(0, x[0] - by).with(k, x[k] + by);
      const slope = (at(move(step)) - at(move(-step))) / (2 * step);
      assertAlmostEquals(gradient[k] - gradient[0], slope, 1e-7);
    }
  }
});

Deno.test("chainEmd() has a gradient of zero at equality, and single precision is enough", () => {
  for (const rho of [1, 2]) {
    const { value, gradient } = chainEmd(P, P, { rho });
    assertEquals([value, ...gradient], [0, 0, 0, 0, 0]);
  }
  const size = 10_000, { x, y } = drawPair("dense", size, new RandomStream(83, "long chain"));
  const [p, q] = [x, y].map((masses) => Float32Array.from(masses));
  for (const rho of [1, 1.5, 2]) {
    const double = chainEmd(x, y, { rho }), single = chainEmd(p, q, { rho });
    assert(Math.abs(single.value / double.value - 1) < 1e-5, `${single.value} ${double.value}`);
    const largest = double.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    const worst = single.gradient.reduce(
      (most, g, k) => Math.max(most, Math.abs(g - double.gradient[k])),
      0,
    );
    // For rho = 1 a sign may flip where the cumulative sums cross.
    assert(worst < 1e-3 * largest, `${worst} of ${largest}`);
    const sum = single.gradient.reduce((total, g) => total + g, 0);
    assertAlmostEquals(sum / (size * largest), 0, 1e-12);
  }
});

Deno.test("chainEmd() takes masses as given and changes no input", () => {
  const p = Float64Array.from(P), q = Float64Array.from(Q);
  const ten = chainEmd(p.map((x) => 10 * x), q.map((x) => 10 * x)).value;
  assertAlmostEquals(ten, 10, 1e-14);
  assertEquals([[...p], [...q]], [P, Q]);
});

Deno.test("chainEmd() refuses bad input, naming the offender", () => {
  const refuse = (run: () => unknown, Kind: typeof RangeError | typeof TypeError, text: string) =>
    assertThrows(run, Kind, `Cannot compute chain EMD: ${text}`);
  refuse(() => chainEmd(P, [1]), TypeError, "q must have length 4, current length is 1");
  refuse(() => chainEmd([1, -1], [0, 0]), RangeError, "p[1] must be finite and >= 0");
  refuse(() => chainEmd([1, 1], [1, 2]), RangeError, "the totals of p and q must be equal");
  refuse(() => chainEmd([], []), RangeError, "both histograms are empty");
  refuse(() => chainEmd(P, Q, { rho: 0.5 }), RangeError, "rho must be finite and >= 1");
  refuse(() => chainEmd(P, Q, { lengths: [1] }), TypeError, "lengths must have length 3");
  refuse(
    () => chainEmd(P, Q, { lengths: [1, -1, 1] }),
    RangeError,
    "lengths[1] must be finite and >= 0, current value is -1",
  );
});
