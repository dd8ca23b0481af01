import { assert, assertEquals, assertRejects } from "@std/assert";
import { toyWafers, waferTable } from "../../../src/datasets/mod.ts";
import { closedFormPairs } from "../../../src/models/surrogates/closed_form_pairs.ts";
import { CELLS, waferEmdBatch } from "../../../src/wafer/mod.ts";

const wafers = toyWafers("shower", 60, 1);

Deno.test("closedFormPairs() draws three kinds of pairs with their exact EMDs", async () => {
  const kinds = await closedFormPairs(wafers, { seed: 1, pairs: 200 });
  const means = kinds.map(({ pairs }) =>
    pairs.emd.reduce((sum, emd) => sum + emd, 0) / pairs.count
  );
  const [random, reconstruction, near] = means;
  assert(random > 2 * reconstruction && random > 2 * near, `means ${means}`);
  for (const { pairs, weight } of kinds) {
    const { x, y, emd, count } = pairs;
    assert(weight > 0);
    assert(count > 150 && count <= 200);
    assertEquals([x.length, y.length, emd.length], [count * CELLS, count * CELLS, count]);
    const exact = waferEmdBatch(x, y).values;
    emd.forEach((value, pair) => assert(value === exact[pair] && value > 0));
    for (let row = 0; row < count; row++) {
      const sum = y.subarray(row * CELLS, (row + 1) * CELLS).reduce((a, b) => a + b, 0);
      assert(Math.abs(sum - 1) < 1e-6);
    }
  }
});

Deno.test("closedFormPairs() depends on its seed alone, and takes reconstructions", async () => {
  const options = { seed: 3, pairs: 40 };
  const one = await closedFormPairs(wafers, options), same = await closedFormPairs(wafers, options);
  one.forEach(({ pairs }, k) => pairs.x.forEach((v, i) => assert(v === same[k].pairs.x[i])));
  const other = await closedFormPairs(wafers, { ...options, seed: 4 });
  assert(one[0].pairs.x.some((v, i) => v !== other[0].pairs.x[i]));
  let seen = 0;
  const flat = await closedFormPairs(wafers, {
    ...options,
    reconstruct: (charges) => {
      seen = charges.length;
      return new Float32Array(charges.length).fill(7);
    },
  });
  assertEquals(seen, 40 * CELLS);
  assert(flat[1].pairs.y.every((fraction) => Math.abs(fraction - 1 / CELLS) < 1e-8));
});

Deno.test("closedFormPairs() refuses what cannot be paired", async () => {
  const one = waferTable(new Float64Array(CELLS).fill(1));
  await assertRejects(() => closedFormPairs(one, { seed: 1 }), RangeError, "number of wafers");
  const empty = waferTable(new Float64Array(4 * CELLS));
  await assertRejects(() => closedFormPairs(empty, { seed: 1 }), RangeError, "has no charge");
});
