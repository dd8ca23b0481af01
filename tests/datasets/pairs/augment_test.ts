import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { augmentPairs, augmentWafers, turnWafers } from "../../../src/datasets/pairs/augment.ts";
import { pairedWafers, randomPairs } from "../../../src/datasets/pairs/pairs.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { cellPositions } from "../../../src/wafer/cells.ts";
import { waferEmdBatch } from "../../../src/wafer/emd_batch.ts";
import { applySymmetry, WAFER_SYMMETRIES } from "../../../src/wafer/symmetries.ts";

const SHOWERS = toyWafers("shower", 100, 1);
const PAIRS = pairedWafers(SHOWERS, randomPairs(100, 600, new RandomStream(1, "pairs")));
const stream = (seed = 1) => new RandomStream(seed, "augment");
const row = (charges: Float64Array, k: number) => charges.subarray(k * 48, (k + 1) * 48);

Deno.test("turnWafers() turns each wafer's centre of charge by its own thirds of a turn", () => {
  const positions = cellPositions({ geometry: "low_density" });
  const centre = (charges: Float64Array) =>
    [0, 1].map((axis) =>
      charges.reduce((sum, charge, cell) => sum + charge * positions[2 * cell + axis], 0) /
      charges.reduce((sum, charge) => sum + charge, 0)
    );
  const turns = Uint8Array.from({ length: 100 }, (_, wafer) => wafer % 3);
  const turned = turnWafers(SHOWERS.charges, turns);
  for (let wafer = 0; wafer < 100; wafer++) {
    const [x, y] = centre(row(SHOWERS.charges, wafer));
    const angle = 2 * Math.PI / 3 * turns[wafer];
    const [turnedX, turnedY] = centre(row(turned, wafer));
    assertAlmostEquals(turnedX, x * Math.cos(angle) - y * Math.sin(angle), 1e-9);
    assertAlmostEquals(turnedY, x * Math.sin(angle) + y * Math.cos(angle), 1e-9);
  }
});

Deno.test("turnWafers() refuses other turns and lengths", () => {
  const charges = new Float32Array(2 * 48);
  assertThrows(() => turnWafers(charges, [0, 3]), RangeError, "wafer 1: turns must be 0, 1 or 2");
  assertThrows(() => turnWafers(charges, [0]), TypeError, "current number of charges is 96");
});

Deno.test("augmentWafers() uses the three symmetries equally often, and no input is changed", () => {
  const charges = Float32Array.from({ length: 3000 * 48 }, (_, i) => i % 48);
  const copy = charges.slice();
  const turned = augmentWafers(charges, stream());
  assert(turned instanceof Float32Array);
  assertEquals(charges, copy);
  const times = WAFER_SYMMETRIES.map(() => 0);
  const looks = WAFER_SYMMETRIES.map((turn) => applySymmetry(charges.slice(0, 48), turn).join());
  for (let k = 0; k < 3000; k++) times[looks.indexOf(turned.slice(k * 48, k * 48 + 48).join())]++;
  times.forEach((count) => assertAlmostEquals(count, 1000, 120)); // 4.6 standard deviations
  assertThrows(() => augmentWafers(new Float64Array(50), stream()), TypeError);
});

Deno.test("augmentPairs() changes no EMD", () => {
  const augmented = augmentPairs(PAIRS, stream());
  const before = waferEmdBatch(PAIRS.x, PAIRS.y).values;
  const after = waferEmdBatch(augmented.x, augmented.y).values;
  // Published coordinates are rounded: a turn changes distances by 1e-5.
  before.forEach((emd, pair) => assertAlmostEquals(after[pair], emd, 2e-5));
  const exact = { geometry: "low_density" } as const;
  const exactBefore = waferEmdBatch(PAIRS.x, PAIRS.y, exact).values;
  const exactAfter = waferEmdBatch(augmented.x, augmented.y, exact).values;
  exactBefore.forEach((emd, pair) => assertAlmostEquals(exactAfter[pair], emd, 1e-10));
});

Deno.test("augmentPairs() does to each pair what it says", () => {
  const { x, y, turns, swapped } = augmentPairs(PAIRS, stream());
  for (let pair = 0; pair < PAIRS.count; pair++) {
    const sides = [row(PAIRS.x, pair), row(PAIRS.y, pair)].map((wafer) =>
      applySymmetry(wafer, WAFER_SYMMETRIES[turns[pair]])
    );
    if (swapped[pair]) sides.reverse();
    assertEquals([...row(x, pair), ...row(y, pair)], [...sides[0], ...sides[1]]);
  }
  // Six cases, 100 times each on average; 5 standard deviations.
  for (let turn = 0; turn < 3; turn++) {
    for (const swap of [0, 1]) {
      const times = turns.filter((other, pair) => other === turn && swapped[pair] === swap).length;
      assertAlmostEquals(times, 100, 46);
    }
  }
  assertEquals(augmentPairs(PAIRS, stream()), { ...PAIRS, x, y, turns, swapped });
});

Deno.test("augmentPairs() without swap turns gradients along", () => {
  // Dense wafers: nearly all have one gradient only, so that it can be compared.
  const wafers = toyWafers("dense", 40, 1);
  const pairs = pairedWafers(wafers, randomPairs(40, 30, new RandomStream(2, "pairs")));
  const { x, y, turns, swapped } = augmentPairs(pairs, stream(), { swap: false });
  assert(swapped.every((swap) => swap === 0) && turns.some((turn) => turn > 0));
  const options = { gradients: true, geometry: "low_density" } as const;
  const turned = turnWafers(waferEmdBatch(pairs.x, pairs.y, options).gradients!, turns);
  const { gradients } = waferEmdBatch(x, y, options);
  turned.forEach((slope, i) => assertAlmostEquals(gradients![i], slope, 1e-9));
});
