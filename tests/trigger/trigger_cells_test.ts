import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { SIMULATION } from "../../src/datasets/simulation/constants.ts";
import { simulate } from "../../src/datasets/simulate.ts";
import { type WaferTable, waferTable } from "../../src/datasets/wafer_table.ts";
import { triggerCells } from "../../src/trigger/trigger_cells.ts";

/** One wafer with charge 100 in every cell. */
function wafer(layer: number, u: number, v: number, more = {}): WaferTable {
  return waferTable(new Float64Array(48).fill(100), {
    layer: Float64Array.of(layer),
    waferu: Float64Array.of(u),
    waferv: Float64Array.of(v),
    ...more,
  });
}

Deno.test("triggerCells() places cells around their wafer, at the z of its layer", () => {
  // A neighbour of the beam line's wafer, one pitch along -x for u = 1, v = 0.
  const { x, y, layer } = triggerCells(wafer(9, 4, 0));
  const z = SIMULATION.geometry.layerZ[8];
  assertEquals(layer[0], 4);
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / 48, 0);
  assertAlmostEquals(mean(x) * z, -4 * 16.74408, 0.3);
  assertAlmostEquals(mean(y) * z, 0, 0.3);
  // All cells are within a corner's distance, and not nearer to one another than a pitch or so.
  for (let a = 0; a < 48; a++) {
    assert(Math.hypot(x[a] * z + 4 * 16.74408, y[a] * z) < 16.74408 / Math.sqrt(3));
    for (let b = 0; b < a; b++) assert(Math.hypot(x[a] - x[b], y[a] - y[b]) * z > 2);
  }
});

Deno.test("triggerCells() turns counts into MIP_T", () => {
  const transverse = triggerCells(wafer(9, 4, 0));
  assertAlmostEquals(transverse.charges[7], 100 / 35.1232, 1e-12);
  const table = wafer(9, 4, 0);
  const raw = triggerCells({ ...table, rawCharges: table.charges });
  for (let cell = 0; cell < 48; cell++) {
    const eta = Math.asinh(1 / Math.hypot(raw.x[cell], raw.y[cell]));
    assertAlmostEquals(raw.charges[cell], 100 / 35.1232 / Math.cosh(eta), 1e-12);
  }
});

Deno.test("triggerCells() of simulated wafers agree with their transverse charges and eta", async () => {
  for await (const table of simulate({ seed: 3, events: 2, pileUp: 50 })) {
    const withRaw = triggerCells(table);
    const { rawCharges: _, ...without } = table;
    const { charges } = triggerCells(without);
    const densityFromPlace = triggerCells({
      ...table,
      columns: Object.fromEntries(
        Object.entries(table.columns).filter(([name]) => name !== "density"),
      ),
    });
    // Whole counts, and steps of 1/4096 in the angle.
    let wrong = 0;
    charges.forEach((charge, k) => {
      const exact = withRaw.charges[k];
      const step = table.rawCharges![k] / 4096 / 35.12;
      if (!(charge <= exact + 1e-9 && exact - charge < 1 / 35.12 + step)) wrong++;
      if (densityFromPlace.x[k] !== withRaw.x[k]) wrong++;
    });
    assertEquals(wrong, 0);
  }
});

Deno.test("triggerCells() refuses layers and places that are none", () => {
  assertThrows(() => triggerCells(wafer(8, 4, 0)), RangeError, "current value is 8");
  assertThrows(() => triggerCells(wafer(9, 40, 0)), RangeError, "Cannot place wafer 0: its centre");
  assertThrows(() => triggerCells(waferTable(new Float64Array(48))), TypeError, "column layer");
});
