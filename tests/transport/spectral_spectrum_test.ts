import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { pointCloud } from "../../src/transport/point_cloud.ts";
import {
  pairSpectrum,
  powerAngle,
  slopesInEnergies,
} from "../../src/transport/spectral_spectrum.ts";
import { drawCloud } from "../_support/point_clouds.ts";

Deno.test("pairSpectrum() lists a triangle of sides 3, 4 and 5", () => {
  const triangle = pointCloud({ energies: [0.5, 0.3, 0.2], positions: [[0, 0], [4, 0], [0, 3]] });
  const { omegas, weights, first, second } = pairSpectrum(triangle, powerAngle(1));
  assertEquals([...omegas], [0, 3, 4, 5]);
  [0.38, 0.2, 0.3, 0.12].forEach((weight, k) => assertAlmostEquals(weights[k], weight));
  assertEquals([...first.subarray(1)], [0, 0, 1]);
  assertEquals([...second.subarray(1)], [2, 1, 2]);
});

Deno.test("pairSpectrum() is sorted and holds the square of the total energy", () => {
  const cloud = pointCloud(drawCloud(40, 93));
  const { omegas, weights } = pairSpectrum(cloud, powerAngle(2));
  assertEquals(omegas.length, 1 + 40 * 39 / 2);
  assert(omegas.every((omega, k) => k === 0 || omega >= omegas[k - 1]));
  assertAlmostEquals(weights.reduce((sum, weight) => sum + weight, 0), 1, 1e-13);
});

Deno.test("powerAngle() has the slope that finite differences see", () => {
  for (const beta of [0.5, 1, 2, 3]) {
    const { value, slope } = powerAngle(beta);
    assertAlmostEquals(slope!(1.7), (value(1.7 + 1e-6) - value(1.7 - 1e-6)) / 2e-6, 1e-8);
  }
  for (const beta of [0, -1, NaN, Infinity]) {
    assertThrows(() => powerAngle(beta), RangeError, `finite and > 0, current value is ${beta}`);
  }
});

Deno.test("pairSpectrum() refuses an angle that is none", () => {
  const pair = pointCloud({ energies: [1, 1], positions: [0, 1] });
  for (const omega of [-1, NaN, Infinity]) {
    assertThrows(
      () => pairSpectrum(pair, { value: () => omega }),
      RangeError,
      `Cannot compute a spectrum: omega of points 0 and 1 must be finite and >= 0, current value is ${omega}`,
    );
  }
});

Deno.test("slopesInEnergies() carries back a linear function of the weights", () => {
  const { energies, positions } = drawCloud(6, 94);
  const slopes = Float64Array.from({ length: 16 }, (_, k) => Math.sin(k));
  const at = (energies: Float64Array) =>
    pairSpectrum(pointCloud({ energies, positions }), powerAngle(1)).weights
      .reduce((sum, weight, k) => sum + weight * slopes[k], 0);
  const spectrum = pairSpectrum(pointCloud({ energies, positions }), powerAngle(1));
  const gradient = new Float64Array(6);
  slopesInEnergies(spectrum, slopes, energies, gradient);
  for (let k = 0; k < 6; k++) {
    const l = (k + 1) % 6;
    const moved = (by: number) => at(energies.with(k, energies[k] + by).with(l, energies[l] - by));
    assertAlmostEquals(gradient[k] - gradient[l], (moved(1e-4) - moved(-1e-4)) / 2e-4, 1e-9);
  }
  assertAlmostEquals(gradient.reduce((sum, slope) => sum + slope, 0), 0, 1e-14);
});
