import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  generateParticle,
  phiInEndcap,
  type PtSpectrum,
} from "../../../src/datasets/simulation/generated_particle.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

const DRAWS = 4000;

function shareBelow(pT: number, spectrum: PtSpectrum): number {
  let below = 0;
  for (let k = 0; k < DRAWS; k++) {
    const stream = new RandomStream(1, "particle", k);
    if (generateParticle(stream, "electron", spectrum, [1.5, 3]).pT < pT) below++;
  }
  return below / DRAWS;
}

Deno.test("generateParticle() follows flat, logarithmic and falling spectra of pT", () => {
  const tolerance = 4 * Math.sqrt(0.25 / DRAWS);
  assertAlmostEquals(shareBelow(10, [2, 35]), 8 / 33, tolerance);
  const log = { min: 2, max: 32, power: -1 };
  assertAlmostEquals(shareBelow(8, log), Math.log(4) / Math.log(16), tolerance);
  const falling = { min: 5, max: 100, power: -3 };
  assertAlmostEquals(shareBelow(7, falling), (25 ** -1 - 49 ** -1) / (25 ** -1 - 1e-4), tolerance);
});

Deno.test("generateParticle() is even in eta, phi, endcap and charge", () => {
  const sums = { eta: 0, phi: 0, zside: 0, charge: 0 };
  for (let k = 0; k < DRAWS; k++) {
    const stream = new RandomStream(2, "particle", k);
    const particle = generateParticle(stream, "photon", [2, 35], [1.6, 2.4]);
    const { pT, eta, phi, energy, zside, charge } = particle;
    assert(eta >= 1.6 && eta <= 2.4 && phi >= -Math.PI && phi < Math.PI);
    assertAlmostEquals(energy, pT * Math.cosh(eta), 1e-9);
    sums.eta += (eta - 2) / DRAWS;
    sums.phi += phi / DRAWS;
    sums.zside += zside / DRAWS;
    sums.charge += charge / DRAWS;
  }
  assertAlmostEquals(sums.eta, 0, 4 * 0.8 / Math.sqrt(12 * DRAWS));
  assertAlmostEquals(sums.phi, 0, 4 * 2 * Math.PI / Math.sqrt(12 * DRAWS));
  assertAlmostEquals(sums.zside, 0, 4 / Math.sqrt(DRAWS));
  assertAlmostEquals(sums.charge, 0, 4 / Math.sqrt(DRAWS));
});

Deno.test("generateParticle() may have one pT and one eta", () => {
  const { pT, eta } = generateParticle(new RandomStream(1, "x"), "electron", [20, 20], [2, 2]);
  assertAlmostEquals(pT, 20, 1e-12);
  assertEquals(eta, 2);
});

Deno.test("phiInEndcap() mirrors x at z < 0", () => {
  for (const phi of [-3, -1, 0, 0.5, 2, 3]) {
    assertEquals(phiInEndcap(phi, 1), phi);
    assertAlmostEquals(Math.cos(phiInEndcap(phi, -1)), -Math.cos(phi), 1e-12);
    assertAlmostEquals(Math.sin(phiInEndcap(phi, -1)), Math.sin(phi), 1e-12);
    assert(Math.abs(phiInEndcap(phi, -1)) <= Math.PI);
  }
});
