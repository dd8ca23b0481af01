import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  CELL_ETAS,
  CHARGE_BIN,
  WaferMeasures,
} from "../../../src/datasets/simulation/measure_wafers.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";

/** A table of wafers from their charges, layers, eta and particle's energies. */
function table(wafers: readonly { charges: number[]; layer: number; eta: number; sim: number }[]) {
  const charges = new Float64Array(48 * wafers.length);
  wafers.forEach((wafer, k) => charges.set(wafer.charges, 48 * k));
  return waferTable(charges, {
    layer: Float64Array.from(wafers, ({ layer }) => layer),
    eta: Float64Array.from(wafers, ({ eta }) => eta),
    sim_energy: Float64Array.from(wafers, ({ sim }) => sim),
  });
}

Deno.test("WaferMeasures averages cells with charge by layers and eta", () => {
  const measures = new WaferMeasures();
  measures.add(table([
    { charges: [1, 2, 3], layer: 1, eta: 2.05, sim: 0 },
    { charges: [9], layer: 3, eta: 1.95, sim: 0 },
    { charges: [9], layer: 3, eta: 2.25, sim: 0 },
    { charges: [1, 1], layer: 21, eta: 2.8, sim: 0 },
    { charges: [1, 1, 1, 1], layer: 17, eta: 2.8, sim: 0 },
  ]));
  const means = measures.meanCells();
  assertEquals(means[0][CELL_ETAS.indexOf(2.0)], 2);
  assertEquals(means[0][CELL_ETAS.indexOf(2.2)], 1);
  assertEquals(means[3][CELL_ETAS.indexOf(2.8)], 2);
});

Deno.test("WaferMeasures weights pile-up wafers by the area for which they stand", () => {
  const measures = new WaferMeasures();
  measures.add(table([
    { charges: [10], layer: 5, eta: 2.0, sim: 0 },
    { charges: [100, 20], layer: 9, eta: 3.0, sim: 0 },
    { charges: [100], layer: 9, eta: 2.0, sim: 0.5 }, // the particle's
    { charges: [100], layer: 13, eta: 2.0, sim: 0 }, // another layer
  ]));
  const area = (eta: number) => Math.cosh(eta) / Math.sinh(eta) ** 3;
  const total = area(2) + area(3);
  const density = measures.chargeSumDensity();
  assertAlmostEquals(density[0], area(2) / total / CHARGE_BIN, 1e-12);
  assertAlmostEquals(density[1], area(3) / total / CHARGE_BIN, 1e-12);
  const shares = measures.cellCountShares();
  assertAlmostEquals(shares[1], area(2) / total, 1e-12);
  assertAlmostEquals(shares[2], area(3) / total, 1e-12);
});

Deno.test("WaferMeasures takes occupancies and leading shares of electron wafers", () => {
  const measures = new WaferMeasures();
  measures.add(table([
    { charges: [40, 36, 35, 1], layer: 5, eta: 1.7, sim: 1 },
    { charges: [50, 30, 20], layer: 7, eta: 1.65, sim: 1.9 },
    { charges: new Array(20).fill(100), layer: 9, eta: 1.71, sim: 9 },
    { charges: [36], layer: 11, eta: 2.95, sim: 0.1 },
  ]));
  const occupancy = measures.occupancy();
  assertEquals([occupancy[0].median, occupancy[9].median], [2, 1]);
  assertAlmostEquals(occupancy[0].eta, 1.67, 1e-12);
  assertEquals(measures.largestOccupancy, 20);
  const [low, middle, high] = measures.leadingShares();
  assertAlmostEquals(low.leading, (40 / 112 + 0.5) / 2, 1e-12);
  assertAlmostEquals(low.three, (111 / 112 + 1) / 2, 1e-12);
  assertEquals([middle.leading, high.leading, high.three], [0, 0.05, 0.15]);
});
