import { assertEquals, assertThrows } from "@std/assert";
import { binIndex } from "../../src/trigger/bin_index.ts";

Deno.test("binIndex() takes the lower edge into a bin, the upper one not", () => {
  const edges = [1, 2, 4];
  const values = [0.9, 1, 1.9, 2, 3.9, 4, NaN];
  assertEquals(values.map((value) => binIndex(edges, value)), [-1, 0, 0, 1, 1, -1, -1]);
  assertEquals(
    [-7, 1.5, 3, 4, 99].map((value) => binIndex(edges, value, "nearest")),
    [0, 0, 1, 1, 1],
  );
});

Deno.test("binIndex() refuses edges that make no bins", () => {
  assertThrows(() => binIndex([1], 1), RangeError, "current ones are 1");
  assertThrows(() => binIndex([1, 1], 1), RangeError, "must be two or more and increase");
});
