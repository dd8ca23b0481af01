import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { thresholdCodec } from "../../../src/trigger/codecs/threshold_codec.ts";

Deno.test("thresholdCodec() keeps what is above, less at most an eighth", async () => {
  const random = new RandomStream(1, "threshold");
  const charges = Float64Array.from({ length: 20 * 48 }, () => 3 * random.exponential());
  charges[5] = 2;
  const { transmit } = thresholdCodec({ above: 2 });
  const sent = await transmit(charges);
  assertEquals(sent.length, charges.length);
  charges.forEach((charge, k) => {
    if (charge <= 2) assertEquals(sent[k], 0);
    else assert(sent[k] <= charge && sent[k] > charge * 7 / 8 - 1 / 35);
  });
});

Deno.test("thresholdCodec() costs by how many cells it sends", () => {
  const wafers = new Float64Array(3 * 48);
  wafers.fill(2, 48, 48 + 7);
  wafers.fill(2, 96, 96 + 20);
  const { bits } = thresholdCodec();
  assertEquals(bits(wafers.subarray(0, 48)), 5 + 3 + 8 + 3);
  assertEquals(bits(wafers.subarray(48, 96)), 5 + 3 + 8 + 3 + 7 * 13);
  assertEquals(bits(wafers.subarray(96)), 5 + 3 + 8 + 48 + 20 * 7);
  assertEquals(bits(wafers), 19 + 110 + 204);
});

Deno.test("thresholdCodec() refuses thresholds that are none", () => {
  for (const above of [-1, NaN, Infinity]) {
    assertThrows(() => thresholdCodec({ above }), RangeError, `current value is ${above}`);
  }
});
