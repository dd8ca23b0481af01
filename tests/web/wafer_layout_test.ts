import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { CELLS, waferDistances } from "../../src/wafer/mod.ts";
import { CELL_CENTRES, cellHexagon, OUTLINE, PITCH, VIEW_BOX } from "../../web/wafer_layout.ts";

Deno.test("cells are as far apart as on the wafer", () => {
  const distances = waferDistances({ geometry: "low_density", unit: "pitch" });
  for (let i = 0; i < CELLS; i++) {
    const { x, y } = CELL_CENTRES[i];
    const drawn = Math.hypot(x - CELL_CENTRES[0].x, y - CELL_CENTRES[0].y);
    assertAlmostEquals(drawn, PITCH * distances[i], 1e-9);
  }
});

Deno.test("hexagons lie within the picture, and each around its own centre", () => {
  const { x, y, width, height } = VIEW_BOX;
  const all = [OUTLINE, ...Array.from({ length: CELLS }, (_, cell) => cellHexagon(cell))];
  for (const points of all) {
    for (const point of points.split(" ")) {
      const [px, py] = point.split(",").map(Number);
      assert(px >= x && px <= x + width && py >= y && py <= y + height, point);
    }
  }
  all.slice(1).forEach((points, cell) => {
    const xs = points.split(" ").map((point) => Number(point.split(",")[0]));
    assertAlmostEquals(xs.reduce((a, b) => a + b) / 6, CELL_CENTRES[cell].x, 0.01);
  });
  assertEquals(OUTLINE.split(" ").length, 6);
});
