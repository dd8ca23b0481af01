import { assert, assertEquals } from "@std/assert";
import { quantity, verdict } from "../../src/experiments/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";

const judged = (values: readonly number[], paper: number) =>
  verdict(quantity("gain", "%", values, { paper }))!;

Deno.test("verdict() has nothing to say without a published value", () => {
  assertEquals(verdict(quantity("gain", "%", [1, 2])), undefined);
});

Deno.test("verdict()'s interval is that of Student's printed quantiles", () => {
  // Quantiles 0.975 with 1, 2, 3, 4, 9, 29 and 120 degrees of freedom, as tables print them.
  const printed = [[2, 12.706], [3, 4.303], [4, 3.182], [5, 2.776], [10, 2.262], [30, 2.045], [
    121,
    1.98,
  ]];
  for (const [n, t] of printed) {
    const values = Array.from({ length: n }, (_, k) => k);
    const { mean, spread } = quantity("", "", values);
    const [low, high] = judged(values, 1e6).interval!;
    const half = t * spread! * Math.sqrt(1 + 1 / n);
    for (const [end, expected] of [[low, mean - half], [high, mean + half]]) {
      assert(Math.abs(end - expected) < 2e-3 * half, `${n} values: ${end}, expected ${expected}`);
    }
  }
});

Deno.test("verdict() finds 95 of 100 further values in the interval", () => {
  const stream = new RandomStream(7, "verdicts");
  for (const n of [2, 3, 5]) {
    let inside = 0;
    const draws = 4000;
    for (let k = 0; k < draws; k++) {
      const values = Array.from({ length: n + 1 }, () => 50 + stream.normal());
      const [low, high] = judged(values.slice(1), 0).interval!;
      if (low <= values[0] && values[0] <= high) inside++;
    }
    // Four standard deviations of a count of 4,000.
    assert(Math.abs(inside / draws - 0.95) < 4 * Math.sqrt(0.95 * 0.05 / draws), `${inside}`);
  }
});

Deno.test("verdict() tells above from below, and lets the paper round", () => {
  assertEquals(judged([20, 21, 22], 35).kind, "below");
  assertEquals(judged([50, 51, 52], 35).kind, "above");
  assertEquals(judged([33, 35, 36], 35).kind, "agrees");
  // No scatter: 35.4 is printed as 35, 35.6 is not.
  assertEquals([35.4, 35.6].map((x) => judged([x, x], 35).kind), ["agrees", "above"]);
  assertEquals([0.0784, 0.0786].map((x) => judged([x, x], 0.078).kind), ["agrees", "above"]);
});

Deno.test("verdict() leaves open what the values do not decide", () => {
  const wide = judged([2, 60], 35);
  assertEquals([wide.kind, wide.interval![0] < 0], ["undecided", true]);
  assertEquals(judged([-1, 1], 0).kind, "agrees");
  assertEquals(judged([28], 35), {
    kind: "undecided",
    interval: null,
    text: "undecided: one value, 20 % below",
  });
  assertEquals(judged([0.25], 0).text, "undecided: one value, 0.25 above");
  assertEquals(judged([35.2], 35).text, "agrees to the printed digits");
});
