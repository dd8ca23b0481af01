import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import json from "../../data/codecs.json" with { type: "json" };
import { fitSqrtLevels } from "../../src/codecs/sqrt_levels.ts";
import { fitSuperCells } from "../../src/codecs/super_cells.ts";
import { SHIPPED_FITS } from "../../src/codecs/shipped_fits.ts";
import { readDistinctWafers } from "../../scripts/std/distinct_wafers.ts";
import { CELLS, normalise } from "../../src/wafer/mod.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const SAMPLE = new URL("../../data/sample.csv", import.meta.url);

testNeeding(
  [permission({ name: "read", path: SAMPLE })],
  "what is shipped is of the sample",
  async () => {
    const bytes = await crypto.subtle.digest("SHA-256", await Deno.readFile(SAMPLE));
    assertEquals(json.provenance.data, new Uint8Array(bytes).toHex());
    const { charges } = await readDistinctWafers(SAMPLE.pathname, "train");
    fitSqrtLevels(charges, 5)
      .forEach((level, l) => assertAlmostEquals(SHIPPED_FITS.sqrtLevels[3][l], level, 1e-12));
    assertEquals(SHIPPED_FITS.largestPart, fitSuperCells(charges));
    const fractions = normalise(charges, "fraction");
    SHIPPED_FITS.pca.mean.forEach((mean, cell) => {
      let sum = 0;
      for (let i = cell; i < fractions.length; i += CELLS) sum += fractions[i];
      assertAlmostEquals(mean, sum * CELLS / fractions.length, 1e-8);
    });
  },
);

Deno.test("shipped components are orthonormal", () => {
  const { components } = SHIPPED_FITS.pca;
  const row = (k: number) => components.subarray(k * CELLS, (k + 1) * CELLS);
  for (let k = 0; k < 47; k++) {
    for (let l = 0; l <= k; l++) {
      const product = row(k).reduce((sum, x, i) => sum + x * row(l)[i], 0);
      assertAlmostEquals(product, k === l ? 1 : 0, 1e-6);
    }
  }
  assert(SHIPPED_FITS.largestK.every(({ chargeBits }) => chargeBits >= 2 && chargeBits <= 7));
});
