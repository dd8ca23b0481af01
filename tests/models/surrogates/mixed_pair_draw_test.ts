import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { toyWafers } from "../../../src/datasets/mod.ts";
import { mixedPairDraw } from "../../../src/models/surrogates/mixed_pair_draw.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS, waferEmd } from "../../../src/wafer/mod.ts";

const WAFERS = toyWafers("shower", 40, 1);
const draw = (near: number, count: number, seed = 1) =>
  mixedPairDraw(WAFERS, { near })(count, new RandomStream(seed, "pairs"));

Deno.test("pairs are fractions of wafers with their exact EMDs, the first wafer of the table", () => {
  const { x, y, emd, count } = draw(0.5, 60);
  assertEquals([x.length, y.length, emd.length, count], [60 * CELLS, 60 * CELLS, 60, 60]);
  const known = new Set(
    Array.from({ length: 40 }, (_, wafer) => {
      const row = WAFERS.charges.subarray(wafer * CELLS, (wafer + 1) * CELLS);
      const sum = row.reduce((a, b) => a + b);
      return Float32Array.from(row, (charge) => charge / sum).map((f) => Math.round(1e5 * f))
        .join();
    }),
  );
  for (let pair = 0; pair < 60; pair++) {
    const [first, second] = [x, y].map((rows) => rows.subarray(pair * CELLS, (pair + 1) * CELLS));
    assertAlmostEquals(second.reduce((a, b) => a + b), 1, 1e-5);
    assert(known.has(first.map((f) => Math.round(1e5 * f)).join()), `pair ${pair}`);
    assertAlmostEquals(emd[pair], waferEmd(first, second).value, 1e-9);
  }
});

Deno.test("as many pairs are near as were asked for", () => {
  for (const near of [0, 0.25, 1]) {
    const { emd } = draw(near, 200);
    const small = emd.filter((value) => value < 2.3).length;
    // Copies are near by construction; of random showers few are.
    assertAlmostEquals(small / 200, near, 0.15, `${near}`);
  }
  assertEquals(draw(0.5, 1).count, 1);
});

Deno.test("a stream gives the same pairs twice, and another stream others", () => {
  assertEquals(draw(0.5, 20).emd, draw(0.5, 20).emd);
  assert(draw(0.5, 20).emd[3] !== draw(0.5, 20, 2).emd[3]);
});

Deno.test("a part that is none is refused", () => {
  assertThrows(
    () => mixedPairDraw(WAFERS, { near: 1.5 }),
    RangeError,
    "Cannot draw pairs: near must be between 0 and 1, current value is 1.5",
  );
});
