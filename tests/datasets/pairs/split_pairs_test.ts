import { assert, assertEquals, assertThrows } from "@std/assert";
import { nearPairs } from "../../../src/datasets/pairs/near_pairs.ts";
import { allPairs, pairedWafers } from "../../../src/datasets/pairs/pairs.ts";
import { pairsAmong, pairsUnseen, splitPairs } from "../../../src/datasets/pairs/split_pairs.ts";
import { splitWafers } from "../../../src/datasets/pairs/splits.ts";
import { toyWafers } from "../../../src/datasets/toy/toy_wafers.ts";
import { waferTable } from "../../../src/datasets/wafer_table.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("splitPairs() pairs wafers within their side only", () => {
  const table = toyWafers("dense", 50, 1);
  const split = splitWafers(table, { stream: new RandomStream(1, "split") });
  const counts = { train: 700, validation: 300 };
  const pairs = splitPairs(split, counts, new RandomStream(1, "pairs"));
  for (const side of ["train", "validation"] as const) {
    const { first, second } = pairs[side];
    assertEquals([first.length, second.length], [counts[side], counts[side]]);
    const wafers = new Set(split[side]);
    assert(first.every((wafer, pair) => wafers.has(wafer) && wafer !== second[pair]));
    assertEquals(new Set([...first, ...second]), wafers); // and all of them
  }
  assertEquals(splitPairs(split, counts, new RandomStream(1, "pairs")), pairs);
});

Deno.test("splitPairs() refuses a side of one wafer", () => {
  const split = { train: Uint32Array.of(1, 2), validation: Uint32Array.of(0) };
  const draw = () => splitPairs(split, { train: 1, validation: 1 }, new RandomStream(1, "pairs"));
  assertThrows(draw, RangeError, "current value is 1");
});

Deno.test("pairsAmong() names wafers by their place in a list", () => {
  const { first, second } = pairsAmong([9, 4, 7], allPairs(3));
  assertEquals([[...first], [...second]], [[9, 9, 4], [4, 7, 7]]);
  assertThrows(() => pairsAmong([9, 4], allPairs(3)), RangeError, "below 2, current value is 2");
});

Deno.test("pairsUnseen() leaves nothing of validation pairs in training pairs", () => {
  // With so few cells hit, shifted copies often are wafers of the other side.
  const stream = new RandomStream(1, "sparse");
  const wafers = (count: number, cells: readonly number[]) => {
    const charges = new Float64Array(count * 48);
    for (let wafer = 0; wafer < count; wafer++) {
      for (const cell of cells) charges[wafer * 48 + cell] = stream.integer(8);
      charges[wafer * 48 + cells[0]]++;
    }
    return waferTable(charges);
  };
  const train = nearPairs(wafers(200, [0, 1]), 500, stream, { kinds: ["shifted"] });
  const validation = nearPairs(wafers(200, [1, 2]), 60, stream, { kinds: ["shifted"] });
  const kept = pairsUnseen(train, validation);
  assert(kept.length > 20 && kept.length < 480, `${kept.length} of 500 kept`);

  const contents = (charges: Float64Array, row: number) => {
    const wafer = charges.subarray(row * 48, (row + 1) * 48);
    const sum = wafer.reduce((sum, charge) => sum + charge, 0);
    return wafer.map((charge) => charge / sum).join();
  };
  const seen = new Set<string>();
  for (let pair = 0; pair < 60; pair++) {
    seen.add(contents(validation.x, pair)).add(contents(validation.y, pair));
  }
  const expected = [...Array(500).keys()].filter((pair) =>
    !seen.has(contents(train.x, pair)) && !seen.has(contents(train.y, pair))
  );
  assertEquals([...kept], expected);
});

Deno.test("pairsUnseen() keeps all pairs of the sides of a split", () => {
  const table = toyWafers("shower", 100, 1);
  const split = splitWafers(table, { stream: new RandomStream(1, "split") });
  const pairs = splitPairs(split, { train: 70, validation: 30 }, new RandomStream(1, "pairs"));
  const [train, validation] = [pairs.train, pairs.validation].map((p) => pairedWafers(table, p));
  assertEquals(pairsUnseen(train, validation), Uint32Array.from(Array(70).keys()));
});
