/**
 * What holds of every quantiser: its table of codes, the round trip through it, the ends of the
 * range, and what becomes of NaN and infinities.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import type { Quantizer } from "../../src/quantization/types.ts";

/** Options of {@linkcode testQuantizer}. */
export interface QuantizerProperties {
  /** Whether values of the table are left as they are; not so behind a sigmoid or a swish. */
  readonly idempotent?: boolean;
  /** Whether values grow with x; not so for a swish. */
  readonly monotone?: boolean;
}

/** Registers the tests of what holds of every quantiser. */
export function testQuantizer(quantizer: Quantizer, properties: QuantizerProperties = {}): void {
  const { idempotent = true, monotone = true } = properties;
  const codes = quantizer.codes(), values = quantizer.decode(codes);
  const spread = _numbers(quantizer);

  Deno.test(`${quantizer}: its table is ascending and ends in min and max`, () => {
    for (let i = 1; i < codes.length; i++) {
      assert(codes[i] > codes[i - 1] && values[i] > values[i - 1], `entry ${i}`);
    }
    assertEquals([values[0], values.at(-1)], [quantizer.min, quantizer.max]);
    if (!Number.isNaN(quantizer.step)) {
      assertEquals(values, Float32Array.from(codes, (code) => code * quantizer.step + 0));
    }
  });

  if (idempotent) {
    Deno.test(`${quantizer}: its whole table survives the round trip`, () => {
      assertEquals(quantizer.apply(values), values);
      assertEquals(quantizer.encode(values), codes);
    });
  }

  Deno.test(`${quantizer}: all outputs are in the table, and all of the table occurs`, () => {
    const outputs = quantizer.apply(spread);
    assertEquals(quantizer.decode(quantizer.encode(spread)), outputs);
    assertEquals([...new Set([...outputs].sort((a, b) => a - b))], [...values]);
    if (monotone) {
      assertEquals(quantizer.apply(spread.toSorted()), outputs.toSorted());
    }
  });

  Deno.test(`${quantizer}: infinities are clipped, NaN stays and has no code`, () => {
    const [low, high, nan] = quantizer.apply([-Infinity, Infinity, NaN]);
    if (monotone) assertEquals([low, high, nan], [quantizer.min, quantizer.max, NaN]);
    else assert(Number.isNaN(nan));
    assertThrows(
      () => quantizer.encode([0, NaN]),
      RangeError,
      `Cannot encode value 1 by ${quantizer}: must be a number, current value is NaN`,
    );
  });

  Deno.test(`${quantizer}: codes outside the table are refused`, () => {
    const outside = [codes[0] - 1, codes.at(-1)! + 1, 0.5, NaN];
    for (const [i, code] of codes.entries()) {
      if (i > 0 && code - codes[i - 1] > 1) outside.push(code - 1);
    }
    for (const code of outside) {
      assertThrows(() => quantizer.decode([code]), RangeError, `Cannot decode value 0 by`);
    }
  });
}

/** Numbers that meet every value: dense all over the range and beyond, and random at all sizes. */
function _numbers(quantizer: Quantizer): Float32Array {
  const random = new RandomStream(1, `${quantizer}`);
  const size = 1.25 * Math.max(quantizer.max, -quantizer.min, 4);
  return Float32Array.from({ length: 40_000 }, (_, i) => {
    if (i % 2 === 0) return size * ((i + random.uniform()) / 20_000 - 1);
    return (random.uniform() < 0.5 ? -1 : 1) * 2 ** (60 * random.uniform() - 40);
  });
}

/** Checks that an option is refused by a RangeError that names it and its value. */
export function assertRefused(make: () => unknown, option: string, value: unknown): void {
  const { message } = assertThrows(make, RangeError, `: ${option} must be `);
  assert(
    message.startsWith("Cannot make ") && message.endsWith(`current value is ${value}`),
    message,
  );
}

/**
 * Rounds half to even by the processor's addition, not by the code under test: next to 1.5 * 2^52
 * doubles are integers. Exact below 2^51.
 */
export function roundByAddition(x: number): number {
  const shift = 1.5 * 2 ** 52;
  return x + shift - shift;
}
