import { assert, assertAlmostEquals } from "@std/assert";
import { telescopeMse } from "../../src/losses/telescope_mse.ts";
import { waferDistances } from "../../src/wafer/distances.ts";
import { toTrainOrder } from "../../src/wafer/orders.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";
import { testLossProperties } from "./_properties.ts";

for (const weights of ["rule", "table_a1", "published_code"] as const) {
  testLossProperties(`telescopeMse() with ${weights} weights`, telescopeMse({ weights }), {
    degree: 3,
  });
}

Deno.test("telescopeMse() gives the worked values of a unit charge that moves", async () => {
  // From cell, to cell (paper order), value with the rule's weights.
  for (const [from, to, expected] of [[0, 1, 0.1875], [9, 10, 0.25347222], [27, 28, 0.89583333]]) {
    assertAlmostEquals(await _move(from, to), expected, 1e-8);
  }
  assertAlmostEquals(await _move(0, 47), 0.90625, 1e-8);
  assertAlmostEquals(await _move(27, 28, "published_code"), 0.91666667, 1e-8);
});

Deno.test("telescopeMse() gives the worked values of a pair of charge fractions", async () => {
  const fractions = (charge: (i: number) => number) => {
    const charges = Float64Array.from({ length: 48 }, (_, i) => charge(i));
    const sum = charges.reduce((a, b) => a + b);
    return charges.map((c) => c / sum);
  };
  const [x, y] = [fractions((i) => i % 5), fractions((i) => (3 * i + 1) % 7)];
  const value = async (weights: "rule" | "published_code") =>
    (await telescopeMse({ weights }).valueAndGradient(x, y)).value[0];
  assertAlmostEquals(await value("rule"), 2.1615e-4, 1e-8);
  assertAlmostEquals(await value("published_code"), 2.2575e-4, 1e-8);
});

const TABLE = "peer_tables/telescope.json";

testNeeding(
  [referenceData(TABLE)],
  "telescopeMse() equals the published code on real wafers",
  async () => {
    const { cases } = readReferenceJson(TABLE);
    assert(cases.length >= 10);
    const variants = [["rule", "derived"], ["table_a1", "tableA1"], [
      "published_code",
      "code",
    ]] as const;
    for (const { x, y, ...expected } of cases) {
      const sum = x.reduce((a: number, b: number) => a + b);
      const normalised = Float64Array.from(x, (v: number) => v / 2 ** Math.floor(Math.log2(sum)));
      for (const [weights, column] of variants) {
        const { value } = await telescopeMse({ weights }).valueAndGradient(
          normalised,
          Float64Array.from(y),
        );
        const { telescope } = expected[column];
        assertAlmostEquals(value[0], telescope, 1e-9 * telescope);
      }
    }
  },
);

Deno.test("telescopeMse() cannot tell a seam from the width of the wafer", async () => {
  const distances = waferDistances({ order: "paper" });
  assertAlmostEquals(distances[27 * 48 + 28], 1.80278, 1e-5);
  assertAlmostEquals(distances[7 * 48 + 44], 12.13466, 1e-5);
  assertAlmostEquals(await _move(27, 28), await _move(7, 44), 1e-3);
});

async function _move(
  from: number,
  to: number,
  weights: "rule" | "published_code" = "rule",
): Promise<number> {
  const x = new Float64Array(48), y = new Float64Array(48);
  x[from] = y[to] = 1;
  const loss = telescopeMse({ weights });
  return (await loss.valueAndGradient(toTrainOrder(x), toTrainOrder(y))).value[0];
}
