import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { simulate } from "../../src/datasets/simulate.ts";
import { selectWafers, type WaferTable, waferTable } from "../../src/datasets/wafer_table.ts";
import { bestChoiceCodec } from "../../src/trigger/codecs/best_choice_codec.ts";
import { shareCodec } from "../../src/trigger/codecs/share_codec.ts";
import { uncompressedCodec } from "../../src/trigger/codecs/uncompressed_codec.ts";
import { weightedPt } from "../../src/trigger/layer_weights.ts";
import { runTrigger } from "../../src/trigger/run_trigger.ts";
import type { WaferCodec } from "../../src/trigger/types.ts";

const BEAM = { seed: 4, pT: [20, 60], eta: [1.7, 2.8], particle: "photon", pileUp: 0 } as const;
const TABLES = await Array.fromAsync(simulate({ ...BEAM, events: 40, eventsATable: 16 }));

Deno.test("photons without pile-up are found with their energy, in both endcaps", async () => {
  const [sample] = await runTrigger(TABLES, [uncompressedCodec()]);
  assertEquals([sample.count, sample.outcomes.found], [40, 40]);
  weightedPt(sample, new Array(14).fill(1)).forEach((pT, event) => {
    assertAlmostEquals(pT / sample.genPt[event], 0.96, 0.2);
    assertAlmostEquals(sample.eta[event], sample.genEta[event], 0.02);
  });
  const sides = new Set(TABLES.flatMap(({ columns }) => [...columns.zside]));
  assertEquals(sides.size, 2);
});

Deno.test("codecs see the same events, side by side as one by one", async () => {
  const same = shareCodec((charges) => charges, { name: "same", leastCharge: 0 });
  const codecs = [uncompressedCodec(), bestChoiceCodec({ cells: 3 }), same];
  const together = await runTrigger(TABLES, codecs);
  for (const [k, codec] of codecs.entries()) {
    assertEquals([together[k]], await runTrigger(TABLES, [codec]));
    assertEquals(together[k].genPt, together[0].genPt);
  }
  const [all, three, shares] = together.map((sample) => weightedPt(sample, new Array(14).fill(1)));
  all.forEach((pT, event) => {
    assertAlmostEquals(shares[event], pT, 1e-9);
    assert(three[event] < pT);
  });
});

Deno.test("empty wafers are not transmitted, and do not cost", async () => {
  let seen = 0;
  const watching: WaferCodec = {
    name: "watching",
    transmit: (charges) => {
      for (let start = 0; start < charges.length; start += 48, seen++) {
        assert(charges.subarray(start, start + 48).some((charge) => charge > 0));
      }
      return charges;
    },
    bits: (charges) => charges.length / 48,
  };
  const [sample] = await runTrigger(TABLES, [watching]);
  assertEquals(sample.bitsPerWafer, 1);
  const wafers = TABLES.reduce((sum, { count }) => sum + count, 0);
  assert(seen > 0 && seen < wafers);
});

Deno.test("faults are counted, and leave no NaN", async () => {
  const [first] = TABLES;
  const { event } = first.columns as Record<string, Float64Array>;
  const silent = { ...first, charges: new Float64Array(first.charges.length) };
  const { rawCharges: _, ...withoutRaw } = silent;
  const uncompressed = [uncompressedCodec()];
  const [dark] = await runTrigger([withoutRaw], uncompressed, { generated: 20 });
  assertEquals([dark.outcomes.no_charge, dark.outcomes.no_wafer, dark.bitsPerWafer], [16, 4, 0]);

  const equal: WaferTable = { ...withoutRaw, charges: withoutRaw.charges.map(() => 40) };
  const [flat] = await runTrigger([equal], uncompressed);
  const count = Object.values(flat.outcomes).reduce((sum, n) => sum + n, 0);
  assertEquals(count, 16);
  for (const numbers of [flat.eta, flat.layerPt, flat.genPt]) {
    assert(numbers.every(Number.isFinite));
  }

  const [outside] = await runTrigger(TABLES, uncompressed, { eta: [1, 1.5] });
  assertEquals(outside.outcomes.outside_acceptance, 40);
  const one = selectWafers(
    first,
    [...event.keys()].filter((wafer) => event[wafer] === 0).slice(0, 1),
  );
  const [lonely] = await runTrigger([one], uncompressed);
  assertEquals(lonely.count, 1);
  assertEquals(await runTrigger([], uncompressed).then(([{ count }]) => count), 0);
});

Deno.test("events must not reach over into the next table", async () => {
  const [first] = TABLES;
  const half = first.columns.event.indexOf(3 as never) + 2;
  const parts = [[0, half], [half, first.count]].map(([from, to]) =>
    selectWafers(first, Array.from({ length: to - from }, (_, k) => from + k))
  );
  await assertRejects(
    () => runTrigger(parts, [uncompressedCodec()]),
    RangeError,
    "tables must hold whole events, current one begins within event 3",
  );
});

Deno.test("codecs that give wrong charges are named", async () => {
  const wrong = (charges: number[]): WaferCodec => ({
    name: "wrong",
    transmit: () => charges,
    bits: () => 0,
  });
  await assertRejects(() => runTrigger(TABLES, [wrong([1])]), TypeError, "wrong must give");
  const table = waferTable(new Float64Array(48).fill(9), {
    event: Float64Array.of(0),
    layer: Float64Array.of(9),
    waferu: Float64Array.of(4),
    waferv: Float64Array.of(0),
    zside: Float64Array.of(1),
    gen_pt: Float64Array.of(20),
    gen_eta: Float64Array.of(2),
    gen_phi: Float64Array.of(0),
  });
  for (const bad of [NaN, -1, Infinity]) {
    const codec = wrong(new Array(48).fill(bad));
    await assertRejects(() => runTrigger([table], [codec]), RangeError, `current value is ${bad}`);
  }
});
