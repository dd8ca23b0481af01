import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { Adam } from "../../../src/tensor/training/adam.ts";
import { namedArrays } from "../../../src/tensor/training/named_arrays.ts";
import { maxDifference } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

const STEPS = 50, RATE = 0.05;

Deno.test("Adam takes the steps of tf.train.adam to the last bit", () => {
  const ours = _parameters(), theirs = _parameters();
  using adam = new Adam(ours);
  const peer = tf.train.adam(RATE, 0.9, 0.999, 1e-7);
  const loss = (variables: Map<string, tf.Variable>) => () =>
    tf.tidy(() => {
      const [a, b] = [...variables.values()];
      return tf.add(tf.sum(tf.square(tf.sub(a, 0.3))), tf.sum(tf.exp(tf.mul(b, b)))) as tf.Scalar;
    });
  for (let step = 0; step < STEPS; step++) {
    const { value, grads } = tf.variableGrads(loss(ours), [...ours.values()]);
    adam.step([...ours.values()].map(({ name }) => grads[name]), RATE);
    tf.dispose([value, ...Object.values(grads)]);
    tf.dispose(peer.minimize(loss(theirs), true, [...theirs.values()])!);
  }
  assertEquals(adam.steps, STEPS);
  for (const name of ours.keys()) {
    const [a, b] = [ours, theirs].map((variables) => variables.get(name)!.dataSync());
    assert(maxDifference(a, _parameters().get(name)!.dataSync()) > 0.1);
    assertEquals(a, b);
  }
});

Deno.test("Adam follows Algorithm 1 in double precision", () => {
  const parameters = _parameters();
  using adam = new Adam(parameters, { beta1: 0.8, beta2: 0.99, epsilon: 1e-3 });
  const expected = [...parameters.values()].map((parameter) => ({
    p: Float64Array.from(parameter.dataSync() as Float32Array),
    m: new Float64Array(parameter.size),
    v: new Float64Array(parameter.size),
  }));
  const random = new RandomStream(2, "gradients");
  for (let t = 1; t <= STEPS; t++) {
    const gradients = expected.map(({ p, m, v }) =>
      Float32Array.from(p, (_, k) => {
        const g = Math.fround(random.normal() * (k + 1));
        m[k] = 0.8 * m[k] + 0.2 * g;
        v[k] = 0.99 * v[k] + 0.01 * g * g;
        p[k] -= RATE / t * (m[k] / (1 - 0.8 ** t)) / (Math.sqrt(v[k] / (1 - 0.99 ** t)) + 1e-3);
        return g;
      })
    );
    const shapes = [...parameters.values()].map(({ shape }) => shape);
    const tensors = gradients.map((gradient, k) => tf.tensor(gradient, shapes[k]));
    adam.step(tensors, RATE / t);
    tf.dispose(tensors);
  }
  [...parameters.values()].forEach((parameter, k) => {
    assert(maxDifference(parameter.dataSync(), expected[k].p) < 3e-6);
  });
});

Deno.test("Adam assigns new tensors, frees the old ones and leaves gradients to the caller", () => {
  const before = tf.memory().numTensors;
  const parameters = _parameters();
  const gradients = [...parameters.values()].map(({ shape }) => tf.ones(shape));
  {
    using adam = new Adam(parameters);
    const held = [...parameters.values()].map((parameter) => tf.clone(parameter));
    const numbers = held.map((tensor) => [...tensor.dataSync()]);
    const during = tf.memory().numTensors;
    for (let step = 0; step < 3; step++) adam.step(gradients, RATE);
    assertEquals(tf.memory().numTensors, during);
    assertEquals(held.map((tensor) => [...tensor.dataSync()]), numbers, "nothing in place");
    tf.dispose(held);
  }
  assertEquals(gradients.map(({ isDisposed }) => isDisposed), [false, false]);
  tf.dispose([...gradients, ...parameters.values()]);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("Adam goes on from an exported state to the same bits", async () => {
  const through = _parameters(), resumed = _parameters();
  const gradients = (step: number) =>
    [...through.values()].map(({ shape, size }) =>
      tf.tensor(Float32Array.from({ length: size }, (_, k) => Math.sin(step + k)), shape)
    );
  using first = new Adam(through);
  for (let step = 0; step < 20; step++) first.step(gradients(step), RATE);
  const state = await first.exportState();
  const weights = await namedArrays(through);
  for (let step = 20; step < 40; step++) first.step(gradients(step), RATE);
  using second = new Adam(resumed);
  second.importState(state);
  for (const [name, variable] of resumed) {
    variable.assign(tf.tensor(weights.get(name)!, variable.shape));
  }
  for (let step = 20; step < 40; step++) second.step(gradients(step), RATE);
  assertEquals(second.steps, 40);
  assertEquals(await namedArrays(resumed), await namedArrays(through));
});

Deno.test("Adam uses a backend's kernel where there is one", () => {
  let calls = 0;
  const plain = _parameters(), fused = _parameters();
  using composed = new Adam(plain);
  using withKernel = new Adam(fused);
  for (let step = 0; step < 5; step++) {
    const gradients = [...plain.values()].map(({ shape }) => tf.mul(tf.ones(shape), step - 1.5));
    composed.step(gradients, RATE);
    tf.registerKernel({
      kernelName: "AdamStep",
      backendName: "cpu",
      kernelFunc: ({ inputs, attrs }) => {
        calls++;
        return _adamKernel(inputs as unknown as _KernelInputs, attrs as _KernelAttributes);
      },
    });
    try {
      withKernel.step(gradients, RATE);
    } finally {
      tf.unregisterKernel("AdamStep", "cpu");
    }
  }
  assertEquals(calls, 5 * 2);
  for (const name of plain.keys()) {
    const [a, b] = [plain, fused].map((variables) => variables.get(name)!.dataSync());
    assert(maxDifference(a, b) < 1e-6);
  }
});

Deno.test("Adam refuses wrong options, gradients and states", () => {
  const parameters = _parameters();
  assertThrows(() => new Adam(parameters, { beta1: 1 }), RangeError, "beta1 must be in [0, 1)");
  assertThrows(() => new Adam(parameters, { beta2: NaN }), RangeError, "beta2 must be in [0, 1)");
  assertThrows(() => new Adam(parameters, { epsilon: 0 }), RangeError, "epsilon must be > 0");
  using adam = new Adam(parameters);
  assertThrows(() => adam.step([], 1), TypeError, "there are 2 parameters and 0 gradients");
  assertThrows(
    () => adam.importState({ steps: 1, means: new Map(), variances: new Map() }),
    TypeError,
    "a needs 6 numbers, current length is undefined",
  );
});

function _parameters(): Map<string, tf.Variable> {
  const [a, b] = [tf.tensor2d([[1, -2, 3], [0.5, 0, -1]]), tf.tensor1d([0.7, -0.9, 0.1, 1.1])];
  const parameters = new Map([["a", tf.variable(a as tf.Tensor)], [
    "b",
    tf.variable(b as tf.Tensor),
  ]]);
  tf.dispose([a, b]);
  return parameters;
}

interface _KernelInputs {
  readonly parameter: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

type _KernelAttributes = Record<
  "learningRate" | "beta1" | "beta2" | "epsilon" | "correction1" | "correction2",
  number
>;

/** The step, number by number. */
function _adamKernel(inputs: _KernelInputs, attributes: _KernelAttributes): tf.TensorInfo[] {
  const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = attributes;
  const [p, g, m, v] = [inputs.parameter, inputs.gradient, inputs.mean, inputs.variance].map((x) =>
    Float32Array.from(x.dataSync())
  );
  for (let k = 0; k < p.length; k++) {
    m[k] = beta1 * m[k] + (1 - beta1) * g[k];
    v[k] = beta2 * v[k] + (1 - beta2) * g[k] ** 2;
    p[k] -= learningRate * (m[k] / correction1) / (Math.sqrt(v[k] / correction2) + epsilon);
  }
  return [p, m, v].map((numbers) => tf.tensor(numbers, inputs.parameter.shape));
}
