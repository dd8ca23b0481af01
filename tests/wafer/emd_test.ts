import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { certify } from "../../src/transport/certify.ts";
import { waferDistances } from "../../src/wafer/distances.ts";
import { waferEmd } from "../../src/wafer/emd.ts";
import { asPaper, toPaperOrder } from "../../src/wafer/orders.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";
import { readReferenceJson, referenceData, testNeeding } from "../_support/skips.ts";

const POT_TABLE = "peer_tables/emd2_real_wafers.json";

testNeeding([referenceData(POT_TABLE)], "waferEmd() equals POT on 240 pairs of real wafers", () => {
  const { cases } = readReferenceJson(POT_TABLE);
  assertEquals(cases.length, 240);
  let worst = 0;
  for (const { x, y, emd2: expected } of cases) {
    worst = Math.max(worst, Math.abs(waferEmd(x, y).value - expected) / expected);
  }
  assert(worst <= 1e-9, `the largest relative difference is ${worst}`);
});

Deno.test("waferEmd() gives worked values", () => {
  // Solved with HiGHS and with POT.
  const x = Float64Array.from({ length: 48 }, (_, i) => i % 5);
  const y = Float64Array.from({ length: 48 }, (_, i) => (3 * i + 1) % 7);
  assertAlmostEquals(waferEmd(x, y).value, 0.89099527, 1e-8);
  const one = new Float64Array(48);
  one[0] = 1;
  assertAlmostEquals(waferEmd(one, new Float64Array(48).fill(1)).value, 7.44086721, 1e-8);
});

Deno.test("waferEmd() between single cells is their distance, in each unit and geometry", () => {
  for (const unit of ["half_pitch", "pitch", "cm"] as const) {
    for (const geometry of ["published", "low_density", "high_density"] as const) {
      const distances = waferDistances({ unit, geometry });
      for (const [i, j] of [[0, 1], [12, 44], [3, 31], [7, 7]]) {
        const x = new Float64Array(48), y = new Float64Array(48);
        x[i] = 5;
        y[j] = 0.1;
        assertAlmostEquals(waferEmd(x, y, { unit, geometry }).value, distances[i * 48 + j], 1e-12);
      }
    }
  }
});

Deno.test("waferEmd() proves itself: plan, potential and flows agree", () => {
  const distances = waferDistances();
  for (const kind of Object.keys(PAIR_KINDS)) {
    for (let pair = 0; pair < 20; pair++) {
      const { x, y } = drawPair(kind, 48, new RandomStream(31, kind, pair));
      const result = waferEmd(x, y);
      assert(certify(result).optimal, kind);
      const { value, potential, flows } = result;
      let dual = 0;
      for (let k = 0; k < 48; k++) dual += potential[k] * (x[k] - y[k]);
      assertAlmostEquals(dual, value, 1e-12);
      const cost = flows.reduce(
        (sum, { from, to, mass }) => sum + mass * distances[from * 48 + to],
        0,
      );
      assertAlmostEquals(cost, value, 1e-12);
      assert(flows.every(({ from, to, mass }) => from !== to && mass > 0));
    }
  }
});

Deno.test("waferEmd() is a metric that ignores scale", () => {
  for (let trial = 0; trial < 100; trial++) {
    const { x, y } = drawPair("sparse", 48, new RandomStream(32, "xy", trial));
    const { x: z } = drawPair("sparse", 48, new RandomStream(32, "z", trial));
    const xy = waferEmd(x, y).value;
    assertAlmostEquals(waferEmd(y, x).value, xy, 1e-12);
    assertAlmostEquals(waferEmd(x.map((v) => 10 * v), y.map((v) => v / 3)).value, xy, 1e-12);
    assertAlmostEquals(waferEmd(x, x.map((v) => 7 * v)).value, 0, 1e-14);
    assert(xy <= waferEmd(x, z).value + waferEmd(z, y).value + 1e-12);
  }
});

Deno.test("waferEmd() of an array in paper order is told so, by its type and by the option", () => {
  const { x, y } = drawPair("dense", 48, new RandomStream(33, "order"));
  const paperX = toPaperOrder(x), paperY = asPaper(toPaperOrder(y));
  assertAlmostEquals(
    waferEmd(paperX, paperY, { order: "paper" }).value,
    waferEmd(x, y).value,
    1e-12,
  );
  // @ts-expect-error: arrays in paper order are not taken for train order
  const wrong = waferEmd(paperX, paperY).value;
  assert(Math.abs(wrong - waferEmd(x, y).value) > 1e-3);
});

Deno.test("waferEmd() refuses bad wafers, naming cell and value", () => {
  const good = new Float64Array(48).fill(1);
  const withCell3 = (charge: number) => good.with(3, charge);
  for (const bad of [-2, NaN]) {
    assertThrows(
      () => waferEmd(good, withCell3(bad)),
      RangeError,
      `Cannot compute EMD of second wafer: charge of cell 3 must be >= 0, current value is ${bad}`,
    );
  }
  assertThrows(
    () => waferEmd(withCell3(Infinity), good),
    RangeError,
    "Cannot compute EMD of first wafer: charge of cell 3 must be finite, current value is Infinity",
  );
  assertThrows(
    () => waferEmd(good, new Float64Array(48)),
    RangeError,
    "Cannot compute EMD of second wafer: it has no charge",
  );
  assertThrows(
    () => waferEmd(good.subarray(1), good),
    TypeError,
    "Cannot compute EMD of first wafer: it must have 48 charges, current length is 47",
  );
});

Deno.test("waferEmd() gives empty wafers the value agreed on", () => {
  const empty = new Float64Array(48), full = new Float64Array(48).fill(1);
  for (const [x, y] of [[empty, full], [full, empty], [empty, empty]]) {
    const result = waferEmd(x, y, { emptyValue: -1 });
    assertEquals([result.value, result.flows.length, result.unique], [-1, 0, false]);
  }
});
