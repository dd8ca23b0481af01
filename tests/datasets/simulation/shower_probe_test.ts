import { assertAlmostEquals, assertEquals } from "@std/assert";
import { ShowerProbe } from "../../../src/datasets/simulation/shower_probe.ts";

Deno.test("ShowerProbe sums energy by layer and radius around a slanted axis", () => {
  const probe = new ShowerProbe(0.2, -0.1);
  const hit = (layer: number, radius: number, energy: number) => {
    const x = probe.axisX[layer] + radius * 0.6, y = probe.axisY[layer] - radius * 0.8;
    probe.add(probe.locate(layer, x, y), energy);
  };
  hit(0, 0.51, 6);
  hit(0, 3.01, 2);
  hit(13, 1.01, 1);
  hit(13, 500, 1);
  assertEquals([probe.energy(), probe.layerEnergies()[0], probe.layerEnergies()[13]], [10, 8, 2]);
  assertAlmostEquals(probe.radiusHolding(0.5), 0.525, 1e-12);
  assertAlmostEquals(probe.radiusHolding(0.65), 1.025, 1e-12);
  assertAlmostEquals(probe.radiusHolding(0.85), 3.025, 1e-12);
  assertAlmostEquals(probe.radiusHolding(0.8, 0), 3.025, 1e-12);
});

Deno.test("ShowerProbe does not see hits outside of its cone", () => {
  const probe = new ShowerProbe(0, 0.3, 0.015);
  assertEquals(probe.locate(0, 0.015 * 322.103 + 0.01, probe.axisY[0]), -1);
  assertEquals(probe.locate(0, 0.015 * 322.103 - 0.01, probe.axisY[0]) >= 0, true);
});
