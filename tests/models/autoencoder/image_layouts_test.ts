import { assertEquals } from "@std/assert";
import { imageLayouts } from "../../../src/models/autoencoder/image_layouts.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";
import { CELLS, fromEncodingA, toEncodingA } from "../../../src/wafer/mod.ts";

Deno.test("imageLayouts() are encoding A and its inverse", async () => {
  await useBackend({ backend: "cpu" });
  const [toImage, fromImage] = imageLayouts();
  const random = new RandomStream(1, "wafers");
  const wafers = Float32Array.from({ length: 5 * CELLS }, () => random.uniform());
  const images = tf.matMul(tf.tensor2d(wafers, [5, CELLS]), toImage);
  assertEquals([...images.dataSync()], [...toEncodingA(wafers)]);
  assertEquals([...tf.matMul(images, fromImage).dataSync()], [...wafers]);

  // Pixels without a cell are dropped, whatever they hold.
  const any = Float32Array.from({ length: 5 * 64 }, () => random.uniform());
  const cells = tf.matMul(tf.tensor2d(any, [5, 64]), fromImage);
  assertEquals([...cells.dataSync()], [...fromEncodingA(any)]);
});
