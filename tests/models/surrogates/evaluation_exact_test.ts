import { assert, assertEquals } from "@std/assert";
import { exactEstimator } from "../../../src/models/surrogates/evaluation_exact.ts";
import { waferEmd } from "../../../src/wafer/mod.ts";
import { showerPairs } from "./_fractions.ts";

Deno.test("exactEstimator() gives exact EMDs, with and without gradient", async () => {
  const { x, y } = showerPairs(20), exact = exactEstimator();
  const values = await exact.value(x, y), { value } = await exact.valueAndGradient(x, y);
  assertEquals(exact.name, "exact");
  for (let pair = 0; pair < 20; pair++) {
    const rows = [x, y].map((rows) => rows.subarray(48 * pair, 48 * pair + 48));
    const expected = waferEmd(rows[0], rows[1]).value;
    assert(Math.abs(values[pair] - expected) <= 1e-12);
    assert(Math.abs(value[pair] - expected) <= 1e-12);
  }
  exact.dispose();
});
