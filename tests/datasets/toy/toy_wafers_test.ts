import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { readWafers } from "../../../src/datasets/files_deno.ts";
import { DEGENERATE_FAMILIES } from "../../../src/datasets/toy/toy_degenerate.ts";
import { type ToyKind, toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import {
  chargesOf,
  concatenateWafers,
  type WaferTable,
} from "../../../src/datasets/wafer_table.ts";
import { quantiles } from "../../../src/numerics/quantile.ts";
import { waferDistances } from "../../../src/wafer/distances.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";

const KINDS: readonly ToyKind[] = ["shower", "dense", "degenerate"];

/** Number of cells with charge, sum and share of the leading cell, of each wafer. */
function summary(table: WaferTable): { hit: number[]; sum: number[]; leading: number[] } {
  const wafers = Array.from({ length: table.count }, (_, wafer) => [...chargesOf(table, wafer)]);
  const sum = wafers.map((charges) => charges.reduce((total, charge) => total + charge, 0));
  return {
    hit: wafers.map((charges) => charges.filter((charge) => charge > 0).length),
    sum,
    leading: wafers.map((charges, wafer) => Math.max(...charges) / sum[wafer]),
  };
}

Deno.test("toyWafers() depends on kind, seed and the wafer's number alone", () => {
  for (const kind of KINDS) {
    const many = toyWafers(kind, 30, 7);
    const few = toyWafers(kind, 11, 7);
    assertEquals(few.count, 11);
    assertEquals(few.charges, many.charges.slice(0, 11 * 48));
    assert(toyWafers(kind, 30, 8).charges.join() !== many.charges.join());
  }
});

Deno.test("toyWafers() makes no empty wafers", () => {
  for (const kind of KINDS) {
    const { sum } = summary(toyWafers(kind, 3000, 1));
    assert(sum.every((total) => total > 0), kind);
  }
});

Deno.test("toyWafers() showers are integer counts in some of the cells", () => {
  const table = toyWafers("shower", 3000, 1);
  assert(table.charges.every(Number.isInteger));
  const { hit } = summary(table);
  assertAlmostEquals(hit.reduce((total, n) => total + n) / hit.length, 18.5, 1);
});

Deno.test("toyWafers() showers are compact: charge falls with the distance from the leading cell", () => {
  const table = toyWafers("shower", 3000, 2);
  const distances = waferDistances({ unit: "pitch" });
  const charge = new Float64Array(3);
  const cells = new Float64Array(3);
  for (let wafer = 0; wafer < table.count; wafer++) {
    const charges = chargesOf(table, wafer);
    const leading = charges.indexOf(Math.max(...charges));
    charges.forEach((value, cell) => {
      const ring = [0.1, 1.1, Infinity].findIndex((end) => distances[leading * 48 + cell] < end);
      charge[ring] += value;
      cells[ring]++;
    });
  }
  const [leading, next, far] = charge.map((sum, ring) => sum / cells[ring]);
  assert(leading > 5 * next && next > 1.3 * far, `${leading} ${next} ${far}`);
});

Deno.test("toyWafers() showers come in all places alike", () => {
  const table = toyWafers("shower", 3000, 3);
  const leads = new Float64Array(48);
  for (let wafer = 0; wafer < table.count; wafer++) {
    const charges = chargesOf(table, wafer);
    leads[charges.indexOf(Math.max(...charges))]++;
  }
  // 62.5 on average, a little less at the edge.
  assert(leads.every((n) => n > 30 && n < 110), leads.join());
});

testNeeding(
  [referenceData("wafers/dense.csv")],
  "toyWafers() showers are spread like simulated wafers in high pile-up",
  async () => {
    const file = new URL("wafers/dense.csv", REFERENCE_DATA);
    const simulated = summary(concatenateWafers(await Array.fromAsync(readWafers(file))));
    const toy = summary(toyWafers("shower", 4000, 1));
    const probabilities = [0.16, 0.5, 0.84];
    for (const key of ["hit", "sum", "leading"] as const) {
      const wanted = quantiles(simulated[key], probabilities);
      const found = quantiles(toy[key], probabilities);
      found.forEach((value, k) => {
        const ratio = value / wanted[k];
        assert(ratio > 0.75 && ratio < 1.33, `${key} at ${probabilities[k]}: ratio ${ratio}`);
      });
    }
  },
);

Deno.test("toyWafers() dense wafers have charge in all cells", () => {
  const { charges } = toyWafers("dense", 500, 1);
  assert(charges.every((charge) => charge > 0 && charge <= 1));
  assertAlmostEquals(charges.reduce((sum, charge) => sum + charge) / charges.length, 0.5, 0.01);
});

Deno.test("toyWafers() degenerate wafers go through the families pair by pair", () => {
  const n = DEGENERATE_FAMILIES.length;
  const { family } = toyWafers("degenerate", 4 * n + 1, 1).columns;
  assertEquals(
    family,
    [...DEGENERATE_FAMILIES, ...DEGENERATE_FAMILIES].flatMap((name) => [name, name])
      .concat(DEGENERATE_FAMILIES[0]),
  );
});

Deno.test("toyWafers() refuses impossible numbers and kinds", () => {
  for (const count of [-1, 1.5, NaN]) {
    assertThrows(() => toyWafers("dense", count, 1), RangeError, `current value is ${count}`);
  }
  assertThrows(() => toyWafers("dense", 1, 0.5), RangeError, "seed must be a safe integer");
  assertThrows(() => toyWafers("jet" as "dense", 1, 1), RangeError, "current value is jet");
  assertEquals(toyWafers("dense", 0, 1).charges.length, 0);
});
