import { assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "../../../../src/tensor/backend.ts";
import { tf } from "../../../../src/tensor/tf.ts";
import { assertEqualWeights } from "../../../../src/tensor/training/parallel/equal_weights.ts";
import type { Model } from "../../../../src/tensor/types.ts";
import { toyModel } from "../_toy_model.ts";

await useBackend({ backend: "cpu" });

Deno.test("equal weights are found equal, and the last bit of one is seen", async () => {
  const model = toyModel(1, { centred: true });
  const hash = await _hashOf(model);
  await assertEqualWeights(toyModel(1, { centred: true }), _with(hash));
  const seen = new Set([String(hash)]);
  for (const variable of [...model.parameters.values(), ...model.state.values()]) {
    const kept = variable.dataSync().slice() as Float32Array;
    const changed = kept.slice();
    new Uint32Array(changed.buffer)[changed.length - 1] ^= 1;
    variable.assign(tf.tensor(changed, variable.shape));
    const other = await _hashOf(model);
    seen.add(String(other));
    await assertRejects(
      () => assertEqualWeights(model, _with(hash)),
      Error,
      "the copies of toy do not have the same weights",
    );
    variable.assign(tf.tensor(kept, variable.shape));
  }
  assertEquals(seen.size, 6);
  assertEquals(await _hashOf(model), hash);
});

/** What a replica tells the others. */
async function _hashOf(model: Model): Promise<Float32Array> {
  let told = new Float32Array(0);
  await assertEqualWeights(model, {
    rank: 0,
    workers: 1,
    sum: async (arrays) => [told = arrays[0].slice()],
    stopRequested: () => false,
  });
  return told;
}

/** One of two replicas, whose other tells this. */
function _with(other: Float32Array) {
  return {
    rank: 0,
    workers: 2,
    sum: async ([own]: readonly Float32Array[]) => [own.map((x, k) => x + other[k])],
    stopRequested: () => false,
  };
}
