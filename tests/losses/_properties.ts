/**
 * What every loss must do, whatever it computes: one suite that each loss passes.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import type { Batch, Loss } from "../../src/losses/types.ts";
import { RandomStream } from "../../src/numerics/random.ts";

/** How a loss behaves when both its inputs are scaled by ten. */
export interface LossProperties {
  /** The value is multiplied by ten to this power: 0 for normalised losses. */
  readonly degree?: number;
  /** Largest error of a finite difference, relative to the largest gradient. @default 1e-6 */
  readonly differenceTolerance?: number;
  /** Whether the loss is zero at equality only where a target is all in one cell. @default false */
  readonly certainTargets?: boolean;
}

const ROWS = 12;

/** Registers the suite for a loss. */
export function testLossProperties(
  label: string,
  loss: Loss,
  properties: LossProperties = {},
): void {
  const { size } = loss;

  Deno.test(`${label} is not negative, and zero at equality`, async () => {
    for (const seed of [1, 2, 3]) {
      const { target, output } = _draw(loss, seed);
      const { value } = await loss.valueAndGradient(target, output);
      assert(value.every((v) => v > 0), "different rows are some way apart");
      const equal = properties.certainTargets ? _inOneCell(size) : target;
      const same = await loss.valueAndGradient(equal, equal.slice());
      assert(same.value.every((v) => v >= 0 && v <= 1e-12));
    }
  });

  Deno.test(`${label} is symmetric or not, as declared`, async () => {
    const { target, output } = _draw(loss, 4);
    const forth = await loss.valueAndGradient(target, output);
    const back = await loss.valueAndGradient(output, target);
    const difference = forth.value.map((v, row) => Math.abs(v - back.value[row]));
    assertEquals(Math.max(...difference) <= 1e-12 * Math.max(...forth.value), loss.symmetric);
  });

  Deno.test(`${label} has the gradient that finite differences see`, async () => {
    const { target, output } = _draw(loss, 5);
    const { gradient } = await loss.valueAndGradient(target, output);
    const largest = Math.max(...gradient.map(Math.abs));
    const tolerance = (properties.differenceTolerance ?? 1e-6) * largest;
    const random = new RandomStream(6, "directions");
    for (let trial = 0; trial < 24; trial++) {
      // One direction a row; on the simplex it must keep the sum.
      const direction = Float64Array.from(output, () => random.normal());
      if (loss.domain === "simplex") _centreRows(direction, size);
      const step = 1e-6 * Math.max(...output);
      const at = async (sign: number) =>
        (await loss.valueAndGradient(target, output.map((y, k) => y + sign * step * direction[k])))
          .value;
      const [up, down] = [await at(1), await at(-1)];
      for (let row = 0; row < ROWS; row++) {
        const slope = (up[row] - down[row]) / (2 * step);
        let predicted = 0;
        for (let k = row * size; k < (row + 1) * size; k++) predicted += gradient[k] * direction[k];
        assertAlmostEquals(predicted, slope, tolerance * Math.sqrt(size), `row ${row}`);
      }
    }
  });

  Deno.test(`${label} gives a batch what it gives its rows one by one`, async () => {
    const { target, output } = _draw(loss, 7, 0.4);
    const whole = await loss.valueAndGradient(target, output);
    assertEquals([whole.value.length, whole.gradient.length], [ROWS, ROWS * size]);
    for (let row = 0; row < ROWS; row++) {
      const [begin, end] = [row * size, (row + 1) * size];
      const one = await loss.valueAndGradient(
        target.subarray(begin, end),
        output.subarray(begin, end),
      );
      assertEquals([...one.value], [whole.value[row]]);
      assertEquals([...one.gradient], [...whole.gradient.subarray(begin, end)]);
    }
    const none = await loss.valueAndGradient(new Float64Array(0), new Float64Array(0));
    assertEquals([none.value.length, none.gradient.length], [0, 0]);
  });

  Deno.test(`${label} takes empty cells, single precision, and changes no input`, async () => {
    const { target, output } = _draw(loss, 8, 0.7);
    const before = [target.slice(), output.slice()];
    const { value, gradient } = await loss.valueAndGradient(target, output);
    assertEquals([target, output], before);
    assert([...value, ...gradient].every(Number.isFinite));
    const single = await loss.valueAndGradient(
      Float32Array.from(target),
      Float32Array.from(output),
    );
    value.forEach((v, row) => assertAlmostEquals(single.value[row], v, 1e-5 * Math.max(1, v)));
  });

  if (loss.domain === "simplex") {
    Deno.test(`${label} has a gradient that sums to zero in each row`, async () => {
      const { target, output } = _draw(loss, 9, 0.3);
      const { gradient } = await loss.valueAndGradient(target, output);
      for (let row = 0; row < ROWS; row++) {
        const slopes = gradient.subarray(row * size, (row + 1) * size);
        const sum = slopes.reduce((a, b) => a + b, 0);
        assertAlmostEquals(sum, 0, 1e-10 * Math.max(1, ...slopes.map(Math.abs)));
      }
    });
  } else {
    const degree = properties.degree ?? 0;
    Deno.test(`${label} of rows ten times as large is 10^${degree} as large`, async () => {
      const { target, output } = _draw(loss, 10);
      const one = await loss.valueAndGradient(target, output);
      const ten = await loss.valueAndGradient(target.map((x) => 10 * x), output.map((y) => 10 * y));
      one.value.forEach((v, row) => {
        assertAlmostEquals(ten.value[row], v * 10 ** degree, 1e-10 * v * 10 ** degree);
      });
    });
  }

  Deno.test(`${label} names row and cell of a bad number, and lengths that do not fit`, async () => {
    const { target, output } = _draw(loss, 11);
    for (const bad of [NaN, -1, Infinity]) {
      const promised = Promise.resolve().then(() =>
        loss.valueAndGradient(target, output.with(2 * size + 3, bad))
      );
      await assertRejects(
        () => promised,
        RangeError,
        `Cannot compute ${loss.name} of row 2: cell 3 of the output must be >= 0 and finite, ` +
          `current value is ${bad}`,
      );
    }
    const lengths = Promise.resolve().then(() =>
      loss.valueAndGradient(target, output.subarray(size))
    );
    await assertRejects(() => lengths, TypeError, `Cannot compute ${loss.name}: target and output`);
  });
}

/** Rows of positive numbers, some set to zero; of sum one on the simplex. */
function _draw(
  loss: Loss,
  seed: number,
  empty = 0,
): { target: Float64Array; output: Float64Array } {
  const random = new RandomStream(seed, "loss rows");
  const draw = () => {
    const rows = Float64Array.from(
      { length: ROWS * loss.size },
      () => random.uniform() < empty ? 0 : 0.05 + random.exponential(),
    );
    return loss.domain === "simplex" ? _sumToOne(rows, loss.size) : rows;
  };
  return { target: draw(), output: draw() };
}

/** Rows with everything in one cell. */
function _inOneCell(size: number): Float64Array {
  const rows = new Float64Array(ROWS * size);
  for (let row = 0; row < ROWS; row++) rows[row * size + (5 * row) % size] = 1;
  return rows;
}

function _sumToOne(rows: Float64Array, size: number): Float64Array {
  for (let begin = 0; begin < rows.length; begin += size) {
    const row = rows.subarray(begin, begin + size);
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((x, k) => row[k] = x / sum);
  }
  return rows;
}

function _centreRows(rows: Batch, size: number): void {
  for (let begin = 0; begin < rows.length; begin += size) {
    const row = rows.subarray(begin, begin + size);
    let mean = 0;
    for (const x of row) mean += x / size;
    row.forEach((x, k) => row[k] = x - mean);
  }
}
