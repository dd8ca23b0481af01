import { assert, assertAlmostEquals } from "@std/assert";
import { spectralEmd } from "../../src/transport/spectral.ts";
import {
  fitSpectralShape,
  RING,
  SEGMENT,
  shapeOfPoints,
} from "../../src/transport/spectral_shapes.ts";
import { drawCloud, moveCloud } from "../_support/point_clouds.ts";

/** Points in the middles of equal parts of a ring of radius one, or of a segment of length one. */
const SAMPLES = {
  ring: (count: number) => _evenly(count, (part) => _onCircle(2 * Math.PI * part)),
  segment: (count: number) => _evenly(count, (part) => [part, 0]),
};

function _onCircle(angle: number): number[] {
  return [Math.cos(angle), Math.sin(angle)];
}

function _evenly(count: number, place: (part: number) => number[]) {
  const parts = Array.from({ length: count }, (_, k) => (k + 0.5) / count);
  return { energies: parts.map(() => 1 / count), positions: parts.map(place) };
}

for (const shape of [RING, SEGMENT]) {
  Deno.test(`the ${shape.name} is the limit of its samples`, () => {
    const error = (count: number) => {
      const sampled = shapeOfPoints("samples", SAMPLES[shape.name as keyof typeof SAMPLES](count));
      const parts = [0.1, 0.25, 0.5, 0.75, 0.9, 1];
      const errors = parts.map((q) => Math.abs(sampled.closestPairs(q) - shape.closestPairs(q)));
      return Math.max(...errors, Math.abs(sampled.meanSquare - shape.meanSquare));
    };
    const errors = [100, 400].map(error);
    assert(errors[0] < 0.02 && errors[1] < 0.3 * errors[0], `errors ${errors}`);
  });

  Deno.test(`fitSpectralShape() finds the ${shape.name} again, wherever it lies`, () => {
    const { energies, positions } = SAMPLES[shape.name as keyof typeof SAMPLES](400);
    const event = moveCloud(
      {
        energies: Float64Array.from(energies, (energy) => 70 * energy),
        positions: Float64Array.from(positions.flat(), (coordinate) => 2.5 * coordinate),
      },
      1,
      [30, 40],
    );
    const { size, likeness } = fitSpectralShape(event, shape);
    assertAlmostEquals(size, 2.5, 1e-2);
    assert(likeness > 0.9999 && likeness <= 1);
  });
}

Deno.test("fitSpectralShape() finds the minimum over the size of spectralEmd()", () => {
  const template = drawCloud(7, 111), shape = shapeOfPoints("template", template);
  const event = drawCloud(12, 112);
  const { size, value, likeness } = fitSpectralShape(event, shape);
  const at = (size: number) =>
    spectralEmd(event, { ...template, positions: template.positions.map((x) => size * x) }).value;
  assertAlmostEquals(at(size), value, 1e-13);
  assert(at(size * 1.001) > value && at(size * 0.999) > value);
  assertAlmostEquals(likeness, 1 - value / at(0), 1e-13);
});

Deno.test("fitSpectralShape() of n times the energy has n^2 times the value, and the same likeness", () => {
  const event = drawCloud(12, 113), fit = fitSpectralShape(event, RING);
  const ten = fitSpectralShape({ ...event, energies: event.energies.map((e) => 10 * e) }, RING);
  assertAlmostEquals(ten.value, 100 * fit.value, 1e-12);
  assertAlmostEquals(ten.size, fit.size, 1e-13);
  assertAlmostEquals(ten.likeness, fit.likeness, 1e-13);
});

Deno.test("fitSpectralShape() of one point has size 0", () => {
  const { size, value, likeness } = fitSpectralShape({ energies: [5], positions: [[1, 2]] }, RING);
  assert(size === 0 && value === 0 && likeness === 1);
});
