import { assert, assertEquals, assertThrows } from "@std/assert";
import { evaluateReconstruction } from "../../src/codecs/evaluate.ts";
import { largestK } from "../../src/codecs/largest_k.ts";
import { fitLargestK, largestKFitting } from "../../src/codecs/largest_k_fit.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";

Deno.test("as many cells are kept as fit", () => {
  for (const bits of [48, 80, 112, 144]) {
    for (let chargeBits = 2; chargeBits <= 7; chargeBits++) {
      const options = largestKFitting(bits, chargeBits), { cells } = options;
      assert(largestK(options).bits <= bits);
      for (let more = cells + 1; more <= CELLS; more++) {
        assert(largestK({ ...options, cells: more }).bits > bits);
      }
    }
  }
  assertThrows(() => largestKFitting(7, 2), RangeError, "7 bits must hold one cell of 2 bits");
});

Deno.test("few cells want fine charges, many cells coarse ones, and the choice is the best", () => {
  const wafers = (occupied: number) => {
    const random = new RandomStream(occupied, "wafers");
    return Float64Array.from({ length: 40 * CELLS }, (_, i) => {
      const charge = Math.ceil(500 * random.uniform() ** 2);
      return (i * 7) % CELLS < occupied ? charge : 0;
    });
  };
  const few = fitLargestK(wafers(5), 80), many = fitLargestK(wafers(48), 80);
  assert(few > many, `${few} bits for few, ${many} for many`);
  const mean = (chargeBits: number) => {
    const codec = largestK(largestKFitting(80, chargeBits)), charges = wafers(48);
    return evaluateReconstruction(charges, codec.reconstruct(charges)).all.mean;
  };
  const means = [2, 3, 4, 5, 6, 7].map(mean);
  assertEquals(means.indexOf(Math.min(...means)) + 2, many);
  assertThrows(() => fitLargestK([], 80), RangeError, "no wafers");
});
