import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { toyWafers, waferCentre } from "../../../src/datasets/mod.ts";
import { randomTurns } from "../../../src/models/autoencoder/turns.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { cellPositions, waferEmdBatch } from "../../../src/wafer/mod.ts";

const COUNT = 90;

/** Rows of charges and conditions, as inputs with their targets. */
function _batch(charges: ArrayLike<number>, conditions: readonly number[][] = []) {
  const known = conditions[0]?.length ?? 0, size = 48 + known, count = charges.length / 48;
  const inputs = new Float32Array(count * size), targets = Float32Array.from(charges);
  for (let row = 0; row < count; row++) {
    inputs.set(targets.subarray(48 * row, 48 * row + 48), row * size);
    if (known > 0) inputs.set(conditions[row], row * size + 48);
  }
  return { inputs, targets, count };
}

Deno.test("equal turns leave the exact EMD of two wafers as it is", () => {
  const before = [1, 2].map((seed) => Float32Array.from(toyWafers("shower", COUNT, seed).charges));
  const after = before.map((charges) => {
    const batch = _batch(charges);
    randomTurns([])(batch, new RandomStream(4, "turns"));
    assertEquals(batch.inputs, batch.targets);
    return batch.targets;
  });
  const moved = before[0].filter((charge, k) => charge !== after[0][k]).length;
  assert(moved > 48 * COUNT / 4, `${moved} charges moved`);
  const expected = waferEmdBatch(before[0], before[1]).values;
  waferEmdBatch(after[0], after[1]).values.forEach((emd, k) =>
    assertAlmostEquals(emd, expected[k], 1e-4)
  );
});

Deno.test("each third of the wafers stays, turns by 120 and by 240 degrees", () => {
  const charges = new Float32Array(48 * 900);
  for (let row = 0; row < 900; row++) charges[48 * row + 5] = 1;
  const batch = _batch(charges);
  randomTurns([])(batch, new RandomStream(2, "turns"));
  const counts = new Map<number, number>();
  for (let row = 0; row < 900; row++) {
    const cell = batch.targets.subarray(48 * row, 48 * row + 48).indexOf(1);
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  assertEquals([...counts.keys()].sort((a, b) => a - b), [5, 21, 37]);
  for (const count of counts.values()) assert(count > 230 && count < 370, `${count}`);
});

Deno.test("a wafer's place turns about the beam as its cells turn about its centre", () => {
  const places = [[3, 5], [-2, 4], [7, 0], [0, -6], [-4, -9]];
  const rows = Array.from({ length: COUNT }, (_, row) => places[row % places.length]);
  const charges = Float32Array.from({ length: 48 * COUNT }, (_, k) => k % 48 === 11 ? 1 : 0);
  const conditions = ["layer", "waferv", "total", "waferu"] as const;
  const batch = _batch(charges, rows.map(([u, v]) => [0.25, v, 0.75, u]));
  randomTurns(conditions)(batch, new RandomStream(3, "turns"));
  const positions = cellPositions({ geometry: "low_density", unit: "cm" });
  const angle = (x: number, y: number) => Math.atan2(y, x) * 180 / Math.PI;
  const turned = new Set<number>();
  for (let row = 0; row < COUNT; row++) {
    const begin = row * 52, [layer, v, total, u] = batch.inputs.subarray(begin + 48, begin + 52);
    assertEquals([layer, total], [0.25, 0.75]);
    const cell = batch.inputs.subarray(begin, begin + 48).indexOf(1);
    const byCells = angle(positions[2 * cell], positions[2 * cell + 1]) -
      angle(positions[22], positions[23]);
    const [x, y] = waferCentre(u, v), [x0, y0] = waferCentre(rows[row][0], rows[row][1]);
    const byPlace = angle(x, y) - angle(x0, y0);
    assertAlmostEquals(Math.hypot(x, y), Math.hypot(x0, y0), 1e-9);
    const difference = (byPlace - byCells) / 360;
    assertAlmostEquals(difference, Math.round(difference), 1e-9);
    turned.add(Math.round((byCells + 720) % 360));
  }
  assertEquals([...turned].sort((a, b) => a - b), [0, 120, 240]);
});

Deno.test("randomTurns() needs both numbers of a wafer's place, or none", () => {
  for (const one of ["waferu", "waferv"] as const) {
    assertThrows(() => randomTurns(["eta", one]), TypeError, "both waferu and waferv");
  }
});
