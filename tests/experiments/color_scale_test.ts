import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { colorScale } from "../../src/experiments/color_scale.ts";

Deno.test("colorScale() is linear in the number, or in its logarithm", () => {
  const linear = colorScale([10, 30], "linear");
  assertEquals([10, 15, 30].map(linear.share), [0, 0.25, 1]);
  const log = colorScale([1, 10000], "log");
  assertAlmostEquals(log.share(100), 0.5);
  assertAlmostEquals(log.share(10), 0.25);
});

Deno.test("colorScale() gives numbers beyond an end the colour of that end", () => {
  const scale = colorScale([0, 1], "linear");
  assertEquals([scale.color(-5), scale.color(7)], [scale.colorAt(0), scale.colorAt(1)]);
  assertEquals(colorScale([1, 10], "log").share(0), 0);
});

Deno.test("colorScale() refuses domains without length, or not positive on a log scale", () => {
  for (const domain of [[1, 1], [2, 1], [0, NaN], [0, Infinity]] as const) {
    assertThrows(() => colorScale(domain, "linear"), RangeError, "finite and increasing");
  }
  assertThrows(() => colorScale([0, 1], "log"), RangeError, "positive and increasing");
});
