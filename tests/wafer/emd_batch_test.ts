import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { EmdPool } from "../../src/transport/pool.ts";
import { waferEmd } from "../../src/wafer/emd.ts";
import { waferEmdBatch, waferEmdParallel } from "../../src/wafer/emd_batch.ts";
import { toPaperOrder } from "../../src/wafer/orders.ts";
import { drawPair, PAIR_KINDS } from "../_support/histograms.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const WORKERS = [permission({ name: "read", path: new URL("../../src/", import.meta.url) })];

Deno.test("waferEmdBatch() equals waferEmd() row by row", () => {
  const { x, y, count } = _batch(Object.keys(PAIR_KINDS), 5);
  const { values, notOptimal } = waferEmdBatch(x, y);
  assertEquals([values.length, notOptimal], [count, 0]);
  for (let b = 0; b < count; b++) {
    const [xb, yb] = [x, y].map((rows) => rows.subarray(b * 48, (b + 1) * 48));
    assertAlmostEquals(values[b], waferEmd(xb, yb).value, 1e-12);
  }
});

Deno.test("waferEmdBatch() gives the gradient of the call as it was called", () => {
  // Dense wafers of any scale: all charges may be varied both ways.
  const { x, y, count } = _batch(["dense"], 6, 37);
  const { gradients } = waferEmdBatch(x, y, { gradients: true });
  let compared = 0;
  for (let b = 0; b < count; b++) {
    if (!waferEmd(x.subarray(b * 48, b * 48 + 48), y.subarray(b * 48, b * 48 + 48)).unique) {
      continue;
    }
    for (let k = b * 48; k < (b + 1) * 48; k++) {
      const step = 1e-5 * y[k];
      const at = (charge: number) => waferEmdBatch(x, y.with(k, charge)).values[b];
      const slope = (at(y[k] + step) - at(y[k] - step)) / (2 * step);
      assertAlmostEquals(gradients![k], slope, 1e-6 * Math.max(1, Math.abs(slope)));
      compared++;
    }
  }
  assert(compared >= 96, `only ${compared} derivatives were compared`);
});

Deno.test("waferEmdBatch() gradients do not change the value when all charge is scaled", () => {
  const { x, y, count } = _batch(Object.keys(PAIR_KINDS), 3, 12);
  const { gradients } = waferEmdBatch(x, y, { gradients: true });
  for (let b = 0; b < count; b++) {
    let radial = 0;
    for (let k = b * 48; k < (b + 1) * 48; k++) radial += gradients![k] * y[k];
    assertAlmostEquals(radial, 0, 1e-12);
  }
});

Deno.test("waferEmdBatch() writes into the caller's arrays, reads Float32, certifies", () => {
  const { x, y, count } = _batch(Object.keys(PAIR_KINDS), 2);
  const values = new Float64Array(count), gradients = new Float64Array(count * 48);
  const [x32, y32] = [Float32Array.from(x), Float32Array.from(y)];
  const result = waferEmdBatch(x32, y32, { values, gradients, certify: true });
  assert(result.values === values && result.gradients === gradients);
  assertEquals(result.certified, count);
  const again = waferEmdBatch(Float64Array.from(x32), Float64Array.from(y32), { gradients: true });
  assertEquals([again.values, again.gradients], [values, gradients]);
  assertEquals(again.certified, undefined);
});

Deno.test("waferEmdBatch() reads paper order when told so", () => {
  const { x, y } = _batch(["dense"], 4);
  const { values } = waferEmdBatch(toPaperOrder(x), toPaperOrder(y), { order: "paper" });
  waferEmdBatch(x, y).values.forEach((value, b) => assertAlmostEquals(values[b], value, 1e-12));
});

Deno.test("waferEmdBatch() gives empty wafers the value agreed on and a zero gradient", () => {
  const { x, y } = _batch(["dense"], 3);
  y.fill(0, 48, 96);
  const { values, gradients } = waferEmdBatch(x, y, { emptyValue: -1, gradients: true });
  assertEquals(values[1], -1);
  assert(gradients!.subarray(48, 96).every((g) => g === 0));
  assert(values[0] > 0 && values[2] > 0);
  assertThrows(
    () => waferEmdBatch(x, y),
    RangeError,
    "Cannot compute EMD of second wafer 1: it has no charge",
  );
});

Deno.test("waferEmdBatch() refuses bad batches", () => {
  const good = new Float64Array(96).fill(1);
  assertThrows(
    () => waferEmdBatch(good, good.subarray(48)),
    TypeError,
    "both batches must have the same length, current lengths are 96 and 48",
  );
  assertThrows(
    () => waferEmdBatch(good.subarray(1), good.subarray(1)),
    TypeError,
    "a batch must hold rows of 48 numbers, current length is 95",
  );
  assertThrows(
    () => waferEmdBatch(good, good.with(51, -2)),
    RangeError,
    "Cannot compute EMD of second wafer 1: charge of cell 3 must be >= 0, current value is -2",
  );
  assertThrows(
    () => waferEmdBatch(good, good, { values: new Float64Array(3) }),
    TypeError,
    "values must have length 2, current length is 3",
  );
  assertThrows(
    () => waferEmdBatch(good, good, { gradients: new Float64Array(3) }),
    TypeError,
    "gradients must have length 96, current length is 3",
  );
});

testNeeding(WORKERS, "waferEmdParallel() gives the same bits as waferEmdBatch()", async () => {
  const { x, y, count } = _batch(Object.keys(PAIR_KINDS), 400);
  const alone = waferEmdBatch(x, y, { gradients: true, certify: true });
  for (const workers of [1, 2, 3]) {
    const values = new Float64Array(count);
    const options = { workers, values, gradients: true, certify: true };
    const result = await waferEmdParallel(x, y, options);
    assert(result.values === values);
    assertEquals([...result.values], [...alone.values]);
    assertEquals([...result.gradients!], [...alone.gradients!]);
    assertEquals(result.certified, count);
  }
});

testNeeding(WORKERS, "waferEmdParallel() uses a running pool, reports, and stops", async () => {
  const { x, y, count } = _batch(["dense"], 9000);
  using pool = await EmdPool.start({ workers: 2 });
  let last = 0;
  await waferEmdParallel(x, y, { pool, onProgress: (done) => last = done });
  assertEquals(last, count);
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => waferEmdParallel(x, y, { pool, signal }), Error, "enough");
});

/** Pairs of the kinds, some of each, scaled by a factor that differs from wafer to wafer. */
function _batch(kinds: readonly string[], each: number, scale = 1) {
  const count = kinds.length * each;
  const x = new Float64Array(count * 48), y = new Float64Array(count * 48);
  for (let b = 0; b < count; b++) {
    const drawn = drawPair(kinds[b % kinds.length], 48, new RandomStream(41, "batch", b));
    x.set(drawn.x.map((v) => v * (1 + b % 7) * scale), b * 48);
    y.set(drawn.y.map((v) => v * (1 + b % 5) * scale), b * 48);
  }
  return { x, y, count };
}
