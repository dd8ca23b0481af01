import { assertEquals, assertThrows } from "@std/assert";
import {
  assignVariable,
  disposeVariables,
  makeVariables,
  tf,
  useBackend,
} from "../../src/tensor/mod.ts";

Deno.test("variables keep order, shape and values, and can be freed", async () => {
  await useBackend({ backend: "cpu" });
  const before = tf.memory().numTensors;
  const variables = makeVariables({
    kernel: { shape: [2, 1], values: [1, 2] },
    bias: { shape: [1], values: Float64Array.of(3) },
  });
  assertEquals([...variables.keys()], ["kernel", "bias"]);
  assertEquals(variables.get("kernel")!.shape, [2, 1]);
  assertEquals([...variables.get("bias")!.dataSync()], [3]);
  assertEquals(variables.get("bias")!.trainable, true);
  disposeVariables(variables);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("values that do not fill the shape are told by name", async () => {
  await useBackend({ backend: "cpu" });
  assertThrows(
    () => makeVariables({ bias: { shape: [3], values: [1, 2] } }),
    TypeError,
    "Cannot make variable bias: shape [3] takes 3 values, current number is 2",
  );
});

Deno.test("new values replace the tensor, whose cached forms must not be used again", async () => {
  await useBackend({ backend: "cpu" });
  const variables = makeVariables({ bias: { shape: [2], values: [1, 2] } });
  const bias = variables.get("bias")!, { dataId } = bias;
  assignVariable(bias, "bias", [3, 4]);
  assertEquals([...bias.dataSync()], [3, 4]);
  assertEquals(bias.dataId === dataId, false);
  assertThrows(
    () => assignVariable(bias, "bias", [1]),
    TypeError,
    "Cannot assign to variable bias: shape [2] takes 2 values, current number is 1",
  );
  disposeVariables(variables);
});
