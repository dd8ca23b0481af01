import { assert, assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { meanLoss } from "../../../src/tensor/training/mean_loss.ts";
import { graphLoss, hostLoss, INPUTS, OUTPUTS, toyData, toyModel } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

const ROWS = 10, DATA = toyData(4, ROWS);

Deno.test("meanLoss is the mean over all rows, in batches of any size, by graph and by host", async () => {
  const model = toyModel(1, { centred: true });
  model.state.get("mean")!.assign(tf.tensor1d([1, 2, 3, 4, 5]));
  const expected = await _expected(model);
  const before = tf.memory().numTensors;
  for (const batchSize of [1, 3, 10, 256]) {
    for (const loss of [hostLoss(), graphLoss()]) {
      const value = await meanLoss(model, loss, DATA, { batchSize });
      assert(Math.abs(value - expected) < 1e-6 * expected, `${value}, not ${expected}`);
    }
  }
  assertEquals(tf.memory().numTensors, before);
  assertEquals([...model.state.get("mean")!.dataSync()], [1, 2, 3, 4, 5], "not in training");
});

Deno.test("meanLoss of replicas adds up to that of one", async () => {
  const model = toyModel(1), expected = await _expected(model);
  const parts: number[] = [];
  for (const rank of [0, 1, 2]) {
    const replica = {
      rank,
      workers: 3,
      sum: async ([[part]]: readonly Float32Array[]) => {
        parts.push(part);
        return [Float32Array.of(parts.reduce((a, b) => a + b))];
      },
      stopRequested: () => false,
    };
    const value = await meanLoss(model, hostLoss(), DATA, { batchSize: 4, replica });
    if (rank === 2) assert(Math.abs(value - expected) < 1e-6 * expected);
  }
  assert(parts.every((part) => part > 0));
});

Deno.test("meanLoss is NaN for an output that is not finite, and refuses wrong shapes", async () => {
  const model = toyModel(1);
  model.parameters.get("bias2")!.assign(tf.tensor1d([0, Infinity, 0]));
  for (const loss of [hostLoss(), graphLoss()]) {
    assert(Number.isNaN(await meanLoss(model, loss, DATA)));
  }
  await assertRejects(
    () => meanLoss({ ...model, apply: (x) => tf.clone(x) }, hostLoss(), DATA),
    TypeError,
    "the output must be [10, 3], current shape is [10,5]",
  );
});

async function _expected(model: ReturnType<typeof toyModel>): Promise<number> {
  const output = tf.tidy(() => model.apply(tf.tensor2d(DATA.inputs, [ROWS, INPUTS]), false));
  const numbers = output.dataSync() as Float32Array;
  output.dispose();
  assertEquals(numbers.length, ROWS * OUTPUTS);
  const { value } = await hostLoss().valueAndGradient(DATA.targets, numbers);
  return value.reduce((sum, x) => sum + x, 0) / ROWS;
}
