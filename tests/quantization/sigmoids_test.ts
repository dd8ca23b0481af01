import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { type Curve, SIGMOIDS, TANHS } from "../../src/quantization/sigmoids.ts";

const NAMES = ["hard", "smooth", "real"] as const;

/** sigmoid(x) + sigmoid(-x) = 1 and so on hold to a few roundings of float32. */
const ROUNDING = 2 ** -23;

Deno.test("sigmoids go from 0 to 1 and are symmetric about 1/2", () => {
  for (const name of NAMES) {
    const { value } = SIGMOIDS[name];
    assertEquals([value(-200), value(0), value(200)], [0, 0.5, 1], name);
    for (const x of _numbers()) {
      assert(Math.abs(value(x) + value(-x) - 1) <= 2 * ROUNDING, `${name} at ${x}`);
    }
  }
});

Deno.test("sigmoids have the values of closed forms", () => {
  assertEquals([SIGMOIDS.hard.value(0.5), SIGMOIDS.smooth.value(2)], [0.75, 0.875]);
  for (const x of _numbers()) {
    // The logistic function is a tanh of half the argument.
    const expected = (1 + Math.tanh(x / 2)) / 2;
    assert(Math.abs(SIGMOIDS.real.value(x) - expected) <= ROUNDING);
    assert(Math.abs(TANHS.real.value(x) - Math.tanh(x)) <= ROUNDING);
  }
  assertEquals([TANHS.hard.value(0.25), TANHS.smooth.value(2)], [0.25, 0.75]);
});

Deno.test("slopes of sigmoids and tanhs are finite differences of their values", () => {
  for (const [kind, curves] of Object.entries({ SIGMOIDS, TANHS })) {
    for (const name of NAMES) {
      const curve: Curve = curves[name];
      for (const x of _numbers()) {
        const corner = name === "hard" ? 1 : name === "smooth" ? 8 / 3 : Infinity;
        const h = 0.01;
        if (Math.abs(Math.abs(x) - corner) <= h) continue;
        const difference = (curve.value(x + h) - curve.value(x - h)) / (2 * h);
        assert(Math.abs(curve.slope(x) - difference) < 1e-4, `${kind} ${name} at ${x}`);
      }
    }
  }
});

Deno.test("slopes at the corners are those of the line, as TensorFlow's clip has them", () => {
  assertEquals([-1, 1].map(SIGMOIDS.hard.slope), [0.5, 0.5]);
  assertEquals([-1, 1].map(TANHS.hard.slope), [1, 1]);
});

function _numbers(): number[] {
  const random = new RandomStream(1, "sigmoids");
  return Array.from({ length: 500 }, () => Math.fround(3 * random.normal()));
}
