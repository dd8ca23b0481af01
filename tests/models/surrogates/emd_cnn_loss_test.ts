import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { buildEmdCnn } from "../../../src/models/mod.ts";
import { emdCnnLoss } from "../../../src/models/surrogates/emd_cnn_loss.ts";
import { Adam, lossGradient, regressionLoss, tf, useBackend } from "../../../src/tensor/mod.ts";
import { emdCnnTask } from "../_networks.ts";

const SMALL = { convLayers: 2, filters: 4, kernelSize: 3, denseUnits: 8, seed: 3 } as const;

/** Sum of squares of the kernels that the published code regularises. */
function squares(model: ReturnType<typeof buildEmdCnn>): number {
  let sum = 0;
  for (const name of ["conv1/kernel", "conv2/kernel", "dense1/kernel"]) {
    for (const weight of model.parameters.get(name)!.dataSync()) sum += weight ** 2;
  }
  return sum;
}

Deno.test("the loss is the regression loss and l2 times the squares of the kernels", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildEmdCnn(SMALL);
  const target = Float64Array.of(1, 2, 0.5), output = Float64Array.of(1.5, 4, 0.1);
  const tensor = (numbers: Float64Array) => tf.tensor2d([...numbers], [3, 1]);
  for (const kind of ["mse", "msle", "huber", "relative"] as const) {
    const { value, gradient } = await regressionLoss(kind).valueAndGradient(target, output);
    const loss = emdCnnLoss(model, { kind, l2: 0.01 });
    const plain = await loss.valueAndGradient(target, output);
    const graph = loss.graph!(tensor(target), tensor(output)).dataSync();
    value.forEach((v, row) => {
      assertAlmostEquals(graph[row], v + 0.01 * squares(model), 1e-5);
      assertAlmostEquals(plain.value[row], v + 0.01 * squares(model), 1e-5);
    });
    assertEquals(plain.gradient, gradient);
  }
  assertEquals(emdCnnLoss(model, { l2: 0 }).name, "mse");
  assertEquals(emdCnnLoss(model).name, "mse with l2 0.0001");
  model.dispose();
});

Deno.test("its gradient is 2 l2 K more in each kernel K, and nothing more elsewhere", async () => {
  const { inputs, targets } = emdCnnTask(16);
  await useBackend({ backend: "wasm" });
  const model = buildEmdCnn(SMALL), input = tf.tensor2d(inputs, [16, 96]);
  const without = await lossGradient(model, emdCnnLoss(model, { l2: 0 }), input, targets);
  const within = await lossGradient(model, emdCnnLoss(model, { l2: 0.5 }), input, targets);
  assertAlmostEquals(within.loss, without.loss + 0.5 * squares(model), 1e-3);
  let k = 0;
  for (const [name, variable] of model.parameters) {
    const isRegularised = name.endsWith("kernel") && name !== "output/kernel";
    const weights = variable.dataSync(), before = without.gradients[k].dataSync();
    within.gradients[k++].dataSync().forEach((slope, i) => {
      const expected = before[i] + (isRegularised ? weights[i] : 0);
      assertAlmostEquals(slope, expected, 1e-4 * Math.max(1, Math.abs(expected)), name);
    });
  }
  model.dispose();
});

Deno.test("kernels shrink where nothing else pulls at them", async () => {
  await useBackend({ backend: "wasm" });
  const { inputs, targets } = emdCnnTask(16), input = tf.tensor2d(inputs, [16, 96]);
  const after: number[] = [];
  for (const l2 of [0, 1]) {
    const model = buildEmdCnn(SMALL), loss = emdCnnLoss(model, { l2 });
    using adam = new Adam(model.parameters);
    for (let step = 0; step < 60; step++) {
      const { gradients } = await lossGradient(model, loss, input, targets);
      adam.step(gradients, 1e-2);
      tf.dispose(gradients);
    }
    after.push(squares(model));
    model.dispose();
  }
  assert(after[1] < 0.1 * after[0], `${after[1]} with, ${after[0]} without regularisation`);
});

Deno.test("a strength that is none is refused", async () => {
  await useBackend({ backend: "wasm" });
  const model = buildEmdCnn(SMALL);
  for (const l2 of [-1, NaN, Infinity]) {
    assertThrows(
      () => emdCnnLoss(model, { l2 }),
      RangeError,
      `Cannot make a loss of emd_cnn: l2 must be >= 0 and finite, current value is ${l2}`,
    );
  }
  model.dispose();
});
