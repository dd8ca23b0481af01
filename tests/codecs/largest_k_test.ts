import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { largestK, type LargestKOptions } from "../../src/codecs/largest_k.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS, waferDistances, waferEmd } from "../../src/wafer/mod.ts";
import { EDGE_WAFERS } from "../_support/edge_wafers.ts";

const SETTINGS: readonly LargestKOptions[] = [
  {},
  { address: "combinatorial", cells: 17, chargeBits: 6 },
  { address: "combinatorial", cells: 48, chargeBits: 3, spacing: "square_root" },
  { cells: 1, chargeBits: 2 },
  { cells: 6, chargeBits: 3, spacing: "square_root", rest: "drop" },
];

/** A wafer of different charges in some cells. */
function randomWafer(seed: number, occupied: number): Float64Array {
  const random = new RandomStream(seed, "largest k"), charges = new Float64Array(CELLS);
  const cells = random.shuffle(Array.from({ length: CELLS }, (_, cell) => cell));
  for (const cell of cells.slice(0, occupied)) charges[cell] = random.uniform();
  return charges;
}

Deno.test("bits are those of the address and of k charges", () => {
  assertEquals(SETTINGS.map((options) => largestK(options).bits), [143, 144, 144, 50, 66]);
});

Deno.test("the cells of the largest charges are kept", () => {
  for (const cells of [1, 5, 19]) {
    const codec = largestK({ cells, chargeBits: 12, spacing: "square_root", rest: "drop" });
    const charges = randomWafer(cells, 40), sorted = charges.toSorted().reverse();
    const least = sorted[cells - 1], kept = codec.reconstruct(charges);
    const sum = sorted.subarray(0, cells).reduce((a, b) => a + b);
    charges.forEach((charge, cell) => {
      if (charge < least) assertEquals(kept[cell], 0);
      else assertAlmostEquals(kept[cell], charge / sum, 1e-3);
    });
  }
});

Deno.test("charge elsewhere goes to the nearest kept cell", () => {
  const distances = waferDistances();
  for (let seed = 1; seed <= 20; seed++) {
    const charges = randomWafer(seed, 30), total = charges.reduce((a, b) => a + b);
    const settings = { cells: 8, chargeBits: 12, spacing: "square_root" } as const;
    const [moved, dropped] = (["move", "drop"] as const)
      .map((rest) => waferEmd(charges, largestK({ ...settings, rest }).reconstruct(charges)).value);
    // No wafer on the kept cells is nearer than this sum; steps of charge are too fine to count.
    const byCharge = Array.from(charges.keys()).sort((i, j) => charges[j] - charges[i]);
    const kept = byCharge.slice(0, 8);
    const least = byCharge.slice(8).reduce((sum, cell) => {
      const way = Math.min(...kept.map((to) => distances[cell * CELLS + to]));
      return sum + way * charges[cell] / total;
    }, 0);
    assertAlmostEquals(moved, least, 2e-3);
    assert(moved < dropped);
  }
});

Deno.test("what was decoded comes back from its own code", () => {
  for (const options of SETTINGS) {
    const codec = largestK(options);
    for (const charges of [...Object.values(EDGE_WAFERS), randomWafer(1, 9), randomWafer(2, 48)]) {
      const once = codec.reconstruct(charges), twice = codec.reconstruct(once);
      once.forEach((x, cell) => assertAlmostEquals(twice[cell], x, 1e-12));
    }
  }
});

Deno.test("fewer cells than are kept come through, and nothing beside them", () => {
  const codec = largestK({ cells: 17, chargeBits: 6, address: "combinatorial" });
  const decoded = codec.reconstruct(EDGE_WAFERS["two equal cells far apart"]);
  assertEquals([decoded[0], decoded[47]], [0.5, 0.5]);
  assertEquals(decoded.filter((x) => x > 0).length, 2);
});

Deno.test("options that cannot be are refused", () => {
  const cases: [LargestKOptions, string][] = [
    [{ cells: 0 }, "number of cells must be an integer in [1, 48], current value is 0"],
    [{ cells: 49 }, "current value is 49"],
    [{ chargeBits: 1 }, "bits of a charge must be an integer in [2, 12], current value is 1"],
    [{ smallest: 1 }, "smallest must be in (0, 1), current value is 1"],
    [{ rest: "keep" as "drop" }, "rest must be move or drop, current value is keep"],
  ];
  for (const [options, message] of cases) {
    assertThrows(() => largestK(options), RangeError, message);
  }
});
