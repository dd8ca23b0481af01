import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { superTriggerCellCodec } from "../../../src/trigger/codecs/super_trigger_cell_codec.ts";

/** Cells of the sums in train order, as the published emulation lists them. */
// deno-fmt-ignore
const PUBLISHED = [
  [0, 1, 4, 5], [2, 3, 6, 7], [8, 9, 12, 13], [10, 11, 14, 15],
  [16, 17, 20, 21], [18, 19, 22, 23], [24, 25, 28, 29], [26, 27, 30, 31],
  [32, 33, 36, 37], [34, 35, 38, 39], [40, 41, 44, 45], [42, 43, 46, 47],
];

Deno.test("superTriggerCellCodec() puts each sum where its largest cell is", async () => {
  const random = new RandomStream(1, "super trigger cells");
  const charges = Float64Array.from({ length: 10 * 48 }, () => 20 * random.exponential());
  const sent = await superTriggerCellCodec().transmit(charges);
  for (let start = 0; start < charges.length; start += 48) {
    for (const group of PUBLISHED) {
      const inside = group.map((cell) => charges[start + cell]);
      const sum = inside.reduce((a, b) => a + b);
      const arrived = group.map((cell) => sent[start + cell]);
      const place = inside.indexOf(Math.max(...inside));
      arrived.forEach((charge, k) => {
        if (k !== place) assertEquals(charge, 0);
        else assert(charge <= sum && charge > sum * 15 / 16 - 1 / 35);
      });
    }
  }
});

Deno.test("superTriggerCellCodec() of 16 sums rhombi", async () => {
  const charges = new Float64Array(48).fill(16 / 35.1232 * 4);
  charges[20] *= 1.5;
  const { transmit, bits } = superTriggerCellCodec({ size: 16 });
  const sent = await transmit(charges);
  assertEquals(Array.from(sent).flatMap((charge, cell) => charge > 0 ? [cell] : []), [0, 20, 32]);
  assertAlmostEquals(sent[0] * 35.1232, 16 * 64, 1e-9);
  assertEquals(bits(charges), 5 + 3 * (9 + 4));
  assertEquals(superTriggerCellCodec().bits(charges), 5 + 12 * (9 + 2));
});

Deno.test("superTriggerCellCodec() refuses other sizes", () => {
  assertThrows(() => superTriggerCellCodec({ size: 8 as 4 }), RangeError, "current value is 8");
});
