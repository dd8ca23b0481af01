import { assertAlmostEquals, assertEquals } from "@std/assert";
import { depositPileUp } from "../../../src/datasets/simulation/pile_up.ts";
import { ShowerProbe } from "../../../src/datasets/simulation/shower_probe.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

/** Mean energy within a slope of 0.02 of an axis at eta 2.3. */
function meanEnergy(interactions: number, events: number): number {
  const slope = 1 / Math.sinh(2.3);
  let sum = 0;
  for (let event = 0; event < events; event++) {
    const probe = new ShowerProbe(slope, 0, 0.02);
    const stream = new RandomStream(1, `pile-up ${interactions}`, event);
    depositPileUp(probe, stream, interactions, slope, 0);
    sum += probe.energy();
  }
  return sum / events;
}

Deno.test("depositPileUp() leaves energy in proportion to the interactions", () => {
  const few = meanEnergy(50, 120), many = meanEnergy(200, 60);
  assertAlmostEquals(many / few, 4, 0.5);
});

Deno.test("depositPileUp() of no interactions leaves nothing", () => {
  assertEquals(meanEnergy(0, 3), 0);
});

Deno.test("depositPileUp() spreads evenly in (eta, phi): the disc's edge is not seen", () => {
  // The energy around an axis does not depend on where in the disc of directions it lies.
  const slope = 1 / Math.sinh(2.3), events = 100;
  let centre = 0, beside = 0;
  for (let event = 0; event < events; event++) {
    const stream = new RandomStream(2, "edge", event);
    const probe = new ShowerProbe(slope, 0, 0.015);
    depositPileUp(probe, stream, 200, slope, 0);
    centre += probe.energy();
    // Turned around the beam by 0.05 in slope: still within what is recorded.
    const angle = 0.05 / slope;
    const turned = new ShowerProbe(slope * Math.cos(angle), slope * Math.sin(angle), 0.015);
    depositPileUp(turned, stream, 200, slope, 0);
    beside += turned.energy();
  }
  assertAlmostEquals(beside / centre, 1, 0.12);
});
