import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { SIMULATION } from "../../../src/datasets/simulation/constants.ts";
import { PITCH_CM } from "../../../src/wafer/cells.ts";

Deno.test("SIMULATION cannot be changed, at any depth", () => {
  const check = (value: object, path: string) => {
    assert(Object.isFrozen(value), path);
    for (const [name, part] of Object.entries(value)) {
      if (typeof part === "object") check(part, `${path}.${name}`);
    }
  };
  check(SIMULATION, "SIMULATION");
});

Deno.test("SIMULATION agrees with other published numbers", () => {
  const { geometry, electronics } = SIMULATION;
  // The pitch of trigger cells, as published with the paper.
  assertAlmostEquals(geometry.waferPitch / (4 * Math.sqrt(3)), PITCH_CM, 1e-5);
  assertEquals([geometry.layerZ.length, geometry.layerDepth.length], [28, 28]);
  // The published code takes 35 counts for a MIP.
  assertAlmostEquals(electronics.countsPerMip, 35.12, 0.01);
  assertEquals(electronics.noiseMip.map((noise) => Math.round(noise * 1000)), [156, 112, 62]);
});
