import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  HIGH_DENSITY,
  LOW_DENSITY,
  sensorCellAt,
  sensorCellCentre,
} from "../../../src/datasets/simulation/sensor_cells.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { cellPositions, CELLS, TRIGGER_CELLS } from "../../../src/wafer/cells.ts";

for (const [sensor, cells, merged] of [[LOW_DENSITY, 192, 4], [HIGH_DENSITY, 432, 9]] as const) {
  Deno.test(`a ${sensor.density} sensor has ${cells} cells, ${merged} to a trigger cell`, () => {
    assertEquals(sensor.cells.length, cells);
    const counts = new Array<number>(CELLS).fill(0);
    for (const cell of sensor.cells) counts[sensor.triggerCellOf[cell]]++;
    assertEquals(counts, new Array<number>(CELLS).fill(merged));
  });

  Deno.test(`trigger cells lie at the centres of mass of ${sensor.density} cells`, () => {
    const expected = cellPositions({ geometry: sensor.density, unit: "cm" });
    const sums = new Float64Array(2 * CELLS);
    for (const cell of sensor.cells) {
      const [x, y] = sensorCellCentre(sensor, cell);
      sums[2 * sensor.triggerCellOf[cell]] += x / merged;
      sums[2 * sensor.triggerCellOf[cell] + 1] += y / merged;
    }
    sums.forEach((sum, k) => assertAlmostEquals(sum, expected[k], 1e-4));
  });

  Deno.test(`every point of a wafer has a ${sensor.density} cell, the nearest one`, () => {
    const stream = new RandomStream(1, "sensor cells");
    for (let trial = 0; trial < 3000; trial++) {
      const x = 16.74 * (stream.uniform() - 0.5), y = 19.33 * (stream.uniform() - 0.5);
      if (Math.abs(x) / Math.sqrt(3) + Math.abs(y) > 16.744 / Math.sqrt(3)) continue;
      const cell = sensorCellAt(sensor, x, y);
      assert(sensor.triggerCellOf[cell] >= 0, `${x}, ${y}`);
      const distance = (other: number) => {
        const [centreX, centreY] = sensorCellCentre(sensor, other);
        return Math.hypot(centreX - x, centreY - y);
      };
      const nearest = sensor.cells.reduce((least, other) => Math.min(least, distance(other)), 99);
      // At the wafer's edges there are half cells, which go to a neighbour: not always the nearest.
      if (nearest > sensor.cellRadius) assert(distance(cell) < 2.3 * sensor.cellRadius);
      else if (nearest < 0.8 * sensor.cellRadius) assertAlmostEquals(distance(cell), nearest, 1e-9);
    }
  });
}

Deno.test("cell (0, 0) and cell (2N - 1, 2N - 1) belong to the published trigger cells", () => {
  for (const { across: n, triggerCellOf } of [LOW_DENSITY, HIGH_DENSITY]) {
    const at = (cu: number, cv: number) => {
      const { u, v } = TRIGGER_CELLS[triggerCellOf[2 * n * cu + cv]];
      return [u, v];
    };
    assertEquals(at(0, 0), [0, 0]);
    assertEquals(at(2 * n - 1, 2 * n - 1), [7, 7]);
    assertEquals(at(n - 1, 0), [n === 8 ? 4 : 4, 0]);
    assertEquals(at(0, n - 1), [0, 3]);
  }
});
