import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import {
  dualPotentialRows,
  scaledDifferences,
} from "../../../src/models/surrogates/dual_potential_rows.ts";
import { trainingPairs } from "../../../src/models/surrogates/training_pairs.ts";
import { CELLS, waferEmdBatch } from "../../../src/wafer/mod.ts";

const WAFERS = toyWafers("shower", 50, 1);

Deno.test("differences have size one, sum zero and their size beside them", async () => {
  const { x, y, count } = await trainingPairs(WAFERS, { seed: 2 }).at(0, 40);
  const { differences, norms } = scaledDifferences(x, y);
  for (let row = 0; row < count; row++) {
    let size = 0, sum = 0;
    for (let k = row * CELLS; k < (row + 1) * CELLS; k++) {
      size += Math.abs(differences[k]);
      sum += differences[k];
      assertAlmostEquals(norms[row] * differences[k], x[k] - y[k], 1e-12);
    }
    assertAlmostEquals(size, 1, 1e-12);
    assertAlmostEquals(norms[row] * sum, 0, 1e-6);
  }
});

Deno.test("equal wafers have a difference of zero", () => {
  const x = new Float64Array(CELLS).fill(1 / CELLS);
  const { differences, norms } = scaledDifferences(x, x.slice());
  assertEquals(norms[0], 0);
  assert(differences.every((q) => q === 0));
});

Deno.test("a pair drawn together by half has the same row, and half the EMD", async () => {
  const { x, y, emd, count } = await trainingPairs(WAFERS, { seed: 3 }).at(0, 20);
  const nearer = Float32Array.from(x, (xk, k) => (xk + y[k]) / 2);
  const half = waferEmdBatch(x, nearer).values;
  const far = dualPotentialRows({ x, y, emd, count });
  const near = dualPotentialRows({ x, y: nearer, emd: half, count });
  assertEquals([far.inputs.length, far.targets.length], [20 * 48, 20 * 49]);
  for (let row = 0; row < count; row++) {
    assertAlmostEquals(half[row] / emd[row], 0.5, 1e-3);
    for (let k = 0; k < CELLS; k++) {
      const q = far.inputs[row * CELLS + k];
      assertAlmostEquals(near.inputs[row * CELLS + k], q, 1e-3);
      assertEquals(far.targets[row * 49 + k], q);
    }
    const label = far.targets[row * 49 + CELLS];
    assertAlmostEquals(near.targets[row * 49 + CELLS] / label, 1, 1e-3);
    // No charge goes less far than to the next cell, nor farther than across the wafer.
    assert(label > 0.9 && label < 6.9);
  }
});
