import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { truncatedFloat } from "../../../src/trigger/codecs/truncated_float.ts";
import { roundTripCharge } from "../../../src/wafer/charge_code.ts";

Deno.test("truncatedFloat() keeps small numbers and cuts large ones to their highest bits", () => {
  for (let counts = 0; counts < 16; counts++) assertEquals(truncatedFloat(counts, 3), counts);
  assertEquals([17, 31, 32, 35, 36, 255, 256].map((q) => truncatedFloat(q, 3)), [
    16,
    30,
    32,
    32,
    36,
    240,
    256,
  ]);
  assertEquals(truncatedFloat(255, 0), 128);
  assertEquals(truncatedFloat(0.9, 3), 0);
});

Deno.test("truncatedFloat() never rises, stays within a step, and repeats itself", () => {
  const random = new RandomStream(1, "truncated float");
  for (let trial = 0; trial < 2000; trial++) {
    const counts = Math.floor(2 ** (19 * random.uniform())), mantissa = random.integer(6);
    const sent = truncatedFloat(counts, mantissa);
    assert(sent <= counts && counts - sent < counts / 2 ** mantissa + 1e-9);
    assertEquals(truncatedFloat(sent, mantissa), sent);
    // What the binary digits say, written out.
    const digits = counts.toString(2);
    const kept = digits.slice(0, mantissa + 1).padEnd(digits.length, "0");
    assertEquals(sent, parseInt(kept, 2));
  }
});

Deno.test("charges that the front end has sent pass unchanged", () => {
  const random = new RandomStream(2, "truncated float");
  for (let trial = 0; trial < 500; trial++) {
    const sent = roundTripCharge(random.integer(200_000), "low_density");
    assertEquals(truncatedFloat(sent, 3), sent);
  }
});
