import { assert, assertEquals, assertThrows } from "@std/assert";
import { toyWafers, waferTable } from "../../../src/datasets/mod.ts";
import { evaluationPairs } from "../../../src/models/surrogates/evaluation_pairs.ts";
import { CELLS, waferEmdBatch } from "../../../src/wafer/mod.ts";

const wafers = toyWafers("shower", 40, 1);
const reconstruct = new Map<string, (charges: Float64Array) => ArrayLike<number>>([
  ["flat", (charges: Float64Array) => new Float32Array(charges.length).fill(3)],
  ["perfect", (charges: Float64Array) => charges.map((charge) => 2 * charge)],
]);

Deno.test("evaluationPairs() lists its kinds, with exact EMDs and gradients of fractions", () => {
  const kinds = evaluationPairs(wafers, { seed: 1, pairs: 30, reconstruct });
  // Pairs of equal wafers are none to judge by: the kind without others is left out.
  assertEquals(kinds.map(({ name }) => name), [
    "random",
    "random, 6 cells",
    "reconstruction (flat)",
    "near",
  ]);
  for (const { x, y, count, exact, gradient } of kinds) {
    assert(count > 20 && count <= 30);
    assertEquals([x.length, y.length, gradient.length], [48 * count, 48 * count, 48 * count]);
    const { values, gradients } = waferEmdBatch(x, y, { gradients: true });
    for (let pair = 0; pair < count; pair++) {
      const sum = x.subarray(48 * pair, 48 * pair + 48).reduce((a, b) => a + b, 0);
      assert(Math.abs(sum - 1) < 1e-12 && exact[pair] > 0 && exact[pair] === values[pair]);
    }
    gradient.forEach((slope, k) => assert(slope === gradients![k]));
  }
  const { x, y, count } = kinds[1];
  for (let row = 0; row < count; row++) {
    for (const rows of [x, y]) {
      const charged = rows.subarray(48 * row, 48 * row + 48).filter((charge) => charge > 0);
      assert(charged.length >= 6);
    }
  }
});

Deno.test("evaluationPairs() reconstructs each wafer once", () => {
  const [pairs] = evaluationPairs(wafers, { seed: 1, pairs: 1000, reconstruct })
    .filter(({ name }) => name === "reconstruction (flat)");
  assertEquals(pairs.count, wafers.count);
  const rows = new Set<string>();
  for (let row = 0; row < pairs.count; row++) {
    rows.add(pairs.x.subarray(row * CELLS, (row + 1) * CELLS).join());
  }
  assertEquals(rows.size, wafers.count);
  assert(pairs.y.every((fraction) => Math.abs(fraction - 1 / CELLS) < 1e-8));
});

Deno.test("evaluationPairs() depends on its seed alone, and leaves out what there is not", () => {
  const draw = (seed: number) => evaluationPairs(wafers, { seed, pairs: 10 })[0].x.join();
  assertEquals(draw(1), draw(1));
  assert(draw(1) !== draw(2));
  const sparse = waferTable(
    Float64Array.from({ length: 4 * CELLS }, (_, k) => k % CELLS === k / CELLS >> 0 ? 5 : 0),
  );
  const names = evaluationPairs(sparse, { seed: 1, pairs: 20 }).map(({ name }) => name);
  assertEquals(names, ["random", "near"]);
  assertThrows(() => evaluationPairs(waferTable(new Float64Array(0)), { seed: 1 }), RangeError);
});
