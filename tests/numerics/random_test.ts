import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";

Deno.test("RandomStream is xoshiro128**", () => {
  const stream = new RandomStream(1, "recurrence");
  const observed = Array.from({ length: 4 }, () => BigInt(stream.uint32()));
  const predicted = _xoshiro128starstar(_stateAfterFirst(observed));
  for (const output of observed.slice(1)) assertEquals(predicted(), output);
  for (let draw = 0; draw < 1000; draw++) assertEquals(BigInt(stream.uint32()), predicted());
});

Deno.test("RandomStream.uniform32() is the middle of one of 2^32 steps, and uniform", () => {
  const bits = new RandomStream(3, "steps"), stream = new RandomStream(3, "steps");
  for (let draw = 0; draw < 1000; draw++) {
    assertEquals(stream.uniform32(), (bits.uint32() + 0.5) / 2 ** 32);
  }
  assert((2 ** 32 - 0.5) / 2 ** 32 < 1); // the last step is not rounded to 1
  _assertUniform(_countBins(64, 64_000, () => stream.uniform32()));
});

Deno.test("RandomStream draws the same numbers for the same key", () => {
  const draw = (stream: RandomStream) => [
    stream.uint32(),
    stream.uniform(),
    stream.integer(1000),
    stream.normal(),
    stream.normal(),
    stream.exponential(),
    ...stream.shuffle([1, 2, 3, 4, 5]),
  ];
  assertEquals(draw(new RandomStream(7, "pairs", 17)), draw(new RandomStream(7, "pairs", 17)));
  assertEquals(draw(new RandomStream(7, "pairs")), draw(new RandomStream(7, "pairs", 0)));
});

Deno.test("RandomStream draws other numbers when any part of the key differs", () => {
  const streams = [
    new RandomStream(0, "pairs", 0),
    new RandomStream(1, "pairs", 0),
    new RandomStream(-1, "pairs", 0),
    new RandomStream(2 ** 32 - 1, "pairs", 0),
    new RandomStream(2 ** 32, "pairs", 0),
    new RandomStream(-(2 ** 32), "pairs", 0),
    new RandomStream(0, "pairs", 1),
    new RandomStream(0, "pairs", -1),
    new RandomStream(0, "pairs", 2 ** 32),
    new RandomStream(0, "", 0),
    new RandomStream(0, "pair", 0),
    new RandomStream(0, "pairs ", 0),
    new RandomStream(0, "spair", 0),
  ];
  assertEquals(new Set(streams.map((stream) => stream.uint32())).size, streams.length);
});

Deno.test("RandomStream gives unrelated first numbers to neighbouring seeds and indices", () => {
  const bySeed = _countBins(64, 20_000, (k) => new RandomStream(k, "x").uniform());
  const byIndex = _countBins(64, 20_000, (k) => new RandomStream(3, "x", k).uniform());
  _assertUniform(bySeed);
  _assertUniform(byIndex);
  // Pairs of neighbours fill a square evenly.
  const pairs = _countBins(256, 20_000, (k) => {
    const one = Math.floor(16 * new RandomStream(3, "x", k).uniform());
    const next = Math.floor(16 * new RandomStream(3, "x", k + 1).uniform());
    return (16 * one + next) / 256;
  });
  _assertUniform(pairs);
});

Deno.test("uint32() sets each bit half of the time", () => {
  const random = new RandomStream(1, "bits");
  const set = new Array<number>(32).fill(0);
  const draws = 20_000;
  for (let draw = 0; draw < draws; draw++) {
    const bits = random.uint32();
    assert(Number.isInteger(bits) && bits >= 0 && bits < 2 ** 32);
    for (let bit = 0; bit < 32; bit++) set[bit] += bits >>> bit & 1;
  }
  for (const count of set) assert(Math.abs(count - draws / 2) < 4.5 * Math.sqrt(draws / 4));
});

Deno.test("uniform() is even in [0, 1) and uses 53 bits", () => {
  const random = new RandomStream(1, "uniform");
  _assertUniform(_countBins(100, 100_000, () => random.uniform()));
  let usesLowestBit = false;
  for (let draw = 0; draw < 100; draw++) {
    const steps = random.uniform() * 2 ** 53;
    assert(Number.isInteger(steps) && steps < 2 ** 53);
    usesLowestBit ||= steps % 2 === 1;
  }
  assert(usesLowestBit);
});

Deno.test("integer() stays below its bound and is even", () => {
  const random = new RandomStream(1, "integer");
  for (const n of [2, 6, 48]) {
    const counts = new Array<number>(n).fill(0);
    for (let draw = 0; draw < 20_000; draw++) counts[random.integer(n)]++;
    _assertUniform(counts);
  }
  for (let draw = 0; draw < 100; draw++) assertEquals(random.integer(1), 0);
});

Deno.test("integer() has no bias where 2^32 is not a multiple of its bound", () => {
  // The remainder of 32 random bits would be below 2^30 half of the time instead of a third.
  const random = new RandomStream(2, "integer");
  const n = 3 * 2 ** 30;
  _assertUniform(_countBins(3, 30_000, () => random.integer(n) / n));
});

Deno.test("integer() reaches the whole of its largest range", () => {
  const random = new RandomStream(3, "integer");
  _assertUniform(_countBins(16, 20_000, () => random.integer(2 ** 32) / 2 ** 32));
});

Deno.test("integer() refuses bounds that are not integers in [1, 2^32]", () => {
  const random = new RandomStream(1, "integer");
  for (const n of [0, -3, 2.5, NaN, Infinity, 2 ** 32 + 1]) {
    assertThrows(
      () => random.integer(n),
      RangeError,
      `n must be an integer in [1, 2^32], current value is ${n}`,
    );
  }
});

Deno.test("normal() has the moments and quantiles of the standard normal distribution", () => {
  const random = new RandomStream(1, "normal");
  const draws = Float64Array.from({ length: 100_000 }, () => random.normal());
  const mean = (of: (x: number) => number) => draws.reduce((sum, x) => sum + of(x), 0) / 1e5;
  // Within four standard errors: sqrt of variance / 1e5.
  assertAlmostEquals(mean((x) => x), 0, 4 * Math.sqrt(1 / 1e5));
  assertAlmostEquals(mean((x) => x ** 2), 1, 4 * Math.sqrt(2 / 1e5));
  assertAlmostEquals(mean((x) => x ** 3), 0, 4 * Math.sqrt(15 / 1e5));
  assertAlmostEquals(mean((x) => x ** 4), 3, 4 * Math.sqrt(96 / 1e5));
  assertAlmostEquals(mean((x) => x < 1 ? 1 : 0), 0.8413447, 4 * Math.sqrt(0.1335 / 1e5));
  assertAlmostEquals(mean((x) => x < -2 ? 1 : 0), 0.0227501, 4 * Math.sqrt(0.0222 / 1e5));
});

Deno.test("normal() draws pairs that are not correlated, nor their squares", () => {
  const random = new RandomStream(2, "normal");
  let product = 0;
  let productOfSquares = 0;
  const pairs = 50_000;
  for (let pair = 0; pair < pairs; pair++) {
    const x = random.normal();
    const y = random.normal();
    product += x * y / pairs;
    productOfSquares += (x * x - 1) * (y * y - 1) / pairs;
  }
  assertAlmostEquals(product, 0, 4 * Math.sqrt(1 / pairs));
  assertAlmostEquals(productOfSquares, 0, 4 * Math.sqrt(4 / pairs));
});

Deno.test("exponential() has the moments and the tail of the exponential distribution", () => {
  const random = new RandomStream(1, "exponential");
  const draws = Float64Array.from({ length: 100_000 }, () => random.exponential());
  const mean = (of: (x: number) => number) => draws.reduce((sum, x) => sum + of(x), 0) / 1e5;
  assert(draws.every((x) => x >= 0 && x < Infinity));
  assertAlmostEquals(mean((x) => x), 1, 4 * Math.sqrt(1 / 1e5));
  assertAlmostEquals(mean((x) => (x - 1) ** 2), 1, 4 * Math.sqrt(8 / 1e5));
  assertAlmostEquals(mean((x) => x > 1 ? 1 : 0), 1 / Math.E, 4 * Math.sqrt(0.2325 / 1e5));
});

Deno.test("shuffle() makes every order equally likely", () => {
  const random = new RandomStream(1, "shuffle");
  const counts = new Map<string, number>();
  for (let round = 0; round < 24_000; round++) {
    const order = random.shuffle(["a", "b", "c", "d"]).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 24);
  _assertUniform([...counts.values()]);
});

Deno.test("shuffle() keeps the items, works in place and takes typed arrays", () => {
  const random = new RandomStream(2, "shuffle");
  const items = Int32Array.from({ length: 100 }, (_, k) => k);
  assert(random.shuffle(items) === items);
  assert(items.some((item, k) => item !== k));
  assertEquals(items.toSorted(), Int32Array.from({ length: 100 }, (_, k) => k));
  assertEquals(random.shuffle([]), []);
});

Deno.test("RandomStream refuses keys that are not safe integers", () => {
  for (const value of [0.5, NaN, Infinity, 2 ** 53]) {
    assertThrows(
      () => new RandomStream(value, "x"),
      RangeError,
      `Cannot start a random stream: seed must be a safe integer, current value is ${value}`,
    );
    assertThrows(
      () => new RandomStream(0, "x", value),
      RangeError,
      `Cannot start a random stream: index must be a safe integer, current value is ${value}`,
    );
  }
});

type State = [s0: bigint, s1: bigint, s2: bigint, s3: bigint];

function _rotateLeft(word: bigint, by: bigint): bigint {
  return BigInt.asUintN(32, word << by | word >> 32n - by);
}

/** The generator as Blackman and Vigna publish it, in arbitrary precision. */
function _xoshiro128starstar([s0, s1, s2, s3]: State): () => bigint {
  return () => {
    const output = BigInt.asUintN(32, _rotateLeft(BigInt.asUintN(32, s1 * 5n), 7n) * 9n);
    const shifted = BigInt.asUintN(32, s1 << 9n);
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = _rotateLeft(s3, 11n);
    return output;
  };
}

/** The state before the second of four outputs, worked out from them alone. */
function _stateAfterFirst(outputs: readonly bigint[]): State {
  // Undo the scrambler: 0x38e38e39 and 0xcccccccd are the inverses of 9 and 5 modulo 2^32.
  const [b0, b1, b2, b3] = outputs.map((output) =>
    BigInt.asUintN(32, _rotateLeft(BigInt.asUintN(32, output * 0x38e38e39n), 25n) * 0xcccccccdn)
  );
  // Each step makes s1 ^= s2 ^ s0, s2 ^= s0 ^ (s1 << 9) and s0 ^= s3 ^ s1, of the old values.
  const c1 = b1 ^ b0 ^ BigInt.asUintN(32, b0 << 9n);
  const a1 = b2 ^ b1 ^ c1;
  const c2 = c1 ^ a1 ^ BigInt.asUintN(32, b1 << 9n);
  const a2 = b3 ^ b2 ^ c2;
  return [a1, b1, c1, a2 ^ a1 ^ b1];
}

function _countBins(bins: number, draws: number, draw: (k: number) => number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let k = 0; k < draws; k++) counts[Math.floor(bins * draw(k))]++;
  return counts;
}

/** Chi-square against equal counts, within four standard deviations: mean n - 1, variance 2 (n - 1). */
function _assertUniform(counts: readonly number[]): void {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = counts.length - 1;
  assert(
    chiSquare < freedom + 4 * Math.sqrt(2 * freedom) + 4,
    `chi-square ${chiSquare} for ${freedom} degrees of freedom`,
  );
}
