import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  cellPositions,
  CELLS,
  type Density,
  PITCH_CM,
  TRIGGER_CELLS,
} from "../../src/wafer/cells.ts";

/** (u, v) of the trigger cells in train order, as in the code published with the paper. */
// deno-fmt-ignore
const PUBLISHED_UV = [
  [7, 4], [6, 4], [5, 4], [4, 4], [7, 5], [6, 5], [5, 5], [4, 5],
  [7, 6], [6, 6], [5, 6], [4, 6], [7, 7], [6, 7], [5, 7], [4, 7],
  [1, 0], [2, 1], [3, 2], [4, 3], [2, 0], [3, 1], [4, 2], [5, 3],
  [3, 0], [4, 1], [5, 2], [6, 3], [4, 0], [5, 1], [6, 2], [7, 3],
  [3, 6], [3, 5], [3, 4], [3, 3], [2, 5], [2, 4], [2, 3], [2, 2],
  [1, 4], [1, 3], [1, 2], [1, 1], [0, 3], [0, 2], [0, 1], [0, 0],
];

/** Pitch of the wafers in cm: a sensor of 16.64408 and a gap of 0.1. */
const WAFER_PITCH_CM = 16.74408;

Deno.test("TRIGGER_CELLS has the published (u, v) in train order", () => {
  assertEquals(TRIGGER_CELLS.map(({ u, v }) => [u, v]), PUBLISHED_UV);
  assertEquals(TRIGGER_CELLS.map(({ train }) => train), [...Array(CELLS).keys()]);
});

Deno.test("TRIGGER_CELLS lists every paper index once, a rhombus at a time", () => {
  assertEquals(new Set(TRIGGER_CELLS.map(({ paper }) => paper)).size, CELLS);
  // The three 4x4 groups of the telescope loss, in the paper's numbering.
  for (const { paper, rhombus } of TRIGGER_CELLS) {
    assertEquals(rhombus, paper >= 32 ? "bottom" : paper % 8 < 4 ? "left" : "right");
  }
});

Deno.test("PITCH_CM is the pitch of the wafers over 4 sqrt(3), to its rounding", () => {
  assertAlmostEquals(PITCH_CM, WAFER_PITCH_CM / (4 * Math.sqrt(3)), 2e-6);
});

for (const density of ["low_density", "high_density"] as const) {
  Deno.test(`cellPositions() gives the mean of the sensor cells at ${density}`, () => {
    const positions = cellPositions({ geometry: density, unit: "pitch" });
    const means = _meansOfSensorCells(density);
    for (const { train, u, v } of TRIGGER_CELLS) {
      const [x, y] = means.get(`${u},${v}`)!;
      assertAlmostEquals(positions[2 * train], x, 1e-13);
      assertAlmostEquals(positions[2 * train + 1], y, 1e-13);
    }
  });
}

Deno.test("cellPositions() agrees with tabulated centres in the paper's order", () => {
  // q, then x and y in pitches at low density, then at high density.
  const tabulated = [
    [0, -2.95892, 1.875, -2.982976, 1.833333],
    [4, 0.505181, 3.125, 0.481125, 3.166667],
    [7, 3.103258, 1.625, 3.079201, 1.666667],
    [27, -0.360844, 0.375, -0.3849, 0.333333],
    [28, 0.505181, 0.125, 0.481125, 0.166667],
    [35, -0.144338, -0.5, -0.096225, -0.5],
    [44, -0.144338, -3.5, -0.096225, -3.5],
    [47, 2.453739, -2, 2.501852, -2],
  ];
  const low = cellPositions({ geometry: "low_density", unit: "pitch", order: "paper" });
  const high = cellPositions({ geometry: "high_density", unit: "pitch", order: "paper" });
  for (const [q, xLow, yLow, xHigh, yHigh] of tabulated) {
    assertAlmostEquals(low[2 * q], xLow, 1e-6);
    assertAlmostEquals(low[2 * q + 1], yLow, 1e-6);
    assertAlmostEquals(high[2 * q], xHigh, 1e-6);
    assertAlmostEquals(high[2 * q + 1], yHigh, 1e-6);
  }
});

Deno.test("cellPositions() puts the published coordinates at the low-density ones, moved", () => {
  const published = cellPositions({ geometry: "published", unit: "cm" });
  const exact = cellPositions({ geometry: "low_density", unit: "cm" });
  assertEquals([published[0], published[1]], [0, 0]);
  for (let k = 0; k < 2 * CELLS; k++) {
    assertAlmostEquals(published[k], exact[k] - exact[k % 2], 2e-5);
  }
});

Deno.test("cellPositions() keeps to the half pitch with which the published code divides", () => {
  const cm = cellPositions({ unit: "cm" });
  assertEquals(cellPositions(), cm.map((length) => length / 1.20840075));
  assertEquals(cellPositions({ unit: "pitch" }), cm.map((length) => length / 2.4168015));
});

Deno.test("cellPositions() places the same cell at the same point in both orders", () => {
  const train = cellPositions();
  const paper = cellPositions({ order: "paper" });
  for (const cell of TRIGGER_CELLS) {
    assertEquals(paper[2 * cell.paper], train[2 * cell.train]);
    assertEquals(paper[2 * cell.paper + 1], train[2 * cell.train + 1]);
  }
});

Deno.test("cellPositions() returns a fresh array", () => {
  cellPositions()[4] = 99;
  assert(cellPositions()[4] !== 99);
});

Deno.test("cellPositions() refuses unknown options", () => {
  const wrong = [
    [{ geometry: "round" }, "geometry must be published, low_density or high_density"],
    [{ unit: "mm" }, "unit must be half_pitch, pitch or cm, current value is mm"],
    [{ order: "u" }, "order must be train or paper, current value is u"],
  ] as const;
  for (const [options, text] of wrong) {
    assertThrows(
      () => cellPositions(options as never),
      RangeError,
      `Cannot place trigger cells: ${text}`,
    );
  }
});

/**
 * Means of the positions of the hexagonal sensor cells of each trigger cell "u,v", in trigger-cell
 * pitches, by CMS's formulas for the places of sensor cells and for the trigger cell they belong to.
 */
function _meansOfSensorCells(density: Density): Map<string, [number, number]> {
  const [across, grouped] = density === "low_density" ? [8, 2] : [12, 3];
  const divided = (number: number) => Math.floor(number / grouped);
  const outer = 4 * Math.sqrt(3) / (3 * across);
  const inner = outer * Math.sqrt(3) / 2;
  const means = new Map<string, [number, number]>();
  let count = 0;
  for (let u = 0; u < 2 * across; u++) {
    for (let v = 0; v < 2 * across; v++) {
      if (v - u >= across || u - v > across) continue;
      const key = u >= across && v >= across
        ? [divided(u), divided(v)]
        : u < across && u <= v
        ? [divided(u), divided(v - u) + divided(u)]
        : [1 + divided(u - (v % grouped + 1)), divided(v)];
      const mean = means.get(key.join()) ?? [0, 0];
      mean[0] += (1.5 * (v - across) + 1) * outer / grouped ** 2;
      mean[1] += (2 * u - v - across) * inner / grouped ** 2;
      means.set(key.join(), mean);
      count++;
    }
  }
  assertEquals([count, means.size], [3 * across ** 2, CELLS]);
  return means;
}
