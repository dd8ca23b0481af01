import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { buildLipschitzNetwork } from "../../src/models/lipschitz_network.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { tf, useBackend } from "../../src/tensor/mod.ts";

await useBackend({ backend: "wasm" });

Deno.test("buildLipschitzNetwork() is 1-Lipschitz whatever its weights", () => {
  const random = new RandomStream(1, "points");
  for (const groupSize of [1, 2, 4]) {
    const network = buildLipschitzNetwork({ inputs: 3, networks: 4, units: 16, groupSize });
    for (const variable of network.parameters.values()) {
      const numbers = Float32Array.from({ length: variable.size }, () => 5 * random.normal());
      variable.assign(tf.tensor(numbers, variable.shape));
    }
    const points = Float32Array.from({ length: 4 * 60 * 3 }, () => random.normal());
    const heights = network.apply(tf.tensor3d(points, [4, 60, 3]), false).dataSync();
    let steepest = 0;
    for (let a = 0; a < 240; a++) {
      for (let b = 0; b < a; b++) {
        if (Math.floor(a / 60) !== Math.floor(b / 60)) continue;
        const apart = Math.hypot(...[0, 1, 2].map((k) => points[3 * a + k] - points[3 * b + k]));
        steepest = Math.max(steepest, Math.abs(heights[a] - heights[b]) / apart);
      }
    }
    assert(steepest <= 1 + 1e-5, `slope ${steepest}`);
    assert(steepest > 0.01, "it does depend on its input");
    network.dispose();
  }
});

Deno.test("buildLipschitzNetwork() can be |x|, with its kink, and -x", () => {
  const network = buildLipschitzNetwork({ inputs: 1, layers: 1, units: 2, groupSize: 2 });
  const set = (name: string, numbers: number[]) => {
    const variable = network.parameters.get(name)!;
    variable.assign(tf.tensor(numbers, variable.shape));
  };
  const points = tf.tensor3d([-2, -0.5, 0, 3], [1, 4, 1]);
  set("dense1/kernel", [1, -1]);
  // Of (x, -x), sorted, the second.
  set("dense2/kernel", [0, 1]);
  assertEquals([...network.apply(points, false).dataSync()], [2, 0.5, 0, 3]);
  set("dense1/kernel", [7, -1]);
  set("dense1/bias", [-100, 0]);
  // Weights of 7 and 30 count as 1.
  set("dense2/kernel", [0, 30]);
  assertEquals([...network.apply(points, false).dataSync()], [2, 0.5, 0, -3]);
});

Deno.test("buildLipschitzNetwork() computes its networks apart from each other", () => {
  const two = buildLipschitzNetwork({ networks: 2, seed: 5 });
  const one = buildLipschitzNetwork({ networks: 1, seed: 5 });
  const points = tf.randomNormal<tf.Rank.R3>([1, 7, 2], 0, 1, "float32", 3);
  const alone = one.apply(points, false).dataSync();
  const both = two.apply(tf.concat([points, tf.mul(points, 2)], 0), false).dataSync();
  alone.forEach((height, k) => assertAlmostEquals(both[k], height, 1e-6));
});

Deno.test("buildLipschitzNetwork() names sizes that are out of range", () => {
  assertThrows(
    () => buildLipschitzNetwork({ layers: 0 }),
    RangeError,
    "layers must be a positive integer, current value is 0",
  );
  assertThrows(
    () => buildLipschitzNetwork({ units: 10, groupSize: 4 }),
    RangeError,
    "groupSize must divide units, current values are 4 and 10",
  );
});
