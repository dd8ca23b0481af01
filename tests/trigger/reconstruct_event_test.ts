import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  EVENT_OUTCOMES,
  type EventCuts,
  EventReconstruction,
  isAccepted,
} from "../../src/trigger/reconstruct_event.ts";
import type { TriggerCells } from "../../src/trigger/types.ts";

const SLOPE = 1 / Math.sinh(2);

/** Wafers of which each has all its cells at one place. */
function wafers(...list: [x: number, y: number, chargeOfEach: number][]): TriggerCells {
  const each = (pick: number) =>
    Float64Array.from(list.flatMap((wafer) => Array(48).fill(wafer[pick])));
  const layer = Uint8Array.from(list, (_, index) => index % 14);
  return { count: list.length, x: each(0), y: each(1), charges: each(2), layer };
}

function outcome(cells: TriggerCells, particle = {}, cuts?: EventCuts) {
  const event = {
    event: 0,
    first: 0,
    end: cells.count,
    particle: { pT: 30, eta: 2, phi: 0, ...particle },
  };
  return new EventReconstruction(cuts).reconstruct(event, cells, cells.charges);
}

Deno.test("an event with one hot place is found there", () => {
  const { outcome: found, cluster } = outcome(wafers([SLOPE, 0, 10], [SLOPE, 0, 5]));
  assertEquals(found, "found");
  assertAlmostEquals(cluster!.pT, 48 * 15 * 0.0284, 1e-9);
  assertAlmostEquals(cluster!.eta, 2, 1e-9);
  assertAlmostEquals(cluster!.layerPt[0], 2 * cluster!.layerPt[1], 1e-9);
});

Deno.test("each fault has its name", () => {
  const hot = wafers([SLOPE, 0, 10]);
  assertEquals(outcome(wafers()).outcome, "no_wafer");
  assertEquals(outcome(wafers([SLOPE, 0, 0])).outcome, "no_charge");
  assertEquals(outcome(wafers([SLOPE, 0, 0.1])).outcome, "no_seed");
  assertEquals(outcome(wafers([SLOPE, 0.1, 10])).outcome, "no_match");
  assertEquals(outcome(wafers([SLOPE, 0, 1])).outcome, "soft_cluster");
  assertEquals(outcome(hot, { eta: 1.5 }).outcome, "outside_acceptance");
  assertEquals(outcome(hot, { pT: 4.9 }).outcome, "outside_acceptance");
  assertEquals(outcome(hot, { eta: NaN }).outcome, "outside_acceptance");
  assertEquals(outcome(hot, {}, { leastClusterPt: 20 }).outcome, "soft_cluster");
  assertEquals(outcome(hot).outcome, "found");
  for (const name of ["no_wafer", "no_charge", "no_seed", "no_match"] as const) {
    assert(EVENT_OUTCOMES.includes(name));
  }
});

Deno.test("cells that are all equal give clusters of finite numbers", () => {
  const list: [number, number, number][] = [];
  for (let i = -4; i <= 4; i++) {
    for (let j = -4; j <= 4; j++) list.push([SLOPE + 0.006 * i, 0.006 * j, 0.3]);
  }
  const { outcome: found, cluster } = outcome(wafers(...list), { eta: 1.98 });
  assertEquals(found, "found");
  assert([cluster!.pT, cluster!.eta, cluster!.phi, ...cluster!.layerPt].every(Number.isFinite));
});

Deno.test("an event is the same after any other", () => {
  const one = wafers([SLOPE, 0, 10], [SLOPE + 0.004, 0.002, 3]);
  const other = wafers(...Array.from({ length: 200 }, (_, k): [number, number, number] => {
    return [SLOPE + 0.0001 * k, 0.00007 * k, 1 + k % 3];
  }));
  const reconstruction = new EventReconstruction();
  const of = (cells: TriggerCells) => {
    const particle = { pT: 30, eta: 2, phi: 0 };
    return reconstruction.reconstruct(
      { event: 0, first: 0, end: cells.count, particle },
      cells,
      cells.charges,
    );
  };
  const first = of(one);
  of(other);
  assertEquals(of(one), first);
  assertEquals(outcome(one), first);
});

Deno.test("only the rows of an event count", () => {
  const cells = wafers([SLOPE, 0, 5], [SLOPE, 0, 10], [SLOPE, 0, 7]);
  const event = { event: 0, first: 1, end: 2, particle: { pT: 30, eta: 2, phi: 0 } };
  const { cluster } = new EventReconstruction().reconstruct(event, cells, cells.charges);
  assertAlmostEquals(cluster!.pT, 48 * 10 * 0.0284, 1e-9);
});

Deno.test("isAccepted() takes the lower edge, not the upper one", () => {
  const at = (eta: number, pT = 10) => isAccepted({ eta, pT });
  assertEquals([at(1.6), at(2.9), at(1.599), at(2.899), at(2, 5), at(2, 4.99)], [
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});
