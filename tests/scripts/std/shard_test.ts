import { assertEquals, assertThrows } from "@std/assert";
import { parseShard, shareOf } from "../../../scripts/std/shard.ts";

Deno.test("shareOf() gives everything to one of the shares", () => {
  const list = Array.from({ length: 17 }, (_, k) => k);
  for (const  of of[1, 2, 5, 17, 20]) {
    const shares = Array.from({ length: of }, (_, k) => shareOf(list, { number: k + 1, of }));
    assertEquals(shares.flat().toSorted((a, b) => a - b), list);
    const sizes = shares.map(({ length }) => length);
    assertEquals(Math.max(...sizes) - Math.min(...sizes) <= 1, true, `${sizes}`);
  }
});

Deno.test("parseShard() refuses what is no share", () => {
  assertEquals(parseShard("3/4"), { number: 3, of: 4 });
  for (const text of ["", "1", "0/4", "5/4", "1/0", "-1/2", "1.5/2", "1/2/3", "a/b"]) {
    assertThrows(() => parseShard(text), RangeError, `current value is ${text}`);
  }
});
