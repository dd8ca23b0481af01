import { assert, assertEquals } from "@std/assert";
import { CELLS, TRIGGER_CELLS, waferDistances } from "../../src/wafer/mod.ts";
import { cellTowards } from "../../web/cell_steps.ts";
import { CELL_CENTRES } from "../../web/wafer_layout.ts";

const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

Deno.test("arrow keys reach every cell from the first one", () => {
  const reached = new Set([3]);
  for (const cell of reached) KEYS.forEach((key) => reached.add(cellTowards(cell, key)!));
  assertEquals(reached.size, CELLS);
});

Deno.test("an arrow key leads to a neighbour that lies in its direction, or nowhere", () => {
  const distances = waferDistances({ geometry: "low_density", unit: "pitch" });
  for (const { train: cell } of TRIGGER_CELLS) {
    for (const key of KEYS) {
      const next = cellTowards(cell, key)!;
      if (next === cell) continue;
      assert(distances[cell * CELLS + next] < 1.6, `${cell} ${key}`);
      const dx = CELL_CENTRES[next].x - CELL_CENTRES[cell].x;
      const dy = CELL_CENTRES[next].y - CELL_CENTRES[cell].y;
      const ahead = { ArrowLeft: -dx, ArrowRight: dx, ArrowUp: -dy, ArrowDown: dy }[key]!;
      assert(ahead > 0, `${cell} ${key}`);
    }
  }
});

Deno.test("the rightmost cell has nothing to its right, and other keys lead nowhere", () => {
  const rightmost = CELL_CENTRES.reduce(
    (best, { x }, cell) => x > CELL_CENTRES[best].x ? cell : best,
    0,
  );
  assertEquals(cellTowards(rightmost, "ArrowRight"), rightmost);
  assertEquals(cellTowards(rightmost, "Tab"), undefined);
});
