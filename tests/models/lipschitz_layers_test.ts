import { assertAlmostEquals, assertEquals } from "@std/assert";
import { boundRows, groupSort } from "../../src/models/lipschitz_layers.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { recordForward, tf, useBackend } from "../../src/tensor/mod.ts";

await useBackend({ backend: "wasm" });

Deno.test("boundRows() gives the worked kernels", () => {
  const kernel = tf.tensor2d([[0.6, 0.8], [2, 0], [0.3, 0.4]]);
  const close = (actual: tf.Tensor, expected: number[]) =>
    actual.dataSync().forEach((value, k) => assertAlmostEquals(value, expected[k], 1e-6));
  close(boundRows(kernel, "l2"), [0.6, 0.8, 1, 0, 0.3, 0.4]);
  close(boundRows(kernel, "l1"), [0.42857143, 0.57142857, 1, 0, 0.3, 0.4]);
});

Deno.test("boundRows() leaves rows of zeros, and their gradients, finite", () => {
  for (const norm of ["l1", "l2"] as const) {
    const kernel = tf.variable(tf.zeros([1, 3]));
    using recording = recordForward(() => tf.sum(boundRows(kernel, norm)));
    const [gradient] = recording.backward(tf.scalar(1), [kernel]);
    assertEquals([...gradient.dataSync()], [1, 1, 1]);
  }
});

Deno.test("groupSort() gives the worked example", () => {
  // Groups (3, 1) and (-2, 5).
  const sorted = groupSort(tf.tensor3d([3, -2, 1, 5], [1, 4, 1]), 2);
  assertEquals([...sorted.dataSync()], [1, -2, 3, 5]);
});

Deno.test("groupSort() sorts within groups and passes gradients to where numbers came from", () => {
  const random = new RandomStream(1, "units");
  for (const groupSize of [1, 2, 3, 4, 6]) {
    const shape: [number, number, number] = [2, 12, 5], size = 2 * 12 * 5, groups = 12 / groupSize;
    const numbers = Float32Array.from({ length: size }, () => random.normal());
    const weights = Float32Array.from({ length: size }, () => random.normal());
    const x = tf.variable(tf.tensor3d(numbers, shape));
    using recording = recordForward(() => groupSort(x, groupSize));
    const [gradient] = recording.backward(tf.tensor3d(weights, shape), [x]);
    const sorted = recording.output.dataSync(), slopes = gradient.dataSync();
    for (let network = 0; network < 2; network++) {
      for (let group = 0; group < groups; group++) {
        for (let point = 0; point < 5; point++) {
          const places = Array.from(
            { length: groupSize },
            (_, k) => (network * 12 + group + k * groups) * 5 + point,
          );
          const from = places.toSorted((a, b) => numbers[a] - numbers[b]);
          places.forEach((place, k) => {
            assertEquals(sorted[place], numbers[from[k]]);
            assertEquals(slopes[from[k]], weights[place]);
          });
        }
      }
    }
  }
});
