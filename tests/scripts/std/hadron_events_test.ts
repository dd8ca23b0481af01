import { assert, assertEquals } from "@std/assert";
import { hadronEvents } from "../../../scripts/std/hadron_events.ts";
import { validateWafers } from "../../../src/datasets/mod.ts";

Deno.test("hadrons leave energy in wafers, and an event depends on its number alone", () => {
  const options = { seed: 1, pileUp: 0 };
  const three = hadronEvents({ ...options, events: 3 });
  validateWafers(three);
  const two = hadronEvents({ ...options, events: 2 });
  assertEquals(two.charges, three.charges.slice(0, two.charges.length));
  const energy = three.columns.sim_energy as Float64Array;
  assert(energy.some((e) => e > 0) && energy.some((e) => e === 0));
  assertEquals(new Set(three.columns.event as Float64Array), new Set([0, 1, 2]));
});

Deno.test("pile-up comes on top of hadrons", () => {
  const occupied = (pileUp: number) =>
    hadronEvents({ seed: 1, events: 1, pileUp }).charges.filter((charge) => charge > 0).length;
  assert(occupied(200) > 2 * occupied(0));
});
