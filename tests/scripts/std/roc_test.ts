import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rocArea, rocCurve } from "../../../scripts/std/roc.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("the ROC area counts pairs, equal numbers by one half", () => {
  const random = new RandomStream(1, "numbers");
  for (let round = 0; round < 20; round++) {
    // Small integers, so that many are equal.
    const draw = (count: number) => Array.from({ length: count }, () => random.integer(6));
    const signal = draw(1 + round), background = draw(30 - round);
    let pairs = 0;
    for (const s of signal) for (const b of background) pairs += s > b ? 1 : s === b ? 0.5 : 0;
    const area = rocArea(signal, background);
    assertAlmostEquals(area, pairs / (signal.length * background.length), 1e-12);
  }
  assertEquals(rocArea([2, 3], [1, 0]), 1);
});

Deno.test("the ROC area of two normal distributions a standard deviation apart is Phi(1 / sqrt 2)", () => {
  const random = new RandomStream(2, "normal numbers");
  const draw = (mean: number) => Array.from({ length: 20_000 }, () => mean + random.normal());
  assertAlmostEquals(rocArea(draw(1), draw(0)), 0.7602499, 0.01);
});

Deno.test("the ROC curve rises from (0, 0) to (1, 1), and has the area", () => {
  const random = new RandomStream(3, "normal numbers");
  const draw = (mean: number) => Array.from({ length: 5000 }, () => mean + random.normal());
  const signal = draw(1), background = draw(0);
  const { background: x, signal: y } = rocCurve(signal, background, 400);
  assertEquals([x[0], y[0], x.at(-1), y.at(-1)], [0, 0, 1, 1]);
  let area = 0;
  for (let k = 1; k < x.length; k++) {
    assert(x[k] >= x[k - 1] && y[k] >= y[k - 1]);
    area += (x[k] - x[k - 1]) * (y[k] + y[k - 1]) / 2;
  }
  assertAlmostEquals(area, rocArea(signal, background), 1e-3);
});

Deno.test("samples that tell nothing are errors", () => {
  assertThrows(() => rocArea([], [1]), RangeError, "signal must hold numbers");
  assertThrows(() => rocArea([1], [1, NaN]), RangeError, "background must hold numbers");
});
