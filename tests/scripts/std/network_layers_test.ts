import { assertEquals, assertRejects } from "@std/assert";
import { seenLayers } from "../../../scripts/std/network_layers.ts";
import { buildEconAutoencoder, buildEmdCnn } from "../../../src/models/mod.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";

Deno.test("the layers of the published autoencoder have its published numbers of parameters", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildEconAutoencoder();
  const layers = await seenLayers(model, 48);
  model.dispose();
  const half = (name: string) =>
    layers.filter((layer) => layer.name.startsWith(name)).reduce((n, l) => n + l.parameters, 0);
  assertEquals([half("encoder"), half("decoder")], [2144, 2833]);
  assertEquals(layers.map(({ input, output }) => [input.join(), output.join()]), [
    ["8,8,1", "4,4,8"],
    ["128", "16"],
    ["16", "128"],
    ["4,4,8", "8,8,8"],
    ["8,8,8", "8,8,1"],
  ]);
  assertEquals(layers.map(({ activation }) => activation), [
    "FakeQuantize",
    "FakeQuantize",
    "Relu",
    "Relu",
    "Sigmoid",
  ]);
  // Each kernel meets each pixel of the smaller image once.
  assertEquals(layers.map((layer) => layer.multiplications), [
    16 * 9 * 8,
    128 * 16,
    16 * 128,
    16 * 9 * 64,
    64 * 9 * 8,
  ]);
});

Deno.test("the layers of an EMD CNN follow its options", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildEmdCnn({ convLayers: 2, filters: 7, kernelSize: 3, denseUnits: 5 });
  const layers = await seenLayers(model, 96);
  model.dispose();
  assertEquals(layers.map(({ name, kind }) => `${name}: ${kind}`), [
    "conv1: convolution",
    "conv2: convolution",
    "dense1: dense",
    "output: dense",
  ]);
  assertEquals(layers.map(({ parameters }) => parameters), [
    9 * 6 * 7 + 14,
    9 * 7 * 7 + 14,
    16 * 7 * 5 + 10,
    5 + 1,
  ]);
  assertEquals(layers.map(({ others }) => others.join()), [
    "gamma,beta",
    "gamma,beta",
    "gamma,beta",
    "bias",
  ]);
  // Both orders of a pair.
  assertEquals(layers[0].multiplications, 2 * 16 * 9 * 6 * 7);
});

Deno.test("a kernel that is not used is named", async () => {
  await useBackend({ backend: "wasm" });
  const [used, unused] = [3, 4].map((size) => tf.variable(tf.ones([size, size])));
  const model = {
    name: "lazy",
    parameters: new Map([["first/kernel", used], ["second/kernel", unused]]),
    apply: (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, used as tf.Tensor2D),
  };
  await assertRejects(() => seenLayers(model, 3), TypeError, "layers of lazy: second was not used");
  tf.dispose([used, unused]);
});
