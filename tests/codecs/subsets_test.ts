import { assert, assertEquals } from "@std/assert";
import { binomial, rankSubset, subsetBits, unrankSubset } from "../../src/codecs/subsets.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

Deno.test("binomials are those of exact integers", () => {
  for (let n = 0; n <= 56; n++) {
    let exact = 1n;
    for (let k = 0; k <= n; k++) {
      assertEquals(BigInt(binomial(n, k)), exact);
      exact = exact * BigInt(n - k) / BigInt(k + 1);
    }
  }
  assertEquals(binomial(5, 6), 0);
});

Deno.test("an address takes the fewest bits that tell all subsets apart", () => {
  for (let k = 0; k <= 48; k++) {
    const bits = BigInt(subsetBits(48, k)), subsets = BigInt(binomial(48, k));
    assert(2n ** bits >= subsets && (bits === 0n || 2n ** (bits - 1n) < subsets), `k = ${k}`);
  }
});

Deno.test("every number belongs to one subset, and back", () => {
  for (const [n, k] of [[7, 0], [7, 1], [7, 3], [7, 7], [10, 4]]) {
    const seen = new Set<string>(), elements = new Uint8Array(k);
    for (let rank = 0; rank < binomial(n, k); rank++) {
      unrankSubset(rank, n, elements);
      assert(elements.every((e, i) => e < n && (i === 0 || e > elements[i - 1])));
      assertEquals(rankSubset(elements), rank);
      seen.add(elements.join());
    }
    assertEquals(seen.size, binomial(n, k));
  }
});

Deno.test("large subsets come back, the first and the last of them too", () => {
  const random = new RandomStream(3, "subsets");
  for (let trial = 0; trial < 300; trial++) {
    const k = random.integer(49);
    const cells = random.shuffle(Array.from({ length: 48 }, (_, cell) => cell)).slice(0, k);
    const elements = Uint8Array.from(cells).sort(), again = new Uint8Array(k);
    const rank = rankSubset(elements);
    assert(rank >= 0 && rank < binomial(48, k));
    unrankSubset(rank, 48, again);
    assertEquals(again.join(), elements.join());
  }
  const last = Uint8Array.from({ length: 24 }, (_, i) => 24 + i);
  assertEquals(rankSubset(last), binomial(48, 24) - 1);
  assertEquals(rankSubset(last.map((cell) => cell - 24)), 0);
});
