import { assert, assertEquals } from "@std/assert";
import {
  chargedRows,
  chargesAt,
  clearRows,
  numberColumns,
  outlookWafers,
  pileUpRows,
  splitByEvent,
  superposed,
} from "../../../scripts/std/outlook_wafers.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";

Deno.test("wafers amid pile-up and without are those of the same electrons", async () => {
  const { amid, clean, photons, hadrons } = await outlookWafers(3, 1);
  for (const name of ["event", "layer", "sim_energy"] as const) {
    assertEquals(numberColumns(amid)[name], numberColumns(clean)[name]);
  }
  const sum = (charges: Float64Array) => charges.reduce((a, b) => a + b);
  assert(sum(amid.charges) > sum(clean.charges));
  assertEquals(numberColumns(photons).event[0], 3);
  assert(hadrons.count > 0);

  const clear = clearRows(amid), pileUp = pileUpRows(amid);
  const { sim_energy, layer } = numberColumns(amid);
  assert(clear.length > 0 && clear.every((row) => sim_energy[row] > 1 && layer[row] >= 5));
  assert(pileUp.length > 0 && pileUp.every((row) => sim_energy[row] === 0 && layer[row] <= 13));
});

Deno.test("a split keeps events whole and depends on events alone", () => {
  const event = Float64Array.from({ length: 300 }, (_, row) => Math.floor(row / 3));
  const table = waferTable(new Float64Array(300 * 48).fill(1), { event });
  const rows = chargedRows(table);
  assertEquals(rows.length, 300);
  const { train, test } = splitByEvent(table, rows, 1);
  assertEquals([...train, ...test].sort((a, b) => a - b), rows);
  const inTrain = new Set(train.map((row) => event[row]));
  assert(test.every((row) => !inTrain.has(event[row])));
  assert(train.length > 170 && train.length < 250, `${train.length}`);
  assertEquals(splitByEvent(table, rows.slice(0, 30), 1).train, train.filter((row) => row < 30));
});

Deno.test("superposed wafers are sums", () => {
  const charges = Float64Array.from({ length: 2 * 48 }, (_, k) => k);
  const added = waferTable(new Float64Array(3 * 48).fill(7));
  const sums = superposed(waferTable(charges), added, new RandomStream(1, "others"));
  assertEquals(sums.charges, charges.map((charge) => charge + 7));
  assertEquals(chargesAt(sums, [1]).charges, charges.slice(48).map((charge) => charge + 7));
});
