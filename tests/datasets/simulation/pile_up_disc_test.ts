import { assert, assertAlmostEquals } from "@std/assert";
import { PileUpDisc } from "../../../src/datasets/simulation/pile_up_disc.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

/** Area in (eta, phi) of the disc around eta, weighted by cosh(eta)^power, by midpoints. */
function area(axis: number, power: number): number {
  let sum = 0;
  const steps = 2000;
  for (let k = 0; k < steps; k++) {
    const eta = 1.4 + (3.15 - 1.4) * (k + 0.5) / steps, rho = 1 / Math.sinh(eta);
    // Half of the arc of the circle of radius rho that lies within 0.095 of the axis.
    const cosine = (rho * rho + axis * axis - 0.095 ** 2) / (2 * rho * axis);
    const arc = cosine >= 1 ? 0 : cosine <= -1 ? Math.PI : Math.acos(cosine);
    sum += 2 * arc * Math.cosh(eta) ** power * 1.75 / steps;
  }
  return sum;
}

for (const eta of [1.5, 2.0, 2.9]) {
  Deno.test(`PileUpDisc around eta ${eta} covers its area in (eta, phi)`, () => {
    const axis = 1 / Math.sinh(eta), disc = new PileUpDisc(0.6 * axis, -0.8 * axis);
    const stream = new RandomStream(1, "disc"), draws = 100_000;
    let kept = 0, coshes = 0, steeper = 0;
    for (let k = 0; k < draws; k++) {
      if (disc.draw(stream)) {
        kept++;
        coshes += disc.coshEta;
        assert(Math.hypot(disc.x - 0.6 * axis, disc.y + 0.8 * axis) <= 0.095 + 1e-12);
        assertAlmostEquals(disc.coshEta, Math.cosh(Math.asinh(1 / disc.radius)), 1e-9);
      }
      if (disc.drawSteeper(stream, 1.5)) steeper++;
    }
    const relative = 4.5 / Math.sqrt(steeper) + 0.002;
    assertAlmostEquals(kept / draws * disc.candidates / area(axis, 0), 1, relative);
    assertAlmostEquals(coshes / kept / (area(axis, 1) / area(axis, 0)), 1, relative);
    const steep = steeper / draws * disc.candidates * disc.largestCoshEta ** 1.5;
    assertAlmostEquals(steep / area(axis, 1.5), 1, relative);
  });
}
