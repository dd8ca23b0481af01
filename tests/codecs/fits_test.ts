import { assertEquals, assertThrows } from "@std/assert";
import { BIT_BUDGETS, fitCodecs } from "../../src/codecs/fits.ts";
import { fitLargestK } from "../../src/codecs/largest_k_fit.ts";
import { fitPca } from "../../src/codecs/pca_model.ts";
import { fitSqrtLevels } from "../../src/codecs/sqrt_levels.ts";
import { fitSuperCells } from "../../src/codecs/super_cells.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

Deno.test("fitCodecs fits each codec to the same wafers", () => {
  const random = new RandomStream(8, "fits");
  const wafers = Float64Array.from({ length: 30 * 48 }, () => random.uniform() ** 5);
  const fits = fitCodecs(wafers);
  assertEquals(BIT_BUDGETS, [3, 5, 7, 9].map((latentBits) => 16 * latentBits));
  assertEquals(
    fits.sqrtLevels.map((levels) => levels.length).join(),
    "2,3,4,5,6,7,8,9,10,11,12,13,14,15,16",
  );
  assertEquals([...Array.from(fits.sqrtLevels[3])], [...fitSqrtLevels(wafers, 5)]);
  assertEquals(fits.largestPart, fitSuperCells(wafers));
  assertEquals(
    fits.largestK,
    BIT_BUDGETS.map((bits) => ({ fromBits: bits, chargeBits: fitLargestK(wafers, bits) })),
  );
  assertEquals([...fits.pca.variances], [...fitPca(wafers).variances]);
  assertThrows(() => fitCodecs(wafers.subarray(0, 48)), RangeError, "at least 2 wafers");
});
