import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { effectiveRms } from "../../src/numerics/effective_rms.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { pairedResolution } from "../../src/trigger/resolution.ts";

const random = new RandomStream(1, "resolution");
const N = 2000;
const normal = () => Float64Array.from({ length: N }, () => random.normal());
const SHARED = normal(), OWN = normal();
/** Relative widths 0.05, and 0.05 with an additional part of its own. */
const NARROW = SHARED.map((x) => 1 + 0.05 * x);
const WIDER = SHARED.map((x, k) => 0.9 * (1 + 0.05 * x + 0.02 * OWN[k]));
const POSITION = Float64Array.from({ length: N }, (_, k) => k % 2);
const EDGES = [0, 1, 2];

Deno.test("pairedResolution() is effective RMS over mean in each bin", () => {
  const { bins, curves } = pairedResolution([[NARROW], [WIDER]], POSITION, EDGES, { seed: 1 });
  assertEquals(bins, [{ low: 0, high: 1, events: 1000 }, { low: 1, high: 2, events: 1000 }]);
  [NARROW, WIDER].forEach((values, curve) => {
    for (const bin of [0, 1]) {
      const inBin = values.filter((_, k) => k % 2 === bin);
      const mean = inBin.reduce((a, b) => a + b) / inBin.length;
      assertAlmostEquals(
        curves[curve].resolution[bin].value,
        effectiveRms(inBin) / mean,
        1e-12,
      );
    }
    const [a, b] = curves[curve].resolution;
    assertAlmostEquals(curves[curve].meanResolution.value, (a.value + b.value) / 2, 1e-12);
  });
  const [{ ratio, meanRatio }] = curves;
  assertEquals([...ratio, meanRatio], [...ratio, meanRatio].map(() => ({ value: 1, error: 0 })));
});

Deno.test("errors are those of the effective RMS, and of pairs much smaller", () => {
  const { curves: [narrow, wider] } = pairedResolution([[NARROW], [WIDER]], POSITION, EDGES, {
    seed: 1,
    resamples: 400,
  });
  // Relative error 0.93 / sqrt(n) of a normal sample.
  for (const { value, error } of narrow.resolution) {
    assertAlmostEquals(error / value, 0.93 / Math.sqrt(1000), 0.006);
  }
  // Two samples that share nothing would have sqrt(2) times the error of one.
  const expected = Math.sqrt(1 + 0.4 ** 2);
  wider.ratio.forEach(({ value, error }, bin) => {
    const unpaired = Math.SQRT2 * narrow.resolution[bin].error / narrow.resolution[bin].value;
    assert(error < 0.7 * unpaired * value, `${error} of ${unpaired}`);
    assertAlmostEquals(value, expected, 4 * error);
  });
  // The mean of two independent bins.
  const [a, b] = narrow.resolution;
  assertAlmostEquals(narrow.meanResolution.error, Math.hypot(a.error, b.error) / 2, 1.5e-4);
});

Deno.test("a curve of several members is their mean; what is missing does not count", () => {
  const holes = NARROW.map((value, k) => k % 5 === 0 ? NaN : value);
  const { curves } = pairedResolution(
    [[NARROW, WIDER], [NARROW], [WIDER], [holes]],
    POSITION,
    EDGES,
    {
      seed: 2,
      reference: 1,
    },
  );
  const [both, one, other, withHoles] = curves.map(({ resolution }) => resolution[0].value);
  assertAlmostEquals(both, (one + other) / 2, 1e-12);
  assertAlmostEquals(curves[0].ratio[0].value, both / one, 1e-12);
  assert(withHoles !== one && Math.abs(withHoles / one - 1) < 0.1);
});

Deno.test("the seed decides the errors, and the same seed gives the same", () => {
  const run = (seed: number) => pairedResolution([[NARROW]], POSITION, EDGES, { seed });
  assertEquals(run(5), run(5));
  assert(run(5).curves[0].meanResolution.error !== run(6).curves[0].meanResolution.error);
});

Deno.test("bins with few values are left out; of none it is an error", () => {
  const position = POSITION.map((bin, k) => k < 30 ? 3 : bin);
  const edges = [0, 1, 2, 3, 4];
  const { bins } = pairedResolution([[NARROW]], position, edges, { seed: 1, leastValues: 31 });
  assertEquals(bins.map(({ low }) => low), [0, 1]);
  const unknown = NARROW.map(() => NaN);
  const same = NARROW.map(() => 1);
  for (const [values, places] of [[unknown, POSITION], [NARROW, unknown], [same, POSITION]]) {
    assertThrows(
      () => pairedResolution([[values]], places, EDGES, { seed: 1 }),
      RangeError,
      "Cannot measure resolution: a bin needs 20 different values of each curve, no bin has them",
    );
  }
});

Deno.test("bins with few clusters among many events have errors, not NaN", () => {
  const sparse = NARROW.map((value, k) => k % 200 < 2 ? value : NaN);
  const options = { seed: 1, leastValues: 1 };
  const { bins, curves } = pairedResolution([[sparse], [NARROW]], POSITION, EDGES, options);
  assertEquals(bins.length, 2);
  for (const { value, error } of [...curves[0].resolution, ...curves[1].ratio]) {
    assert(value > 0 && error > 0 && error < Infinity);
  }
});

Deno.test("pairedResolution() refuses curves and references that do not fit", () => {
  assertThrows(
    () => pairedResolution([[NARROW], [[1]]], POSITION, EDGES, { seed: 1 }),
    TypeError,
    "current number is 1",
  );
  assertThrows(
    () => pairedResolution([[NARROW]], POSITION, EDGES, { seed: 1, reference: 1 }),
    RangeError,
    "one of 1 curves, current value is 1",
  );
});
