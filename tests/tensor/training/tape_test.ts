import { assert, assertEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../../src/numerics/random.ts";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { recordForward } from "../../../src/tensor/training/tape.ts";
import { INPUTS, maxDifference, OUTPUTS, toyData, toyModel } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

Deno.test("recordForward gives the gradients that tfjs takes in one call", async () => {
  const before = tf.memory().numTensors;
  const model = toyModel(1), variables = [...model.parameters.values()];
  const { inputs } = toyData(1, 7);
  const input = tf.tensor2d(inputs, [7, INPUTS]), dOutput = _dOutput(7);
  // An independent way: the derivative of the output, weighted by dOutput and added up.
  const { grads, value } = tf.variableGrads(
    () => tf.sum(tf.mul(model.apply(input, true), dOutput)),
    variables,
  );
  const between = tf.memory().numTensors;
  {
    using recording = recordForward(() => model.apply(input, true));
    await recording.output.data();
    const gradients = recording.backward(dOutput, variables);
    assertEquals(gradients.map(({ shape }) => shape), variables.map(({ shape }) => shape));
    gradients.forEach((gradient, k) => {
      const expected = grads[variables[k].name].dataSync();
      assert(expected.some((x) => x !== 0));
      assertEquals(maxDifference(gradient.dataSync(), expected), 0);
    });
    tf.dispose(gradients);
  }
  assertEquals(tf.memory().numTensors, between);
  tf.dispose([input, dOutput, value, ...Object.values(grads)]);
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("recordForward is not disturbed by what happens before it goes back", async () => {
  const before = tf.memory().numTensors;
  const first = toyModel(1), second = toyModel(2);
  const input = tf.tensor2d(toyData(1, 4).inputs, [4, INPUTS]), dOutput = _dOutput(4);
  const alone = [first, second].map((model) => {
    using recording = recordForward(() => model.apply(input, true));
    return _numbers(recording.backward(dOutput, [...model.parameters.values()]));
  });
  using recordingOne = recordForward(() => first.apply(input, true));
  using recordingTwo = recordForward(() => second.apply(input, true));
  await Promise.resolve();
  const numTensors = tf.memory().numTensors;
  tf.tidy(() => {
    tf.mul(tf.exp(input), 2);
    tf.grad((x) => tf.sum(tf.square(x)))(input);
    // The recorded pass remembers the weights that it had seen.
    const kernel = first.parameters.get("kernel2")!;
    kernel.assign(tf.mul(kernel, 3));
  });
  assertEquals(tf.memory().numTensors, numTensors, "nothing is recorded in between");
  const later = [
    _numbers(recordingOne.backward(dOutput, [...first.parameters.values()])),
    _numbers(recordingTwo.backward(dOutput, [...second.parameters.values()])),
  ];
  assertEquals(later, alone);
  recordingOne[Symbol.dispose]();
  recordingTwo[Symbol.dispose]();
  tf.dispose([input, dOutput]);
  first.dispose();
  second.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("recordForward leaves nothing behind, wherever an error comes from", () => {
  const model = toyModel(1), variables = [...model.parameters.values()];
  const input = tf.tensor2d(toyData(1, 4).inputs, [4, INPUTS]), dOutput = _dOutput(4);
  const before = tf.memory().numTensors;
  const forward = () => model.apply(input, true);
  // Within the forward pass.
  assertThrows(
    () =>
      recordForward(() => {
        forward();
        throw new Error("lost the thread");
      }),
    Error,
    "lost the thread",
  );
  assertEquals(tf.memory().numTensors, before);
  // Between the passes.
  assertThrows(
    () => {
      using _recording = recordForward(forward);
      throw new Error("no loss");
    },
    Error,
    "no loss",
  );
  assertEquals(tf.memory().numTensors, before);
  // Within a gradient.
  const broken = tf.customGrad((x) => ({
    value: tf.clone(x as tf.Tensor),
    gradFunc: () => {
      throw new Error("no gradient");
    },
  }));
  assertThrows(
    () => {
      using recording = recordForward(() => broken(forward()));
      recording.backward(dOutput, variables);
    },
    Error,
    "no gradient",
  );
  assertEquals(tf.memory().numTensors, before);
  // And tfjs is fit for work.
  {
    using recording = recordForward(forward);
    tf.dispose(recording.backward(dOutput, variables));
  }
  tf.dispose(tf.grad((x) => tf.sum(model.apply(x, true)))(input));
  assertEquals(tf.memory().numTensors, before);
  tf.dispose([input, dOutput]);
  model.dispose();
});

Deno.test("recordForward gives zeros where a variable has no part, and gradients of its own", () => {
  const before = tf.memory().numTensors;
  const used = tf.variable(tf.ones([2])), unused = tf.variable(tf.ones([3]));
  const passOn = tf.customGrad((x) => ({ value: tf.clone(x as tf.Tensor), gradFunc: (dy) => dy }));
  const dOutput = tf.tensor1d([5, 6]);
  {
    using recording = recordForward(() => passOn(used));
    const gradients = recording.backward(dOutput, [used, unused]);
    dOutput.dispose();
    assertEquals(_numbers(gradients), [[5, 6], [0, 0, 0]]);
  }
  tf.dispose([used, unused]);
  assertEquals(tf.memory().numTensors, before + 2, "the two tensors of ones above");
});

Deno.test("recordForward refuses wrong use", () => {
  const x = tf.variable(tf.ones([2]));
  {
    using recording = recordForward(() => tf.square(x));
    const dOutput = tf.ones([2]);
    assertThrows(
      () => recording.backward(tf.ones([3]), [x]),
      TypeError,
      "the output has shape [2], its derivative [3]",
    );
    tf.dispose(recording.backward(dOutput, [x]));
    assertThrows(() => recording.backward(dOutput, [x]), Error, "that is done");
  }
  assertThrows(
    () => tf.grad(() => recordForward(() => tf.square(x)).output)(tf.ones([2])),
    Error,
    "tfjs is taking another gradient",
  );
});

function _dOutput(rows: number): tf.Tensor2D {
  const random = new RandomStream(3, "derivative");
  return tf.tensor2d(Float32Array.from({ length: rows * OUTPUTS }, () => random.normal()), [
    rows,
    OUTPUTS,
  ]);
}

function _numbers(tensors: tf.Tensor[]): number[][] {
  const numbers = tensors.map((tensor) => [...tensor.dataSync()]);
  tf.dispose(tensors);
  return numbers;
}
