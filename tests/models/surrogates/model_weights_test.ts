import { assertEquals, assertThrows } from "@std/assert";
import { assignModelWeights, modelWeights } from "../../../src/models/surrogates/model_weights.ts";
import { type Model, tf, useBackend } from "../../../src/tensor/mod.ts";

function model(kernel: number[][], bias: number[]): Model {
  return {
    name: "line",
    parameters: new Map<string, tf.Variable>([
      ["kernel", tf.variable(tf.tensor2d(kernel))],
      ["bias", tf.variable(tf.tensor1d(bias))],
    ]),
    state: new Map(),
    apply: (input) => input,
    dispose() {},
  };
}

Deno.test("modelWeights() are copies with shapes, in the order of the model", async () => {
  await useBackend({ backend: "cpu" });
  const line = model([[1, 2], [3, 4]], [5, 6]);
  const weights = await modelWeights(line);
  assertEquals([...weights], [
    ["kernel", { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
    ["bias", { shape: [2], values: Float32Array.of(5, 6) }],
  ]);
  weights.get("bias")!.values[0] = 9;
  assertEquals([...line.parameters.get("bias")!.dataSync()], [5, 6]);
});

Deno.test("assignModelWeights() goes by names, and refuses what does not fit", async () => {
  await useBackend({ backend: "cpu" });
  const line = model([[0, 0]], [0]);
  const kernel = { shape: [1, 2], values: Float32Array.of(7, 8) };
  const bias = { shape: [1], values: Float32Array.of(1) };
  assignModelWeights(line, new Map([["bias", bias], ["kernel", kernel]]));
  assertEquals([...line.parameters.get("kernel")!.dataSync()], [7, 8]);
  assertEquals([...line.parameters.get("bias")!.dataSync()], [1]);
  const missing = new Map([["kernel", kernel]]);
  assertThrows(() => assignModelWeights(line, missing), TypeError, "line: bias is missing");
  const longer = new Map([["kernel", kernel], ["bias", kernel]]);
  assertThrows(() => assignModelWeights(line, longer), TypeError, "takes 1 values");
});
