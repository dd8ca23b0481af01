import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { cellPositions } from "../../src/wafer/cells.ts";
import { waferDistances } from "../../src/wafer/distances.ts";
import { applySymmetry, WAFER_SYMMETRIES } from "../../src/wafer/symmetries.ts";

for (
  const [geometry, tolerance] of [
    ["low_density", 1e-12],
    ["high_density", 1e-12],
    ["published", 3e-5],
  ] as const
) {
  Deno.test(`WAFER_SYMMETRIES are all permutations that keep the ${geometry} distances`, () => {
    const found = _permutationsThatKeep(waferDistances({ geometry }), tolerance);
    assertEquals(found, WAFER_SYMMETRIES);
  });
}

Deno.test("WAFER_SYMMETRIES turn the wafer anticlockwise by 0, 120 and 240 degrees", () => {
  const r = cellPositions({ geometry: "low_density" });
  WAFER_SYMMETRIES.forEach((symmetry, turns) => {
    const cos = Math.cos(2 * Math.PI * turns / 3);
    const sin = Math.sin(2 * Math.PI * turns / 3);
    for (let cell = 0; cell < 48; cell++) {
      const [x, y] = [r[2 * cell], r[2 * cell + 1]];
      assertAlmostEquals(r[2 * symmetry[cell]], cos * x - sin * y, 1e-13);
      assertAlmostEquals(r[2 * symmetry[cell] + 1], sin * x + cos * y, 1e-13);
    }
  });
});

Deno.test("applySymmetry() moves the charge of cell i to cell symmetry[i], wafer by wafer", () => {
  const charges = Float32Array.from({ length: 96 }, (_, k) => k);
  const turned = applySymmetry(charges, WAFER_SYMMETRIES[2]);
  for (let k = 0; k < 96; k++) {
    assertEquals(turned[k - k % 48 + WAFER_SYMMETRIES[2][k % 48]], charges[k]);
  }
});

Deno.test("applySymmetry() three times by a third of a turn changes nothing", () => {
  const charges = Float64Array.from({ length: 48 }, (_, k) => k * k);
  const third = WAFER_SYMMETRIES[1];
  const turned = applySymmetry(applySymmetry(applySymmetry(charges, third), third), third);
  assertEquals<Float64Array>(turned, charges);
});

Deno.test("applySymmetry() refuses parts of wafers and what is not a permutation", () => {
  const identity = WAFER_SYMMETRIES[0];
  assertThrows(
    () => applySymmetry(new Float64Array(50), identity),
    TypeError,
    "Cannot turn wafers: number of charges must be a multiple of 48, current value is 50",
  );
  for (const wrong of [[0, 1, 2], [...identity, 0], identity.with(0, 1), identity.with(3, 48)]) {
    assertThrows(
      () => applySymmetry(new Float64Array(48), wrong),
      TypeError,
      "Cannot turn wafers: symmetry must be a permutation of 0 to 47",
    );
  }
});

/** All permutations that keep a distance matrix within a tolerance, in order of their first entry. */
function _permutationsThatKeep(distances: Float64Array, tolerance: number): number[][] {
  const cells = Math.sqrt(distances.length);
  const found: number[][] = [];
  const extend = (images: number[]): void => {
    const cell = images.length;
    if (cell === cells) found.push(images);
    for (let image = 0; image < cells; image++) {
      if (images.includes(image)) continue;
      const keeps = images.every((otherImage, other) =>
        Math.abs(distances[cell * cells + other] - distances[image * cells + otherImage]) <
          tolerance
      );
      if (keeps) extend([...images, image]);
    }
  };
  extend([]);
  return found;
}
