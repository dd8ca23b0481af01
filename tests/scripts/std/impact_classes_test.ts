import { assert, assertEquals, assertRejects } from "@std/assert";
import { drawImpacts, impactClass } from "../../../scripts/std/impact_classes.ts";
import { simulate } from "../../../src/datasets/mod.ts";
import { chargesOf } from "../../../src/datasets/wafer_table.ts";

const LEVELS = { layerGroups: [[7, 9]], subCells: false };

Deno.test("impactClass() names a cell where the charge is, at most one a layer of an event", async () => {
  let same = 0, hits = 0;
  for await (const table of simulate({ seed: 3, events: 30, pileUp: 0, eta: [1.6, 2.1] })) {
    const seen = new Set<string>(),
      { event, layer } = table.columns as Record<string, Float64Array>;
    for (let wafer = 0; wafer < table.count; wafer++) {
      const label = impactClass(table, wafer, LEVELS);
      if (label < 0) continue;
      assert([7, 9].includes(layer[wafer]));
      const place = `${event[wafer]} ${layer[wafer]}`;
      assert(!seen.has(place));
      seen.add(place);
      const charges = chargesOf(table, wafer);
      hits++;
      if (charges.indexOf(Math.max(...charges)) === label) same++;
    }
  }
  assert(hits > 20, `${hits}`);
  // At random it would be one in 48; an impact near a border may light the neighbour more.
  assert(same > 0.5 * hits, `${same} of ${hits}`);
});

Deno.test("impactClass() tells sub-cells of a cell apart, both endcaps alike", async () => {
  const zsides = new Set<number>(), subCells = new Set<number>();
  for await (const table of simulate({ seed: 3, events: 30, pileUp: 0, eta: [1.6, 2.1] })) {
    for (let wafer = 0; wafer < table.count; wafer++) {
      const fine = impactClass(table, wafer, { ...LEVELS, subCells: true });
      assertEquals(fine < 0 ? -1 : fine >> 2, impactClass(table, wafer, LEVELS));
      if (fine < 0) continue;
      subCells.add(fine & 3);
      zsides.add((table.columns.zside as Float64Array)[wafer]);
    }
  }
  assertEquals([subCells.size, zsides.size], [4, 2]);
});

Deno.test("drawImpacts() fills each class on both sides, and the same again", async () => {
  const sample = { ...LEVELS, perClass: { train: 2, test: 1 }, seed: 5 };
  const { train, test } = await drawImpacts(sample);
  const counts = (labels: Uint16Array) =>
    Array.from({ length: 48 }, (_, k) => labels.filter((label) => label === k).length);
  assertEquals(counts(train.labels), Array(48).fill(2));
  assertEquals(counts(test.labels), Array(48).fill(1));
  assertEquals(train.inputs.length, 48 * 96);
  assert(train.inputs.every((x) => x >= 0 && x < 10));
  assertEquals((await drawImpacts(sample)).train.labels, train.labels);
  await assertRejects(() => drawImpacts({ ...sample, layerGroups: [[8]] }), RangeError);
});
