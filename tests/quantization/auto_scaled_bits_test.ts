import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { autoScaledBits } from "../../src/quantization/auto_scaled_bits.ts";
import { assertRefused } from "./_properties.ts";

const CHANNELS = 3;

/** Columns of very different size. */
function _kernel(): Float32Array {
  const random = new RandomStream(1, "kernel");
  const sizes = [0.01, 1, 30];
  return Float32Array.from({ length: 20 * CHANNELS }, (_, i) => sizes[i % 3] * random.normal());
}

function _column(values: Float32Array, channel: number): number[] {
  return [...values].filter((_, i) => i % CHANNELS === channel);
}

Deno.test("autoScaledBits() of kind auto gives the largest value the top code", () => {
  const quantizer = autoScaledBits({ bits: 5, integer: 1, alpha: "auto", channels: CHANNELS });
  const kernel = _kernel(), quantised = quantizer.apply(kernel), scales = quantizer.scales(kernel);
  for (let c = 0; c < CHANNELS; c++) {
    const x = _column(kernel, c), y = _column(quantised, c);
    const largest = Math.max(...x.map(Math.abs)), step = largest / 15;
    assert(Math.abs(scales[c] / (16 * step / 2) - 1) < 1e-6); // scale times 2^integer / 16 is a step
    for (let i = 0; i < x.length; i++) {
      assert(Math.abs(y[i] - x[i]) <= step / 2 * (1 + 1e-5));
      assert(Math.abs(y[i] / step - Math.round(y[i] / step)) < 1e-4);
    }
  }
});

Deno.test("autoScaledBits() of kind auto_po2 gives powers of two near the best", () => {
  const quantizer = autoScaledBits({ bits: 4, integer: 1, alpha: "auto_po2", channels: CHANNELS });
  const kernel = _kernel(), quantised = quantizer.apply(kernel), scales = quantizer.scales(kernel);
  const bestError = (x: number[]) =>
    Math.min(...Array.from({ length: 40 }, (_, k) => {
      const step = 2 ** (k - 25);
      return x.reduce((sum, v) => {
        const z = Math.sign(v) * Math.min(Math.floor(Math.abs(v) / step + 0.5), 7);
        return sum + (v - z * step) ** 2;
      }, 0);
    }));
  for (let c = 0; c < CHANNELS; c++) {
    const x = _column(kernel, c), y = _column(quantised, c);
    assert(Number.isInteger(Math.log2(scales[c])));
    const step = scales[c] * 2 / 8;
    assert(y.every((v) => Number.isInteger(v / step) && Math.abs(v / step) <= 7));
    const error = x.reduce((sum, v, i) => sum + (v - y[i]) ** 2, 0);
    // Least squares in turns finds a good power, not always the very best.
    assert(error <= 3 * bestError(x), `${error} against ${bestError(x)}`);
  }
});

Deno.test("autoScaledBits() of kind auto_po2 leaves the largest value for least squares", () => {
  const quantizer = autoScaledBits({ bits: 2, integer: 0, alpha: "auto_po2", channels: 1 });
  // With one code, least squares gives the mean, 0.64, next to 1/2; the largest value alone gives 1.
  const x = [1, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, -0.6];
  assertEquals([...quantizer.scales(x)], [1]);
  assertEquals([...quantizer.apply(x)], x.map((v) => 0.5 * Math.sign(v)));
});

Deno.test("autoScaledBits() leaves a channel of zeros and treats channels apart", () => {
  for (const alpha of ["auto", "auto_po2"] as const) {
    const two = autoScaledBits({ bits: 4, integer: 0, alpha, channels: 2 });
    const one = autoScaledBits({ bits: 4, integer: 0, alpha, channels: 1 });
    const x = [0.3, -0.7, 0.11];
    const quantised = two.apply(x.flatMap((v) => [0, v]));
    assertEquals([...quantised].filter((_, i) => i % 2 === 0), [0, 0, 0]);
    assertEquals(quantised.filter((_, i) => i % 2 === 1), one.apply(x));
    for (const bad of [NaN, Infinity]) {
      assertEquals([...two.apply([bad, 1, 1, 1])].map(Number.isNaN), [true, false, true, false]);
    }
  }
});

Deno.test("autoScaledBits() passes a gradient of 1", () => {
  const { gradient } = autoScaledBits({ bits: 4, integer: 0, alpha: "auto", channels: 1 });
  assertEquals([...gradient([-9, 0, 9])], [1, 1, 1]);
});

Deno.test("autoScaledBits() refuses options and lengths", () => {
  const options = { bits: 4, integer: 0, alpha: "auto", channels: 3 } as const;
  assertRefused(() => autoScaledBits({ ...options, bits: 1 }), "bits", 1);
  assertRefused(() => autoScaledBits({ ...options, channels: 0 }), "channels", 0);
  assertRefused(() => autoScaledBits({ ...options, alpha: "best" as "auto" }), "alpha", "best");
  assertThrows(() => autoScaledBits(options).apply([1, 2]), TypeError, "multiple of 3 channels");
});
