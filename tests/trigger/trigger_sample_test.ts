import { assert, assertEquals } from "@std/assert";
import { TriggerSampleBuilder } from "../../src/trigger/trigger_sample.ts";

Deno.test("a sample keeps what became of each event, however many there are", () => {
  const builder = new TriggerSampleBuilder("test");
  const count = 3000;
  for (let k = 0; k < count; k++) {
    const particle = { pT: k, eta: 2 + k / 1e4, phi: 0 };
    const event = { event: k, first: 0, end: 1, particle };
    const layerPt = new Float64Array(14).fill(k);
    const cluster = { pT: 14 * k, eta: 1 + k, phi: 0, layerPt };
    builder.add(event, k % 3 === 0 ? { outcome: "no_seed" } : { outcome: "found", cluster });
  }
  builder.addBits(300, 2);
  builder.addBits(100, 2);
  const sample = builder.sample(count + 7);
  assertEquals([sample.count, sample.codec, sample.bitsPerWafer], [count, "test", 100]);
  assertEquals(sample.outcomes, {
    found: 2000,
    outside_acceptance: 0,
    no_wafer: 7,
    no_charge: 0,
    no_seed: 1000,
    no_match: 0,
    soft_cluster: 0,
  });
  const wrong = Array.from(sample.genPt.keys()).filter((k) => {
    const isFound = k % 3 !== 0;
    return !(sample.genPt[k] === k && sample.genEta[k] === 2 + k / 1e4 &&
      (sample.outcome[k] === 0) === isFound && sample.eta[k] === (isFound ? 1 + k : 0) &&
      sample.layerPt[14 * k + 13] === (isFound ? k : 0));
  });
  assertEquals(wrong, []);
});

Deno.test("a sample without events has no NaN", () => {
  const sample = new TriggerSampleBuilder("none").sample();
  assertEquals([sample.count, sample.bitsPerWafer, sample.layerPt.length], [0, 0, 0]);
  assert(Object.values(sample.outcomes).every((count) => count === 0));
});
