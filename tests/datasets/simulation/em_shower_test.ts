import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { CellEnergies } from "../../../src/datasets/simulation/cell_energies.ts";
import { depositShower, hitFluctuation } from "../../../src/datasets/simulation/em_shower.ts";
import { longitudinalShape } from "../../../src/datasets/simulation/longitudinal_shape.ts";
import { SIMULATION } from "../../../src/datasets/simulation/constants.ts";
import { RadialProfile } from "../../../src/datasets/simulation/radial_profile.ts";
import { ShowerProbe } from "../../../src/datasets/simulation/shower_probe.ts";
import type { HitSink } from "../../../src/datasets/simulation/types.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

const SLOPE = 1 / Math.sinh(2);
const START = {
  energy: 40,
  slopeX: SLOPE,
  slopeY: 0,
  shiftX: 0,
  shiftY: 0,
  startDepth: 1.05,
  fluctuates: false,
};

Deno.test("depositShower() leaves energy in depth as the gamma distribution says", () => {
  const probe = new ShowerProbe(SLOPE, 0), showers = 300;
  for (let k = 0; k < showers; k++) {
    depositShower(probe, new RandomStream(1, "showers", k), START);
  }
  const { layerDepth, lastHalfInterval } = SIMULATION.geometry;
  const ends = layerDepth.map((x, k) =>
    k < 27 ? (x + layerDepth[k + 1]) / 2 : x + lastHalfInterval
  );
  const { maximum, alpha } = longitudinalShape(START.energy);
  const cosTheta = Math.tanh(2);
  // Simpson's rule over the density; the ends of intervals in X0 along the shower.
  const density = (t: number) =>
    t <= 0 ? 0 : Math.exp((alpha - 1) * Math.log(t / maximum) - (alpha - 1) * t / maximum);
  const integral = (from: number, to: number) => {
    const steps = 400, h = (to - from) / steps;
    let sum = density(from) + density(to);
    for (let k = 1; k < steps; k++) sum += (k % 2 === 1 ? 4 : 2) * density(from + k * h);
    return sum * h / 3;
  };
  const total = integral(0, 100);
  probe.layerEnergies().forEach((energy, index) => {
    const layer = 2 * index;
    const from = (layer === 0 ? 0 : ends[layer - 1]) / cosTheta + START.startDepth;
    const expected = START.energy * integral(from, ends[layer] / cosTheta + START.startDepth) /
      total;
    // Sampling: energy comes in spots of 0.04 GeV, with hits that fluctuate.
    const sigma = Math.sqrt(expected * 0.04 * 1.12 / showers);
    assertAlmostEquals(energy / showers, expected, 4.5 * sigma + 1e-4, `layer ${layer + 1}`);
  });
});

Deno.test("depositShower() spreads energy as the radial profile says", () => {
  // Hits of one layer, at a known depth: r = w sqrt(u / (1 - u)), so P(r < x) = x^2 / (x^2 + w^2).
  const radii: number[] = [], directions = [0, 0];
  const sink: HitSink = {
    axisX: new Float64Array(14),
    axisY: new Float64Array(14),
    reach: new Float64Array(14).fill(Infinity),
    locate(layer, x, y) {
      if (layer === 4) {
        radii.push(Math.hypot(x, y));
        directions[0] += x / Math.hypot(x, y);
        directions[1] += y / Math.hypot(x, y);
      }
      return -1;
    },
    add() {},
  };
  for (let k = 0; k < 100; k++) {
    depositShower(sink, new RandomStream(2, "radii", k), { ...START, slopeX: 0 });
  }
  const profile = new RadialProfile(START.energy);
  const { maximum, alpha } = longitudinalShape(START.energy);
  const within = (x: number) => {
    // Mean over the layer's depths: 6.99 to 8.345 X0 (half way to its neighbours), weighted.
    let sum = 0, weights = 0;
    for (let depth = 7.42; depth < 8.345; depth += 0.01) {
      const t = depth + START.startDepth;
      const weight = Math.exp((alpha - 1) * (Math.log(t) - t / maximum));
      profile.moveTo(t / maximum);
      const share = (w: number) => Math.min(x * x / (x * x + w * w) / 0.99, 1);
      sum += weight *
        (profile.coreShare * share(profile.core) + (1 - profile.coreShare) * share(profile.tail));
      weights += weight;
    }
    return sum / weights;
  };
  assert(radii.length > 5000);
  for (const x of [0.2, 0.5, 1, 2, 5, 9]) {
    const seen = radii.filter((radius) => radius < x).length / radii.length;
    // The three hits of a spot are independent of one another.
    assertAlmostEquals(seen, within(x), 4 / Math.sqrt(4 * radii.length), `radius ${x}`);
  }
  assert(radii.every((radius) => radius <= 10.5 + 1e-9));
  assert(Math.hypot(...directions) < 4 * Math.sqrt(radii.length));
});

Deno.test("depositShower() skips hits out of reach without changing what is within", () => {
  // Showers just out of reach: means over many of them with and without the shortcut.
  const shift = 31, showers = 200;
  const mean = (sinkOf: () => CellEnergies, purpose: string, isFar: boolean) => {
    let sum = 0;
    for (let k = 0; k < showers; k++) {
      const cells = sinkOf();
      const sink: HitSink = isFar
        ? {
          axisX: cells.axisX,
          axisY: cells.axisY,
          reach: new Float64Array(14).fill(Infinity), // no shortcut
          locate: (layer, x, y) => cells.locate(layer, x, y),
          add: (place, energy) => cells.add(place, energy),
        }
        : cells;
      depositShower(sink, new RandomStream(3, purpose, k), {
        ...START,
        energy: 400,
        shiftX: shift,
      });
      cells.wafers.forEach((_, slot) => sum += cells.energiesOf(slot).reduce((a, b) => a + b));
    }
    return sum / showers;
  };
  const cells = new CellEnergies();
  const fresh = () => {
    cells.begin(SLOPE, 0);
    return cells;
  };
  const all = mean(fresh, "all", true), shortcut = mean(fresh, "shortcut", false);
  assert(all > 0.05, `${all}`);
  assertAlmostEquals(shortcut / all, 1, 0.12);
});

Deno.test("depositShower() without energy leaves none", () => {
  const probe = new ShowerProbe(SLOPE, 0);
  depositShower(probe, new RandomStream(1, "none"), { ...START, energy: 0 });
  assertEquals(probe.energy(), 0);
});

Deno.test("hitFluctuation() has mean 1 and variance 1/3", () => {
  const stream = new RandomStream(1, "hits"), draws = 50_000;
  let sum = 0, squares = 0;
  for (let k = 0; k < draws; k++) {
    const x = hitFluctuation(stream);
    sum += x;
    squares += x * x;
  }
  assertAlmostEquals(sum / draws, 1, 0.012);
  assertAlmostEquals(squares / draws - (sum / draws) ** 2, 1 / 3, 0.012);
});
