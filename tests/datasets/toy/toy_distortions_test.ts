import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { blurWafers, reconstructWafers } from "../../../src/datasets/toy/toy_distortions.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { waferDistances } from "../../../src/wafer/distances.ts";

const SHOWERS = toyWafers("shower", 1000, 1).charges;
const stream = () => new RandomStream(1, "test");

function rowSums(charges: ArrayLike<number>): number[] {
  const sums: number[] = [];
  for (let i = 0; i < charges.length; i++) sums[Math.floor(i / 48)] = 0;
  for (let i = 0; i < charges.length; i++) sums[Math.floor(i / 48)] += charges[i];
  return sums;
}

/** Mean over all charges of the distance from a given cell, in pitches. */
function meanDistance(charges: Float64Array, from: number): number {
  const distances = waferDistances({ unit: "pitch" });
  const moved = charges.reduce(
    (sum, charge, cell) => sum + charge * distances[from * 48 + cell],
    0,
  );
  return moved / rowSums(charges)[0];
}

Deno.test("blurWafers() keeps the charge of each wafer", () => {
  const blurred = rowSums(blurWafers(SHOWERS, stream()));
  rowSums(SHOWERS).forEach((sum, wafer) => assertAlmostEquals(blurred[wafer], sum, 1e-12 * sum));
});

Deno.test("blurWafers() moves up to half of a charge to one neighbour", () => {
  const distances = waferDistances({ unit: "pitch" });
  const reached = new Set<number>();
  for (let k = 0; k < 300; k++) {
    const blurred = blurWafers(new Float64Array(48).with(28, 10), new RandomStream(1, "test", k));
    assert(blurred[28] >= 5 && blurred[28] < 10);
    const others = [...blurred.keys()].filter((cell) => cell !== 28 && blurred[cell] !== 0);
    assertEquals(others.length, 1);
    reached.add(others[0]);
  }
  const neighbours = [...Array(48).keys()].filter((cell) =>
    cell !== 28 && distances[28 * 48 + cell] < 1.1
  );
  assertEquals([...reached].sort((a, b) => a - b), neighbours);
});

Deno.test("blurWafers() of showers leaves some 25 cells with charge", () => {
  const hit = blurWafers(SHOWERS, stream()).filter((charge) => charge > 0).length / 1000;
  assertAlmostEquals(hit, 25, 1);
});

Deno.test("reconstructWafers() gives charge to all cells, near where it was", () => {
  const wafers = reconstructWafers(SHOWERS, stream());
  assert(wafers.every((charge) => charge > 0 && charge < Infinity));
  const point = new Float64Array(48).with(28, 10);
  assert(meanDistance(reconstructWafers(point, stream()), 28) < 1);
  // Spread evenly, charge would be this far away.
  assert(meanDistance(new Float64Array(48).fill(1), 28) > 2);
});

Deno.test("reconstructWafers() keeps the scale of a wafer", () => {
  const before = rowSums(SHOWERS);
  const after = rowSums(reconstructWafers(SHOWERS, stream()));
  const ratio = after.reduce((sum, total, wafer) => sum + total / before[wafer], 0) / 1000;
  // The means of exp(0.4 g) and of 48 floors of 0.002.
  assertAlmostEquals(ratio, Math.exp(0.4 ** 2 / 2) + 48 * 0.002, 0.03);
});

for (const distort of [blurWafers, reconstructWafers]) {
  Deno.test(`${distort.name}() depends on the stream alone and changes no input`, () => {
    const copy = SHOWERS.slice();
    assertEquals(distort(SHOWERS, stream()), distort(Float32Array.from(SHOWERS), stream()));
    assertEquals(SHOWERS, copy);
    assert(distort(SHOWERS, stream()).join() !== distort(SHOWERS, new RandomStream(2, "x")).join());
  });

  Deno.test(`${distort.name}() leaves an empty wafer empty and refuses half a wafer`, () => {
    assertEquals(distort(new Float64Array(48), stream()), new Float64Array(48));
    assertThrows(() => distort(new Float64Array(24), stream()), TypeError, "current value is 24");
  });
}
