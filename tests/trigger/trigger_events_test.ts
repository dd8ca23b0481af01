import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { waferTable } from "../../src/datasets/wafer_table.ts";
import { triggerEvents } from "../../src/trigger/trigger_events.ts";

const column = (...values: number[]) => Float64Array.from(values);

Deno.test("triggerEvents() tells events and endcaps apart", () => {
  const table = waferTable(new Float64Array(6 * 48), {
    event: column(3, 3, 3, 4, 4, 3),
    zside: column(1, 1, -1, -1, -1, -1),
    gen_pt: column(10, 10, 20, 30, 30, 40),
    gen_eta: column(2, 2, -1.8, 2.5, 2.5, 1.7),
    gen_phi: column(0.5, 0.5, 0.5, -0.5, -0.5, 3),
  });
  const events = triggerEvents(table);
  assertEquals(events.map(({ first, end }) => [first, end]), [[0, 2], [2, 3], [3, 5], [5, 6]]);
  assertEquals(events.map(({ particle }) => particle.pT), [10, 20, 30, 40]);
  assertEquals(events.map(({ particle }) => particle.eta), [2, 1.8, 2.5, 1.7]);
  // For z < 0 x has the other sign: cos(phi) changes, sin(phi) does not.
  const expected = [0.5, Math.PI - 0.5, -Math.PI + 0.5, Math.PI - 3];
  events.forEach(({ particle }, k) => assertAlmostEquals(particle.phi, expected[k], 1e-12));
});

Deno.test("triggerEvents() of no wafers are none; without its columns it says which", () => {
  const names = ["event", "zside", "gen_pt", "gen_eta", "gen_phi"];
  const columns = Object.fromEntries(names.map((name) => [name, column()]));
  assertEquals(triggerEvents(waferTable(new Float64Array(0), columns)), []);
  assertThrows(() => triggerEvents(waferTable(new Float64Array(48))), TypeError, "column event");
});
