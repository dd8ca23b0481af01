import { assert, assertEquals } from "@std/assert";
import { tf, useBackend } from "../../src/tensor/mod.ts";

Deno.test("operations have their gradients", async () => {
  await useBackend({ backend: "cpu" });
  const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.square(x)));
  assertEquals([...gradient(tf.tensor1d([3])).dataSync()], [6]);
  for (const name of ["Conv2D", "BatchMatMul", "Sum", "GatherV2", "Sigmoid"]) {
    assert(tf.getGradient(name) !== undefined, name);
  }
});

Deno.test("there is one tfjs: all its parts are of one release", async () => {
  await useBackend({ backend: "cpu" });
  const { version_layers } = await import("npm:@tensorflow/tfjs-layers@4.22.0");
  assertEquals(tf.version_core, version_layers);
});
