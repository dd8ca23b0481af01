import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { waferEmd } from "../../src/wafer/mod.ts";
import { asCounts, blurred, movedByACell, oneHit, pileUp, shower } from "../../web/presets.ts";

const sum = (wafer: Float64Array) => wafer.reduce((a, b) => a + b);

Deno.test("presets are 48 whole counts, the same for the same seed", () => {
  for (const make of [oneHit, pileUp, shower]) {
    for (let seed = 0; seed < 50; seed++) {
      const wafer = make(seed);
      assertEquals(wafer.length, 48);
      assert(wafer.every((charge) => Number.isInteger(charge) && charge >= 0));
      assert(sum(wafer) > 0, `${make.name} of seed ${seed} is empty`);
      assertEquals(make(seed), wafer);
    }
    assert(sum(shower(1).map((charge, k) => Math.abs(charge - shower(2)[k]))) > 0);
  }
  assertEquals(oneHit(3).filter((charge) => charge > 0).length, 1);
});

Deno.test("a shower is more compact than pile-up", () => {
  const largestShare = (wafer: Float64Array) => Math.max(...wafer) / sum(wafer);
  const mean = (make: (seed: number) => Float64Array) =>
    Array.from({ length: 40 }, (_, seed) => largestShare(make(seed))).reduce((a, b) => a + b) / 40;
  assert(mean(shower) > 2 * mean(pileUp));
});

Deno.test("moving keeps the charge, and is no farther than the steps that were made", () => {
  for (let seed = 0; seed < 20; seed++) {
    const wafer = shower(seed), moved = movedByACell(wafer);
    assertEquals(sum(moved), sum(wafer));
    const { value } = waferEmd(wafer, moved);
    assert(value > 0 && value <= 2 * 1.6, `${value}`);
  }
});

Deno.test("blurring keeps about the charge and moves it a little", () => {
  const wafer = shower(3), spread = blurred(wafer, 1);
  assertAlmostEquals(sum(spread), sum(wafer), 48);
  const { value } = waferEmd(wafer, spread);
  assert(value > 0 && value < 2);
});

Deno.test("fractions become counts of the wafer that they stand for", () => {
  const wafer = pileUp(4), fractions = wafer.map((charge) => charge / sum(wafer));
  assertEquals(asCounts(fractions, wafer), wafer);
});
