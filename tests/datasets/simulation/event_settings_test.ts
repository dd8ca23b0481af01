import { assertEquals, assertThrows } from "@std/assert";
import { eventSettings } from "../../../src/datasets/simulation/event_settings.ts";

Deno.test("eventSettings() completes settings with those of the published sample", () => {
  assertEquals(eventSettings({ seed: 3, pileUp: undefined, eta: [2, 2] }), {
    seed: 3,
    particle: "electron",
    pT: [2, 35],
    eta: [2, 2],
    pileUp: 200,
    layers: [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27],
  });
});

const WRONG: readonly (readonly [object, string])[] = [
  [{ seed: 0.5 }, "seed must be a safe integer, current value is 0.5"],
  [{ particle: "muon" }, "particle must be electron or photon, current value is muon"],
  [{ pT: [5, 2] }, "pT must be a range of finite numbers > 0, current value is 5 to 2"],
  [{ pT: [0, 2] }, "current value is 0 to 2"],
  [{ pT: { min: 2, max: NaN, power: -1 } }, "current value is 2 to NaN"],
  [{ pT: { min: 2, max: 3, power: NaN } }, "pT.power must be finite"],
  [{ eta: [1, 2] }, "eta must be a range within [1.4, 3.15], current value is 1 to 2"],
  [{ eta: [2, 1.9] }, "current value is 2 to 1.9"],
  [{ eta: [2, 4] }, "current value is 2 to 4"],
  [{ pileUp: -1 }, "pileUp must be finite and >= 0, current value is -1"],
  [{ pileUp: NaN }, "current value is NaN"],
  [{ layers: [5, 6] }, "layers must be among 1, 3, 5"],
  [{ layers: [] }, "layers must be at least one, current value is none"],
];
for (const [settings, message] of WRONG) {
  Deno.test(`eventSettings() refuses ${JSON.stringify(settings)}`, () => {
    assertThrows(() => eventSettings({ seed: 1, ...settings }), RangeError, message);
  });
}
