import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import {
  Batches,
  type BatchesOptions,
  countRows,
  shareOfBatch,
} from "../../../src/tensor/training/batches.ts";

/** Row r has inputs 2 r and 2 r + 1, and target -r. */
const ROWS = 11;
const DATA = {
  inputs: Float32Array.from({ length: 2 * ROWS }, (_, k) => k),
  inputShape: [2, 1],
  targets: Float32Array.from({ length: ROWS }, (_, row) => -row),
};

Deno.test("Batches shows every row once an epoch, with its own target, in an order of its own", () => {
  const batches = new Batches(DATA, { batchSize: 4, seed: 5 });
  assertEquals([batches.rows, batches.stepsPerEpoch], [ROWS, 3]);
  const orders = [0, 1, 2].map((epoch) => _rowsOf(batches, 3 * epoch, 3));
  for (const [epoch, order] of orders.entries()) {
    assertEquals([...order].sort((a, b) => a - b), [...Array(ROWS).keys()]);
    const expected = new RandomStream(5, "shuffle", epoch).shuffle([...Array(ROWS).keys()]);
    assertEquals(order, expected);
  }
  assertEquals(new Set(orders.map(String)).size, 3);
  assertEquals([0, 1, 2, 3].map((step) => batches.at(step).count), [4, 4, 3, 4]);
});

Deno.test("Batches gives a step the same batch, whatever was asked before", () => {
  const augment: BatchesOptions["augment"] = ({ inputs }, random) => {
    for (let k = 0; k < inputs.length; k++) inputs[k] += random.uniform();
  };
  const options = { batchSize: 4, seed: 5, augment };
  const forwards = new Batches(DATA, options), backwards = new Batches(DATA, options);
  const steps = [...Array(12).keys()];
  const expected = steps.map((step) => forwards.at(step));
  assertEquals(steps.toReversed().map((step) => backwards.at(step)), expected.toReversed());
  const other = new Batches(DATA, { ...options, seed: 6 });
  assert(steps.every((step) => String(other.at(step).inputs) !== String(expected[step].inputs)));
  // The augmentation is the stream's, on copies of the rows.
  const plain = new Batches(DATA, { batchSize: 4, seed: 5 });
  const random = new RandomStream(5, "augment", 7);
  const inputs = plain.at(7).inputs.map((x) => x + random.uniform());
  assertEquals(expected[7].inputs, inputs);
  assertEquals(DATA.inputs, Float32Array.from({ length: 2 * ROWS }, (_, k) => k));
});

Deno.test("Batches leaves the rest of an epoch out when asked to", () => {
  const batches = new Batches(DATA, { batchSize: 4, seed: 5, dropLast: true });
  assertEquals(batches.stepsPerEpoch, 2);
  assertEquals([0, 1, 2, 3].map((step) => batches.at(step).count), [4, 4, 4, 4]);
  assertEquals(new Set(_rowsOf(batches, 0, 2)).size, 8);
  assertThrows(
    () => new Batches(DATA, { batchSize: 12, seed: 5, dropLast: true }),
    RangeError,
    "Cannot make batches of 12: there are only 11 rows",
  );
});

Deno.test("shareOfBatch cuts a batch into parts that differ by a row at most", () => {
  const batch = new Batches(DATA, { batchSize: 11, seed: 1 }).at(0);
  for (const workers of [1, 2, 3, 4, 11, 16]) {
    const shares = [...Array(workers).keys()].map((rank) => shareOfBatch(batch, rank, workers));
    assertEquals(shares.flatMap(({ inputs }) => [...inputs]), [...batch.inputs]);
    assertEquals(shares.flatMap(({ targets }) => [...targets]), [...batch.targets]);
    const counts = shares.map(({ count }) => count);
    assert(Math.max(...counts) - Math.min(...counts) <= 1, `${workers}: ${counts}`);
    assert(shares.every(({ inputs, count }) => inputs.length === 2 * count));
  }
});

Deno.test("data has to fit together", () => {
  assertEquals(countRows(DATA), ROWS);
  for (
    const [change, ErrorClass, message] of [
      [{ inputs: new Float32Array(0) }, RangeError, "there is no row"],
      [{ inputs: new Float32Array(3) }, TypeError, "there are 3 numbers of inputs, 2 a row"],
      [{ targets: new Float32Array(12) }, TypeError, "and 12 of targets"],
      [{ targets: new Float32Array(0) }, TypeError, "and 0 of targets"],
    ] as const
  ) {
    assertThrows(() => countRows({ ...DATA, ...change }), ErrorClass, message);
  }
  for (const batchSize of [0, 1.5, NaN]) {
    assertThrows(
      () => new Batches(DATA, { batchSize, seed: 1 }),
      RangeError,
      `batchSize must be a positive integer, current value is ${batchSize}`,
    );
  }
});

function _rowsOf(batches: Batches, firstStep: number, steps: number): number[] {
  return [...Array(steps).keys()].flatMap((k) => {
    const { inputs, targets } = batches.at(firstStep + k);
    return [...targets].map((target, row) => {
      assertEquals([inputs[2 * row], inputs[2 * row + 1]], [-2 * target, -2 * target + 1]);
      return -target + 0;
    });
  });
}
