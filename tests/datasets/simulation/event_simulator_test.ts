import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { eventSettings } from "../../../src/datasets/simulation/event_settings.ts";
import { EventSimulator } from "../../../src/datasets/simulation/event_simulator.ts";
import { TRIGGER_LAYERS } from "../../../src/datasets/simulation/layers.ts";

/** The wafers of an event as plain numbers. */
function wafersOf(simulator: EventSimulator, event: number) {
  const wafers: {
    layer: number;
    u: number;
    v: number;
    signal: number;
    energy: number;
    charges: number[];
  }[] = [];
  const particle = simulator.simulate(event, ({ wafer, signalEnergy, energy, charges }) => {
    const { layer, u, v } = wafer;
    wafers.push({ layer, u, v, signal: signalEnergy, energy, charges: [...charges] });
  });
  return { particle, wafers };
}

Deno.test("EventSimulator gives event 17 the same numbers whatever ran before", () => {
  const settings = eventSettings({ seed: 5 });
  const used = new EventSimulator(settings);
  for (const event of [3, 99, 16]) used.simulate(event, () => {});
  assertEquals(wafersOf(used, 17), wafersOf(new EventSimulator(settings), 17));
});

Deno.test("EventSimulator gives other events and seeds other numbers", () => {
  const charges = (seed: number, event: number) =>
    wafersOf(new EventSimulator(eventSettings({ seed })), event).wafers.map((w) => w.charges);
  const some = JSON.stringify(charges(5, 17));
  assert(some !== JSON.stringify(charges(5, 18)));
  assert(some !== JSON.stringify(charges(6, 17)));
});

Deno.test("EventSimulator keeps a particle with and without pile-up", () => {
  const quiet = wafersOf(new EventSimulator(eventSettings({ seed: 5, pileUp: 0 })), 4);
  const loud = wafersOf(new EventSimulator(eventSettings({ seed: 5 })), 4);
  assertEquals(quiet.particle, loud.particle);
  assertEquals(quiet.wafers.map((w) => w.signal), loud.wafers.map((w) => w.signal));
  for (const [k, { signal, energy }] of quiet.wafers.entries()) {
    assertEquals(signal, energy);
    assert(loud.wafers[k].energy >= energy);
  }
});

Deno.test("EventSimulator's choice of layers leaves wafers out and changes none", () => {
  const all = wafersOf(new EventSimulator(eventSettings({ seed: 5 })), 8).wafers;
  const some = wafersOf(new EventSimulator(eventSettings({ seed: 5, layers: [7, 21] })), 8).wafers;
  assertEquals(some, all.filter(({ layer }) => [7, 21].includes(TRIGGER_LAYERS[layer])));
});

Deno.test("EventSimulator finds most of a photon's energy in the wafers around it", () => {
  const simulator = new EventSimulator(
    eventSettings({ seed: 2, particle: "photon", pT: [20, 30], eta: [1.7, 2.8], pileUp: 0 }),
  );
  let ratio = 0;
  for (let event = 0; event < 60; event++) {
    const { particle, wafers } = wafersOf(simulator, event);
    const found = 2 * wafers.reduce((sum, { signal }) => sum + signal, 0);
    ratio += found / particle.energy / 60;
  }
  assertAlmostEquals(ratio, 0.97, 0.04);
});
