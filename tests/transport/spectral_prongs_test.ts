import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { spectralEmd } from "../../src/transport/spectral.ts";
import { fitProngs, fitTwoProngs } from "../../src/transport/spectral_prongs.ts";
import { drawCloud } from "../_support/point_clouds.ts";

Deno.test("fitTwoProngs() finds two points", () => {
  for (const fraction of [0.01, 0.2, 0.5]) {
    const event = { energies: [8 * fraction, 8 * (1 - fraction)], positions: [[1, 1], [4, 5]] };
    const fit = fitTwoProngs(event);
    assertAlmostEquals(fit.value, 0, 1e-12);
    assertAlmostEquals(fit.separation, 5, 1e-12);
    assertAlmostEquals(fit.fraction, fraction, 1e-7);
    assertAlmostEquals(fit.likeness, 1, 1e-12);
  }
});

Deno.test("fitTwoProngs() is the lowest of a fine grid of pairs of points", () => {
  for (let trial = 0; trial < 4; trial++) {
    const event = drawCloud(10, 121, trial), fit = fitTwoProngs(event);
    const at = (separation: number, z: number) =>
      spectralEmd(event, { energies: [z, 1 - z], positions: [[0, 0], [separation, 0]] }).value;
    assertAlmostEquals(at(fit.separation, fit.fraction), fit.value, 1e-12);
    let least = Infinity;
    for (let d = 1; d <= 60; d++) {
      for (let z = 1; z <= 25; z++) least = Math.min(least, at(d / 15, z / 50));
    }
    assert(least >= fit.value - 1e-12 && least < 1.05 * fit.value + 3e-3, `${least}, ${fit.value}`);
  }
});

Deno.test("fitProngs() agrees with the closed form for two prongs", () => {
  for (let trial = 0; trial < 4; trial++) {
    const event = drawCloud(15, 122, trial);
    const closed = fitTwoProngs(event), { value, positions } = fitProngs(event, 2);
    assert(value >= closed.value * (1 - 1e-9));
    assertAlmostEquals(value, closed.value, 0.02 * closed.value);
    const separation = Math.hypot(positions[0] - positions[2], positions[1] - positions[3]);
    assertAlmostEquals(separation, closed.separation, 0.1 * closed.separation);
  }
});

Deno.test("fitProngs() finds an event of n points blurred a little, and reports its own value", () => {
  for (const n of [2, 3, 4]) {
    const points = drawCloud(n, 123), blur = drawCloud(5 * n, 124);
    const event = {
      energies: Float64Array.from({ length: 5 * n }, (_, k) => 9 * points.energies[k % n]),
      positions: blur.positions.map((step, k) => points.positions[k % (2 * n)] + 0.02 * step),
    };
    const fit = fitProngs(event, n);
    assert(fit.likeness > 0.99, `n = ${n}: ${fit.likeness}`);
    assertAlmostEquals(spectralEmd(event, fit).value, fit.value, 1e-9);
    assertAlmostEquals(fit.energies.reduce((sum, energy) => sum + energy, 0), 45, 1e-9);
  }
});

Deno.test("fitProngs() gets better with every prong", () => {
  const event = drawCloud(20, 125);
  const likeness = [2, 3, 4, 5].map((n) => fitProngs(event, n).likeness);
  assertEquals(likeness, likeness.toSorted((a, b) => a - b));
});

Deno.test("fitProngs() refuses a number of prongs that makes no sense", () => {
  for (const n of [1, 2.5, 4, NaN]) {
    assertThrows(
      () => fitProngs({ energies: [1, 1, 1], positions: [0, 1, 2] }, n),
      RangeError,
      `the number of prongs must be an integer from 2 to 3, current value is ${n}`,
    );
  }
});
