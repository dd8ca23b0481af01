import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { GeneratedParticle } from "../../../src/datasets/simulation/generated_particle.ts";
import { showersOf } from "../../../src/datasets/simulation/upstream.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

const ELECTRON: GeneratedParticle = {
  kind: "electron",
  pT: 20,
  eta: 2,
  phi: 0.8,
  energy: 20 * Math.cosh(2),
  charge: 1,
  zside: 1,
};
const SHOWERS = 3000;

Deno.test("showersOf() gives a photon one shower along its direction, smeared by 3 %", () => {
  const photon = { ...ELECTRON, kind: "photon" as const };
  let sum = 0, squares = 0;
  for (let k = 0; k < SHOWERS; k++) {
    const [shower, ...others] = showersOf(new RandomStream(1, "upstream", k), photon);
    assertEquals([others.length, shower.shiftX ** 2 + shower.shiftY ** 2], [0, 0]);
    assertAlmostEquals(shower.slopeX, Math.cos(0.8) / Math.sinh(2), 1e-12);
    assertAlmostEquals(shower.slopeY, Math.sin(0.8) / Math.sinh(2), 1e-12);
    const ratio = shower.energy / photon.energy;
    sum += ratio / SHOWERS;
    squares += ratio * ratio / SHOWERS;
  }
  assertAlmostEquals(sum, 1, 4 * 0.03 / Math.sqrt(SHOWERS));
  assertAlmostEquals(Math.sqrt(squares - sum * sum), 0.03, 0.0016);
});

Deno.test("showersOf() shares an electron's energy with the photons that it radiates", () => {
  // With a shape k of the radiated thickness, the kept share exp(-Gamma(k)) has mean 2^-k.
  const thickness = 0.75 + 0.95 * Math.exp(-((0.5 / 0.35) ** 2));
  const shape = 0.75 * thickness / Math.LN2;
  let kept = 0, arrived = 0;
  for (let k = 0; k < SHOWERS; k++) {
    const showers = showersOf(new RandomStream(2, "upstream", k), ELECTRON);
    const total = showers.reduce((sum, { energy }) => sum + energy, 0);
    kept += showers[0].energy / total / SHOWERS;
    arrived += total / ELECTRON.energy / SHOWERS;
  }
  assertAlmostEquals(kept, 2 ** -shape, 0.025);
  // Mean loss at eta 2; photons below 50 MeV are dropped.
  assertAlmostEquals(arrived, 1 - 0.09 * Math.exp(-0.4 / 0.25), 0.006);
});

Deno.test("showersOf() shifts photons along phi, to the side of the charge, less at high pT", () => {
  const meanShift = (particle: GeneratedParticle) => {
    let sum = 0, count = 0;
    for (let k = 0; k < 500; k++) {
      for (const { shiftX, shiftY } of showersOf(new RandomStream(3, "b", k), particle).slice(1)) {
        // Along phi, nothing along the radius.
        assertAlmostEquals(shiftX * Math.cos(0.8) + shiftY * Math.sin(0.8), 0, 1e-9);
        const shift = -shiftX * Math.sin(0.8) + shiftY * Math.cos(0.8);
        assert(Math.abs(shift) <= 60);
        sum += shift;
        count++;
      }
    }
    return sum / count;
  };
  const soft = meanShift({ ...ELECTRON, pT: 5 });
  assert(soft > 0);
  assertAlmostEquals(meanShift({ ...ELECTRON, pT: 5, charge: -1 }), -soft, 1e-9);
  assertAlmostEquals(meanShift({ ...ELECTRON, pT: 20 }) / soft, 1 / 4, 1e-9);
});
