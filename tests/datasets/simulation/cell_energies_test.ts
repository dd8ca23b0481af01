import { assert, assertEquals } from "@std/assert";
import { CellEnergies } from "../../../src/datasets/simulation/cell_energies.ts";
import {
  outerRadiusAt,
  TRIGGER_LAYER_Z,
  TRIGGER_LAYERS,
} from "../../../src/datasets/simulation/layers.ts";
import { sensorCellAt } from "../../../src/datasets/simulation/sensor_cells.ts";
import { waferCentre } from "../../../src/datasets/simulation/wafer_lattice.ts";

function around(eta: number, phi: number): CellEnergies {
  const cells = new CellEnergies();
  cells.begin(Math.cos(phi) / Math.sinh(eta), Math.sin(phi) / Math.sinh(eta));
  return cells;
}

Deno.test("CellEnergies records all wafers around the axis, and no others", () => {
  for (const [eta, phi] of [[1.5, 0.3], [2.0, -2.9], [2.4, 1.2], [3.0, 3.0]]) {
    const { wafers } = around(eta, phi);
    const found = wafers.map(({ layer, u, v }) => `${layer},${u},${v}`);
    assertEquals(new Set(found).size, found.length);
    const expected: string[] = [];
    TRIGGER_LAYER_Z.forEach((z, layer) => {
      const axisX = z * Math.cos(phi) / Math.sinh(eta), axisY = z * Math.sin(phi) / Math.sinh(eta);
      for (let u = -14; u <= 14; u++) {
        for (let v = -14; v <= 14; v++) {
          const [x, y] = waferCentre(u, v), radius = Math.hypot(x, y);
          const isNear = Math.hypot(x - axisX, y - axisY) < 0.03 * z + 16.74408 / Math.sqrt(3);
          if (!isNear || radius <= 28 || radius >= outerRadiusAt(z) - 2) continue;
          expected.push(`${layer},${u},${v}`);
        }
      }
    });
    assertEquals(found, expected);
    assert(found.length >= TRIGGER_LAYERS.length);
  }
});

Deno.test("CellEnergies adds energy to the cell in which a hit lies", () => {
  const cells = around(2.2, 0.7);
  cells.wafers.forEach((wafer, slot) => {
    const x = wafer.x + 1.3, y = wafer.y - 2.1;
    const place = cells.locate(wafer.layer, x, y);
    assert(place >= 0);
    cells.add(place, 2);
    cells.add(place, 0.5);
    const energies = cells.energiesOf(slot), cell = sensorCellAt(wafer.sensor, 1.3, -2.1);
    assertEquals(energies[cell], 2.5);
    assertEquals(energies.reduce((sum, energy) => sum + energy, 0), 2.5);
  });
});

Deno.test("CellEnergies has no place for hits beyond its reach, and all wafers are within it", () => {
  const cells = around(1.8, -1);
  for (let layer = 0; layer < TRIGGER_LAYERS.length; layer++) {
    const x = cells.axisX[layer], y = cells.axisY[layer], reach = cells.reach[layer];
    assertEquals(cells.locate(layer, x + reach + 0.01, y), -1);
    assertEquals(cells.locate(layer, x, y + 1000), -1);
  }
  for (const { layer, x, y } of cells.wafers) {
    const distance = Math.hypot(x - cells.axisX[layer], y - cells.axisY[layer]);
    assert(distance + 16.74408 / Math.sqrt(3) < cells.reach[layer] + 1e-9);
  }
});

Deno.test("CellEnergies.begin() forgets all energies", () => {
  const cells = around(2, 0);
  cells.add(cells.locate(3, cells.axisX[3], cells.axisY[3]), 7);
  for (const slope of [0.15, 0.25, 0.12]) {
    cells.begin(slope, 0);
    cells.wafers.forEach((_, slot) => assert(cells.energiesOf(slot).every((e) => e === 0)));
    cells.wafers.forEach(({ layer, x, y }) => cells.add(cells.locate(layer, x, y), 1));
  }
});
