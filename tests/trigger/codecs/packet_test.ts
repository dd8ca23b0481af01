import { assertEquals } from "@std/assert";
import { cellListBits, HEADER_BITS, SUM_BITS } from "../../../src/trigger/codecs/packet.ts";

Deno.test("cells are listed one by one up to seven, by a map from eight on", () => {
  assertEquals([0, 1, 7, 8, 48].map(cellListBits), [3, 16, 94, 104, 384]);
});

Deno.test("best choices of 1, 4, 6, 9 and 14 cells fit into one to five links of 32 bits", () => {
  const links = [1, 4, 6, 9, 14].map((n) => (HEADER_BITS + SUM_BITS + cellListBits(n)) / 32);
  assertEquals(links.map(Math.ceil), [1, 3, 3, 4, 5]);
});
