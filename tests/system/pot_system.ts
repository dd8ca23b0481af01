/**
 * Values against POT, live: what the tables of the ordinary tests hold for few pairs, for many.
 * Needs `python3-pot` (Debian: apt-get install python3-pot).
 */
import { assert, assertEquals } from "@std/assert";
import { toyWafers } from "../../src/datasets/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { emd2 } from "../../src/transport/mod.ts";
import { CELLS, normalise, waferDistances, waferEmdBatch } from "../../src/wafer/mod.ts";
import { PotPeer } from "../benchmarks/_peer.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const started = permission({ name: "run", command: "/usr/bin/python3" }) ?? await PotPeer.start();
const peer = typeof started === "string" ? undefined : started;
const NEEDS = [typeof started === "string" ? `POT absent: ${started}` : undefined];
addEventListener("unload", () => void peer?.[Symbol.asyncDispose]());

testNeeding(NEEDS, "waferEmdBatch() equals ot.emd2 on 24,000 pairs of every kind", async () => {
  const kinds = Object.keys(PAIR_KINDS), count = 24_000;
  const x = new Float64Array(count * CELLS), y = new Float64Array(count * CELLS);
  for (let pair = 0; pair < count; pair++) {
    const drawn = drawPair(kinds[pair % kinds.length], CELLS, new RandomStream(17, "pot", pair));
    x.set(drawn.x, pair * CELLS);
    y.set(drawn.y, pair * CELLS);
  }
  await _assertEqualsPot("kinds", x, y);
});

testNeeding(NEEDS, "waferEmdBatch() equals ot.emd2 on 10,000 toy showers", async () => {
  const charges = normalise(toyWafers("shower", 20_000, 5).charges, "fraction");
  const half = charges.length / 2;
  await _assertEqualsPot("showers", charges.subarray(0, half), charges.subarray(half));
});

testNeeding(
  NEEDS,
  "emd2() equals ot.emd2 on rectangular problems with costs that are no metric",
  async () => {
    for (const [n, m] of [[30, 70], [200, 50], [1, 40], [300, 300]]) {
      const random = new RandomStream(18, "general", n);
      const draw = (count: number) => {
        const masses = new Float64Array(count).map(() =>
          random.integer(3) * random.uniform() + 1e-3
        );
        const total = masses.reduce((sum, mass) => sum + mass, 0);
        return masses.map((mass) => mass / total);
      };
      const a = draw(n),
        b = draw(m),
        cost = new Float64Array(n * m).map(() => random.uniform() ** 2);
      await peer!.load("general", { a, b, cost, n, m });
      const [expected] = (await peer!.round("general", "emd2")).values;
      assert(Math.abs(emd2(a, b, cost) - expected) <= 1e-9 * expected, `${n} x ${m}`);
    }
  },
);

async function _assertEqualsPot(name: string, x: Float64Array, y: Float64Array): Promise<void> {
  await peer!.load(name, { a: x, b: y, cost: waferDistances(), n: CELLS, m: CELLS });
  const expected = (await peer!.round(name, "emd2")).values;
  const { values } = waferEmdBatch(x, y);
  assertEquals(values.length, expected.length);
  const worst = values.reduce(
    (most, value, pair) => Math.max(most, Math.abs(value - expected[pair])),
    0,
  );
  // Absolute: EMDs of nearly equal wafers are differences of rounding in POT.
  assert(worst <= 1e-12 * 13.76 * 10, `the largest difference is ${worst}`);
}
