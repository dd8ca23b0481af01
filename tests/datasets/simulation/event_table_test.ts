import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { eventSettings } from "../../../src/datasets/simulation/event_settings.ts";
import {
  EVENT_COLUMNS,
  eventTable,
  simulateEvents,
} from "../../../src/datasets/simulation/event_table.ts";
import { TRIGGER_LAYER_Z, TRIGGER_LAYERS } from "../../../src/datasets/simulation/layers.ts";
import { waferCentre } from "../../../src/datasets/simulation/wafer_lattice.ts";
import { validateWafers } from "../../../src/datasets/wafer_table.ts";
import { cellPositions } from "../../../src/wafer/cells.ts";

const LOW = cellPositions({ geometry: "low_density", unit: "cm" });
const HIGH = cellPositions({ geometry: "high_density", unit: "cm" });
const settings = eventSettings({ seed: 11 });
const table = eventTable(simulateEvents(settings, 30, 6), "electron");

Deno.test("eventTable() is a table of whole events with all columns", () => {
  validateWafers(table);
  assertEquals(Object.keys(table.columns), [...EVENT_COLUMNS, "gen_kind"]);
  const events = [...table.columns.event as Float64Array];
  assertEquals([...new Set(events)], [30, 31, 32, 33, 34, 35]);
  assertEquals(events, events.toSorted((a, b) => a - b));
  assertEquals(new Set(table.columns.gen_kind as string[]), new Set(["electron"]));
  assertEquals(table.rawCharges?.length, table.charges.length);
});

Deno.test("eventTable() places wafers where their numbers say, mirrored at z < 0", () => {
  const { layer, waferu, waferv, zside, eta, phi, gen_eta, gen_phi } = table.columns as Record<
    string,
    Float64Array
  >;
  assertEquals(new Set(zside), new Set([-1, 1]));
  for (let wafer = 0; wafer < table.count; wafer++) {
    const [x, y] = waferCentre(waferu[wafer], waferv[wafer]);
    const z = TRIGGER_LAYER_Z[TRIGGER_LAYERS.indexOf(layer[wafer])], r = Math.hypot(x, y);
    assertAlmostEquals(z / r, Math.sinh(eta[wafer]), 1e-9);
    assertAlmostEquals(r * Math.cos(phi[wafer]), zside[wafer] * x, 1e-9);
    assertAlmostEquals(r * Math.sin(phi[wafer]), y, 1e-9);
    // In the particle's own endcap: near its axis.
    const rho = z / Math.sinh(gen_eta[wafer]);
    const distance = Math.hypot(
      r * Math.cos(phi[wafer]) - rho * Math.cos(gen_phi[wafer]),
      r * Math.sin(phi[wafer]) - rho * Math.sin(gen_phi[wafer]),
    );
    assert(distance < 0.03 * z + 9.7);
  }
});

Deno.test("eventTable()'s charges are raw charges over cosh(eta) of each cell, in whole counts", () => {
  const raw = table.rawCharges!;
  const { layer, waferu, waferv, density } = table.columns as Record<string, Float64Array>;
  const positions = [LOW, HIGH];
  let seen = 0;
  table.charges.forEach((charge, k) => {
    const wafer = Math.floor(k / 48), cell = k % 48;
    const [centreX, centreY] = waferCentre(waferu[wafer], waferv[wafer]);
    const around = positions[density[wafer]];
    const z = TRIGGER_LAYER_Z[TRIGGER_LAYERS.indexOf(layer[wafer])];
    const radius = Math.hypot(centreX + around[2 * cell], centreY + around[2 * cell + 1]);
    const steps = Math.floor(4096 / Math.cosh(Math.asinh(z / radius)));
    assertEquals(charge, Math.floor(raw[k] * steps / 4096));
    if (charge > 0) seen++;
  });
  assert(seen > 1000);
});

Deno.test("eventTable()'s signal_share is a share, 0 where the particle left nothing", () => {
  const { signal_share, sim_energy, gen_pt, gen_eta, gen_energy } = table.columns as Record<
    string,
    Float64Array
  >;
  for (let wafer = 0; wafer < table.count; wafer++) {
    assert(signal_share[wafer] >= 0 && signal_share[wafer] <= 1);
    assertEquals(signal_share[wafer] === 0, sim_energy[wafer] === 0);
    assertAlmostEquals(gen_energy[wafer] / gen_pt[wafer], Math.cosh(gen_eta[wafer]), 1e-9);
  }
  assert(signal_share.some((share) => share > 0.5) && signal_share.some((share) => share === 0));
});
