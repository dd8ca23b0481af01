import { assert, assertEquals, assertThrows } from "@std/assert";
import { countRows, EMPTY, gatherRows } from "../../src/wafer/gather.ts";

Deno.test("gatherRows() rearranges each row and fills empty places with zero", () => {
  const rows = Int16Array.of(1, 2, 3, 4, 5, 6);
  assertEquals(gatherRows(rows, 3, [2, EMPTY, 0, 1], "do"), Int16Array.of(3, 0, 1, 2, 6, 0, 4, 5));
  assertEquals(rows, Int16Array.of(1, 2, 3, 4, 5, 6));
});

Deno.test("gatherRows() keeps the class of typed arrays, also in its type", () => {
  const float32: Float32Array = gatherRows(new Float32Array(2), 2, [1, 0], "do");
  const uint8: Uint8Array = gatherRows(new Uint8Array(2), 2, [1, 0], "do");
  const fromPlain: Float64Array = gatherRows([1, 2] as const, 2, [1, 0], "do");
  const fromUnknown: ArrayLike<number> = gatherRows(
    { length: 2, 0: 1, 1: 2 } as ArrayLike<number>,
    2,
    [1, 0],
    "do",
  );
  assert(float32 instanceof Float32Array && uint8 instanceof Uint8Array);
  assertEquals(fromPlain, Float64Array.of(2, 1));
  assertEquals(fromUnknown, Float64Array.of(2, 1));
});

Deno.test("gatherRows() reads a view from its own beginning", () => {
  const view = Float64Array.of(9, 1, 2).subarray(1);
  assertEquals(gatherRows(view, 2, [1, 0], "do"), Float64Array.of(2, 1));
});

Deno.test("gatherRows() passes NaN and infinities unchanged", () => {
  assertEquals(gatherRows([NaN, Infinity], 2, [1, 0], "do"), Float64Array.of(Infinity, NaN));
});

Deno.test("countRows() counts rows, none included", () => {
  assertEquals([0, 3, 9].map((length) => countRows(new Float64Array(length), 3, "do")), [0, 1, 3]);
});

Deno.test("countRows() refuses what is not rows", () => {
  assertThrows(
    () => countRows(new Float64Array(50), 48, "turn wafers"),
    TypeError,
    "Cannot turn wafers: number of charges must be a multiple of 48, current value is 50",
  );
  for (const notAnArray of [undefined, null, 7, "text", {}]) {
    assertThrows(
      () => countRows(notAnArray as never, 48, "turn wafers"),
      TypeError,
      "Cannot turn wafers: charges must be an array of numbers",
    );
  }
});
