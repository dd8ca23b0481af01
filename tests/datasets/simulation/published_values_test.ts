import { assertAlmostEquals, assertEquals } from "@std/assert";
import { TRIGGER_LAYERS } from "../../../src/datasets/simulation/layers.ts";
import { CELL_ETAS, LAYER_GROUPS } from "../../../src/datasets/simulation/measure_wafers.ts";
import { PUBLISHED } from "../../../src/datasets/simulation/published_values.ts";

Deno.test("published values are consistent with one another", () => {
  const { meanLayer, peakLayer } = PUBLISHED;
  const layerShares: readonly number[] = PUBLISHED.layerShares;
  assertAlmostEquals(layerShares.reduce((sum, share) => sum + share, 0), 1, 0.005);
  const mean = layerShares.reduce((sum, share, k) => sum + share * TRIGGER_LAYERS[k], 0);
  assertAlmostEquals(mean, meanLayer, 0.05);
  assertEquals(TRIGGER_LAYERS[layerShares.indexOf(Math.max(...layerShares))], peakLayer);
});

Deno.test("published numbers of cells have a place for each group and eta", () => {
  assertEquals(PUBLISHED.cells.length, LAYER_GROUPS.length);
  for (const row of PUBLISHED.cells) {
    assertEquals(row.length, CELL_ETAS.length);
    const known = row.filter((cells: number) => Number.isFinite(cells));
    assertEquals(known, known.toSorted((a, b) => a - b));
  }
});
