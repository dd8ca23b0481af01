import { assertEquals, assertThrows } from "@std/assert";
import type { NpyArray } from "../../../src/datasets/formats/npy.ts";
import { npzBytes, parseNpz } from "../../../src/datasets/formats/npz.ts";

/**
 * `np.savez_compressed(file, x=np.array([[0.5, 1], [1.5, 2]]), kind=np.array(["é", "😀 x"]))` of NumPy
 * 1.24.
 */
const SAVED =
  "UEsDBC0AAAAIAAAAIQD6c3hz//////////8FABQAeC5ucHkBABAAoAAAAAAAAABUAAAAAAAAAJvsF+obEMnIUMZQ" +
  "rZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CkaaOgq1CmQDLgYweGAPoT9A" +
  "6R9QmsEBAFBLAwQtAAAACAAAACEAJabBuv//////////CAAUAGtpbmQubnB5AQAQAJgAAAAAAAAAUAAAAAAAAACb" +
  "7BfqGxDJyFDGUK2eklqcXKRupaBuE2qsrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACu" +
  "lwxI4BsjgwKQqgBiAFBLAQItAy0AAAAIAAAAIQD6c3hzVAAAAKAAAAAFAAAAAAAAAAAAAACAAQAAAAB4Lm5weVBL" +
  "AQItAy0AAAAIAAAAIQAlpsG6UAAAAJgAAAAIAAAAAAAAAAAAAACAAYsAAABraW5kLm5weVBLBQYAAAAAAgACAGkA" +
  "AAAVAQAAAAA=";

Deno.test("parseNpz() reads what numpy.savez_compressed wrote", () => {
  const bytes = Uint8Array.from(atob(SAVED), (character) => character.charCodeAt(0));
  assertEquals(parseNpz(bytes), {
    x: { data: Float64Array.of(0.5, 1, 1.5, 2), shape: [2, 2] },
    kind: { data: ["é", "😀 x"], shape: [2] },
  });
});

Deno.test("parseNpz() reads what npzBytes() wrote", () => {
  const arrays: Record<string, NpyArray> = {
    charges: { data: Int32Array.from({ length: 4800 }, (_, i) => i % 17), shape: [100, 48] },
    eta: { data: Float64Array.of(1.5, NaN), shape: [2] },
    "größe of, it": { data: ["a", ""], shape: [2] },
    nothing: { data: new Float64Array(0), shape: [0] },
  };
  const bytes = npzBytes(arrays);
  assertEquals(bytes.length < 4800, true, "the arrays are compressed");
  assertEquals(parseNpz(bytes), arrays);
  assertEquals(parseNpz(npzBytes({})), {});
});

Deno.test("npzBytes() depends on the arrays alone", () => {
  const bytes = npzBytes({ x: { data: Float64Array.of(1, 2), shape: [2] } });
  // Time and date of a file in a zip (APPNOTE 4.3.7): midnight of 1 January 1980 in any time zone.
  assertEquals([...bytes.subarray(10, 14)], [0, 0, 0x21, 0]);
});

Deno.test("parseNpz() refuses what was cut off or is no npz, and names file and array", () => {
  const bytes = npzBytes({ x: { data: Float64Array.of(1, 2, 3), shape: [3] } });
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(
      () => parseNpz(bytes.subarray(0, length), "a.npz"),
      TypeError,
      "Cannot read a.npz: it is not a whole .npz file",
    );
  }
  assertThrows(() => parseNpz(new TextEncoder().encode("CALQ_0,CALQ_1")), TypeError, "npz");
});

Deno.test("npzBytes() refuses arrays without the shape that they claim", () => {
  assertThrows(() => npzBytes({ x: { data: [], shape: [1] } }), TypeError, "current number is 0");
});
