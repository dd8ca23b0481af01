import { assert, assertEquals } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { sortedOrder } from "../../src/transport/sorted_order.ts";

const KINDS: Record<string, (random: RandomStream) => number> = {
  uniform: (random) => random.uniform(),
  "many decades": (random) => 10 ** (600 * random.uniform() - 300),
  "few values": (random) => random.integer(5) / 3,
  zeros: () => 0,
  "nearly equal": (random) => 1 + random.integer(100) * Number.EPSILON,
};

for (const [kind, draw] of Object.entries(KINDS)) {
  Deno.test(`sortedOrder() sorts as a comparison does, stably: ${kind}`, () => {
    // Both digit sizes, and parts of larger buffers.
    for (const count of [0, 1, 2, 17, 999, 1000, 3000]) {
      const random = new RandomStream(91, kind, count);
      const values = Float64Array.from({ length: count + 3 }, () => draw(random)).subarray(3);
      const expected = [...values.keys()].sort((k, l) => values[k] - values[l]);
      const order = sortedOrder(values);
      assertEquals(order.length, count);
      assert(expected.every((k, rank) => order[rank] === k));
    }
  });
}
