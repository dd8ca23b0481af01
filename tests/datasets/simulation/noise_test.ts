import { assert, assertAlmostEquals } from "@std/assert";
import { SuppressedNoise } from "../../../src/datasets/simulation/noise.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("SuppressedNoise lets noise pass as often and as high as a normal number does", () => {
  const noise = new SuppressedNoise(new RandomStream(1, "noise")), cells = 1_000_000;
  const plain = new RandomStream(2, "noise");
  const counts = { passed: 0, high: 0, plainPassed: 0, plainHigh: 0 };
  for (let cell = 0; cell < cells; cell++) {
    const read = noise.read(0), expected = plain.normal();
    assert(read === 0 || read > 3);
    if (read > 3) counts.passed++;
    if (read > 3.3) counts.high++;
    if (expected > 3) counts.plainPassed++;
    if (expected > 3.3) counts.plainHigh++;
  }
  // P(x > 3) = 1.35e-3, P(x > 3.3) = 4.834e-4.
  assertAlmostEquals(counts.passed, 1349.9, 4.5 * Math.sqrt(1350));
  assertAlmostEquals(counts.high, 483.4, 4.5 * Math.sqrt(483));
  assertAlmostEquals(counts.passed, counts.plainPassed, 4.5 * Math.sqrt(2700));
  assertAlmostEquals(counts.high, counts.plainHigh, 4.5 * Math.sqrt(967));
});

Deno.test("SuppressedNoise adds noise to signal, and suppresses the sum below three sigma", () => {
  const noise = new SuppressedNoise(new RandomStream(3, "noise"));
  let sum = 0, squares = 0, suppressed = 0;
  for (let k = 0; k < 20_000; k++) {
    const read = noise.read(10);
    sum += read / 20_000;
    squares += read * read / 20_000;
    if (noise.read(3) === 0) suppressed++;
  }
  assertAlmostEquals(sum, 10, 0.03);
  assertAlmostEquals(squares - sum * sum, 1, 0.05);
  assertAlmostEquals(suppressed / 20_000, 0.5, 0.015);
});
