import { assertAlmostEquals } from "@std/assert";
import { timeOf } from "../../web/time_of.ts";

Deno.test("a clock that ticks in milliseconds times what takes microseconds", () => {
  let microseconds = 0;
  const run = () => void (microseconds += 12);
  assertAlmostEquals(timeOf(run, () => Math.floor(microseconds / 1000)), 0.012, 0.003);
});

Deno.test("what happens before it is warm does not count", () => {
  let milliseconds = 0, runs = 0;
  const run = () => void (milliseconds += runs++ < 20 ? 10 : 0.5);
  assertAlmostEquals(timeOf(run, () => milliseconds), 0.5, 1e-9);
});
