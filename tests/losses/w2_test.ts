import { assertAlmostEquals } from "@std/assert";
import { w2 } from "../../src/losses/w2.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { emd } from "../../src/transport/emd.ts";
import { cellPositions } from "../../src/wafer/cells.ts";
import { drawPair } from "../_support/histograms.ts";
import { testLossProperties } from "./_properties.ts";

testLossProperties("w2()", w2());
testLossProperties("w2() at high density in cm", w2({ geometry: "high_density", unit: "cm" }));

Deno.test("w2() of a wafer and its shifted copy is the square of the shift", async () => {
  // Two columns of the right rhombus: each charge moves to its neighbour, one pitch away.
  const x = new Float64Array(48), y = new Float64Array(48);
  [0.1, 0.2, 0.3, 0.4].forEach((charge, row) => {
    x[4 * row] = charge;
    y[4 * row + 1] = charge;
  });
  const { value } = await w2({ unit: "pitch" }).valueAndGradient(x, y);
  assertAlmostEquals(value[0], 1, 1e-5);
});

Deno.test("w2() agrees with emd() on squared distances of the cells' positions", async () => {
  const positions = cellPositions();
  const squares = Float64Array.from({ length: 48 * 48 }, (_, k) => {
    const i = 2 * Math.floor(k / 48), j = 2 * (k % 48);
    return (positions[i] - positions[j]) ** 2 + (positions[i + 1] - positions[j + 1]) ** 2;
  });
  for (let trial = 0; trial < 10; trial++) {
    const { x, y } = drawPair("sparse", 48, new RandomStream(81, "w2", trial));
    const { value } = await w2().valueAndGradient(x, y);
    assertAlmostEquals(value[0], emd(x, y, squares).value, 1e-9);
  }
});
