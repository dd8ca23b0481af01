import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";
import { trainingPairs } from "../../../src/models/surrogates/training_pairs.ts";
import { quantiles } from "../../../src/numerics/quantile.ts";
import { waferEmd } from "../../../src/wafer/emd.ts";
import { normalise } from "../../../src/wafer/normalise.ts";
import { WAFER_SYMMETRIES } from "../../../src/wafer/symmetries.ts";

const SHOWERS = toyWafers("shower", 50, 1);

Deno.test("trainingPairs() depend on seed and step alone", async () => {
  const pairs = trainingPairs(SHOWERS, { seed: 3 });
  const later = await pairs.at(7, 12);
  await pairs.at(0, 12);
  assertEquals(await pairs.at(7, 12), later);
  assertEquals(await trainingPairs(SHOWERS, { seed: 3 }).at(7, 12), later);
  for (
    const other of [await pairs.at(8, 12), await trainingPairs(SHOWERS, { seed: 4 }).at(7, 12)]
  ) {
    assert(other.emd.every((emd, k) => emd !== later.emd[k]));
  }
});

Deno.test("trainingPairs() are fractions, labelled with their exact EMDs", async () => {
  for (const count of [1, 2, 3, 41]) {
    const { x, y, emd, count: drawn } = await trainingPairs(SHOWERS, { seed: 1 }).at(2, count);
    assertEquals([drawn, x.length, y.length, emd.length], [count, 48 * count, 48 * count, count]);
    for (let pair = 0; pair < count; pair++) {
      const rows = [x, y].map((wafers) => wafers.subarray(48 * pair, 48 * pair + 48));
      for (const row of rows) assertAlmostEquals(row.reduce((sum, c) => sum + c, 0), 1, 1e-6);
      assertAlmostEquals(emd[pair], waferEmd(rows[0], rows[1]).value, 1e-6);
    }
  }
});

Deno.test("trainingPairs() are random in one half and near in the other, one of four blended", async () => {
  const count = 2000;
  const { emd } = await trainingPairs(SHOWERS, { seed: 1 }).at(0, count);
  const [random] = quantiles(emd.subarray(0, count / 2), [0.5]);
  const near = emd.slice(count / 2);
  const [median] = quantiles(near.filter((_, k) => k % 4 !== 0), [0.5]);
  const [blended] = quantiles(near.filter((_, k) => k % 4 === 0), [0.5]);
  assert(3 * median < random, `near ${median}, random ${random}`);
  assert(1.5 * median < blended && blended < random, `blended ${blended}`);
});

Deno.test("trainingPairs() of random wafers are wafers of the table, turned by the same thirds", async () => {
  const fractions = normalise(SHOWERS.charges, "fraction");
  const { x, y } = await trainingPairs(SHOWERS, { seed: 5 }).at(0, 60);
  const turns = new Set<number>();
  for (let pair = 0; pair < 30; pair++) {
    const fitting = [x, y].map((wafers) => _turnsThatFit(wafers, pair, fractions));
    const common = fitting[0].filter((turn) => fitting[1].includes(turn));
    assertEquals(common.length, 1);
    turns.add(common[0]);
  }
  assertEquals(turns.size, 3);
});

/** The turns that make a wafer of the table of this one. */
function _turnsThatFit(wafers: Float32Array, wafer: number, fractions: Float64Array): number[] {
  return [0, 1, 2].filter((turn) => {
    for (let row = 0; row < fractions.length; row += 48) {
      const isIt = WAFER_SYMMETRIES[turn].every((to, from) =>
        wafers[48 * wafer + to] === Math.fround(fractions[row + from])
      );
      if (isIt) return true;
    }
    return false;
  });
}

Deno.test("trainingPairs() ask a given network for one third of the pairs, in table charges", async () => {
  let asked = 0;
  const { x, y } = await trainingPairs(SHOWERS, {
    seed: 1,
    reconstruct(charges) {
      asked += charges.length / 48;
      assert(charges.some((charge) => charge > 1)); // counts, not fractions
      return Float32Array.from(charges, (_, k) => k % 48 === 7 ? 5 : 0);
    },
  }).at(0, 480);
  assertEquals(asked, 160);
  const single = [7, 23, 39]; // cell 7 and where thirds of a turn take it
  let reconstructed = 0;
  for (let pair = 320; pair < 480; pair++) {
    if (single.some((cell) => x[48 * pair + cell] === 1 || y[48 * pair + cell] === 1)) {
      reconstructed++;
    }
  }
  assertEquals(reconstructed, 120); // the other 40 are blended
});

Deno.test("trainingPairs() never have an EMD of zero", async () => {
  // Half of the table is one wafer on two scales, and the network returns what it gets, or nothing.
  const one = toyWafers("shower", 1, 3).charges;
  const table = waferTable(
    Float64Array.of(...one, ...one.map((charge) => 2 * charge), ...one.toReversed()),
  );
  for (const reconstruct of [(c: Float32Array) => c, (c: Float32Array) => c.map(() => 0)]) {
    const { emd } = await trainingPairs(table, { seed: 1, reconstruct }).at(0, 400);
    assert(emd.every((value) => value > 9e-4), `least is ${Math.min(...emd)}`);
  }
});

Deno.test("trainingPairs() refuse tables that give no pair", async () => {
  const one = new Float64Array(48).fill(1);
  assertThrows(() => trainingPairs(waferTable(one), { seed: 1 }), RangeError, "number is 1");
  const empty = waferTable(Float64Array.of(...one, ...new Float64Array(48)));
  assertThrows(() => trainingPairs(empty, { seed: 1 }), RangeError, "wafer 1: sum of its charges");
  const same = trainingPairs(waferTable(Float64Array.of(...one, ...one)), { seed: 1 });
  await assertRejects(async () => await same.at(0, 4), RangeError, "seem to be the same");
});
