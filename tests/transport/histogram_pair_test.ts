import { assertEquals, assertThrows } from "@std/assert";
import { checkBins, checkHistogramPair } from "../../src/transport/histogram_pair.ts";

Deno.test("checkHistogramPair() gives the totals, which single precision may blur", () => {
  assertEquals(checkHistogramPair("X", [1, 2], [3]), { totalP: 3, totalQ: 3 });
  assertEquals(checkHistogramPair("X", [1], [1 + 9e-6]).totalQ, 1 + 9e-6);
});

Deno.test("checkHistogramPair() says what is wrong, by the names it was told", () => {
  const refuse = (p: number[], q: number[], text: string) =>
    assertThrows(() => checkHistogramPair("X", p, q, ["a", "b"]), RangeError, text);
  refuse([1, -1], [0], "Cannot compute X: a[1] must be finite and >= 0, current value is -1");
  refuse([1], [NaN], "b[0] must be finite and >= 0, current value is NaN");
  refuse([Infinity], [1], "a[0] must be finite and >= 0, current value is Infinity");
  refuse([1], [1 + 2e-5], "the totals of a and b must be equal, current values are 1 and 1.00002");
  refuse([0], [0, 0], "both histograms are empty, their total mass is 0");
  refuse([0], [1], "the totals of a and b must be equal, current values are 0 and 1");
});

Deno.test("checkBins() names the array", () => {
  checkBins("X", [1, 2], "p", 2);
  assertThrows(
    () => checkBins("X", [1, 2], "p", 3),
    TypeError,
    "Cannot compute X: p must have length 3, current length is 2",
  );
});
