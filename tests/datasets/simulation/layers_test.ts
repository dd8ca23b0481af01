import { assert, assertEquals } from "@std/assert";
import { SIMULATION } from "../../../src/datasets/simulation/constants.ts";
import {
  outerRadiusAt,
  thicknessAt,
  TRIGGER_LAYER_Z,
  TRIGGER_LAYERS,
  triggerLayerAt,
} from "../../../src/datasets/simulation/layers.ts";

Deno.test("the trigger reads the 14 odd layers", () => {
  assertEquals(TRIGGER_LAYERS, [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27]);
  assertEquals([TRIGGER_LAYER_Z[0], TRIGGER_LAYER_Z[3], TRIGGER_LAYER_Z[13]], [
    322.103,
    331.013,
    360.713,
  ]);
});

Deno.test("triggerLayerAt() finds the sensor that is nearest in depth", () => {
  const depths = SIMULATION.geometry.layerDepth;
  for (let depth = 0.0005; depth < 25.995; depth += 0.00093) {
    const distances = depths.map((sensor) => Math.abs(sensor - depth));
    const nearest = distances.indexOf(Math.min(...distances));
    assertEquals(triggerLayerAt(depth), nearest % 2 === 0 ? nearest / 2 : -1, `depth ${depth}`);
  }
});

Deno.test("triggerLayerAt() has no layer in front, behind or nowhere", () => {
  assertEquals([-0.001, -50, 26.001, 1e9, NaN].map(triggerLayerAt), [-1, -1, -1, -1, -1]);
});

Deno.test("thicknessAt() changes where the published zones do", () => {
  const zones = TRIGGER_LAYER_Z.map((z) => {
    const edge = (thickness: number) => {
      let radius = 30;
      while (thicknessAt(z, radius) <= thickness) radius += 0.05;
      return radius;
    };
    return [edge(0), edge(1)];
  });
  for (const [first, second] of zones) {
    assert(first > 70.5 && first < 74.6, `${first}`);
    assert(second > 116.5 && second < 120.5, `${second}`);
  }
});

Deno.test("outerRadiusAt() is the published cone", () => {
  assertEquals(outerRadiusAt(321.05), 152.33);
  assertEquals(outerRadiusAt(331.05), 152.33 + 3.184);
});
