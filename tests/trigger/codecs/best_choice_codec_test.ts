import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { bestChoiceCodec } from "../../../src/trigger/codecs/best_choice_codec.ts";

Deno.test("bestChoiceCodec() sends the largest cells of each wafer", async () => {
  const random = new RandomStream(1, "best choice");
  const charges = Float64Array.from({ length: 30 * 48 }, () => 1 + 9 * random.exponential());
  for (const cells of [1, 6, 14, 48]) {
    const sent = await bestChoiceCodec({ cells }).transmit(charges);
    for (let start = 0; start < charges.length; start += 48) {
      const wafer = Array.from(charges.subarray(start, start + 48));
      const least = wafer.toSorted((a, b) => b - a)[cells - 1];
      wafer.forEach((charge, cell) => {
        const arrived = sent[start + cell];
        if (charge < least) assertEquals(arrived, 0);
        else assert(arrived > charge * 7 / 8 - 1 / 35 && arrived <= charge);
      });
    }
  }
});

Deno.test("bestChoiceCodec() of equal cells sends the first", async () => {
  const sent = await bestChoiceCodec({ cells: 3 }).transmit(new Float64Array(48).fill(1));
  assertEquals(Array.from(sent).flatMap((charge, cell) => charge > 0 ? [cell] : []), [0, 1, 2]);
});

Deno.test("bestChoiceCodec() has a fixed cost, and refuses numbers of cells that are none", () => {
  assertEquals(bestChoiceCodec().bits(new Float64Array(96)), 2 * (5 + 8 + 48 + 14 * 7));
  assertEquals(bestChoiceCodec({ cells: 4 }).bits(new Float64Array(48)), 5 + 8 + 3 + 4 * 13);
  for (const cells of [0, 49, 2.5]) {
    assertThrows(() => bestChoiceCodec({ cells }), RangeError, `current value is ${cells}`);
  }
});
