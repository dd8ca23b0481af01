import { assert, assertEquals } from "@std/assert";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { Batches } from "../../../src/tensor/training/batches.ts";
import { namedArrays } from "../../../src/tensor/training/named_arrays.ts";
import {
  batchGradient,
  countShared,
  sharedBatchGradient,
} from "../../../src/tensor/training/training_step.ts";
import type { Replica } from "../../../src/tensor/training/types.ts";
import { graphLoss, hostLoss, INPUTS, maxDifference, toyData, toyModel } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

const DATA = toyData(1, 7);
const BATCH = new Batches(DATA, { batchSize: 7, seed: 1 }).at(0);

Deno.test("replicas together find what one finds alone, even where some have no row", async () => {
  for (const loss of [graphLoss(), hostLoss()]) {
    for (const workers of [1, 2, 3, 9]) {
      const alone = toyModel(1);
      const options = { loss, inputShape: DATA.inputShape, batch: BATCH };
      const expected = await batchGradient({ ...options, model: alone });
      const found = await Promise.all(
        _replicas(workers).map((replica) =>
          sharedBatchGradient({ ...options, model: toyModel(1) }, replica)
        ),
      );
      for (const { loss: value, gradients, stopRequested } of found) {
        assert(Math.abs(value - expected.loss) < 1e-6 * expected.loss);
        assertEquals(stopRequested, false);
        gradients.forEach((gradient, k) => {
          const peer = expected.gradients[k];
          assertEquals(gradient.shape, peer.shape);
          assert(maxDifference(gradient.dataSync(), peer.dataSync()) < 2e-6);
        });
      }
    }
  }
});

Deno.test("running averages become the mean over replicas, weighted by rows", async () => {
  const models = [1, 2, 3].map(() => toyModel(1, { centred: true }));
  const options = { loss: graphLoss(), inputShape: DATA.inputShape, batch: BATCH };
  await Promise.all(
    _replicas(3).map((replica, k) =>
      sharedBatchGradient({ ...options, model: models[k] }, replica)
    ),
  );
  // Means of parts, weighted by their rows, are the mean of all; the old average was zero.
  const expected = Float64Array.from({ length: INPUTS }, (_, k) => {
    let sum = 0;
    for (let row = 0; row < 7; row++) sum += DATA.inputs[row * INPUTS + k];
    return 0.1 * sum / 7;
  });
  for (const model of models) {
    const mean = (await namedArrays(model.state)).get("mean")!;
    assert(maxDifference(mean, expected) < 1e-6);
  }
});

Deno.test("one replica that is asked to stop tells all", async () => {
  const replicas = _replicas(3).map((replica, k) => ({ ...replica, stopRequested: () => k === 1 }));
  const options = { loss: graphLoss(), inputShape: DATA.inputShape, batch: BATCH };
  const found = await Promise.all(
    replicas.map((replica) => sharedBatchGradient({ ...options, model: toyModel(1) }, replica)),
  );
  assertEquals(found.map(({ stopRequested }) => stopRequested), [true, true, true]);
});

Deno.test("sharedBatchGradient keeps no tensors, and countShared counts its numbers", async () => {
  const model = toyModel(1, { centred: true });
  const options = { model, inputShape: DATA.inputShape, batch: BATCH };
  for (const loss of [graphLoss(), hostLoss()]) {
    let count = 0;
    const replica: Replica = {
      rank: 0,
      workers: 1,
      sum: async (arrays) => {
        count = arrays.reduce((sum, { length }) => sum + length, 0);
        return arrays.map((array) => array.slice());
      },
      stopRequested: () => false,
    };
    const before = tf.memory().numTensors;
    tf.dispose((await sharedBatchGradient({ ...options, loss }, replica)).gradients);
    assertEquals(tf.memory().numTensors, before);
    assertEquals(countShared(model), count);
  }
});

/** Replicas in one thread: each waits until all have contributed. */
function _replicas(workers: number): Replica[] {
  const parts: (readonly Float32Array[])[] = [];
  const all = Promise.withResolvers<void>();
  return [...Array(workers).keys()].map((rank) => ({
    rank,
    workers,
    sum: async (arrays) => {
      parts[rank] = arrays;
      if (parts.filter((part) => part !== undefined).length === workers) all.resolve();
      await all.promise;
      return arrays.map((array, k) =>
        Float32Array.from(array, (_, i) => parts.reduce((sum, part) => sum + part[k][i], 0))
      );
    },
    stopRequested: () => false,
  }));
}
