import { assert, assertEquals, assertRejects } from "@std/assert";
import { exactEmd } from "../../../src/losses/exact_emd.ts";
import { normalised } from "../../../src/losses/normalised.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { lossGradient } from "../../../src/tensor/training/loss_gradient.ts";
import type { Model, TensorLoss } from "../../../src/tensor/types.ts";
import {
  graphLoss,
  hostLoss,
  INPUTS,
  maxDifference,
  OUTPUTS,
  toyData,
  toyModel,
} from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

const ROWS = 6;
const { inputs, targets } = toyData(4, ROWS);

Deno.test("lossGradient agrees with finite differences, by graph and by host", async () => {
  for (const loss of [graphLoss(), hostLoss(), _later(hostLoss())]) {
    const model = toyModel(3);
    const { loss: value, gradients } = await _gradientOf(model, loss);
    assert(Math.abs(value - await _lossOf(model)) < 1e-5 * value);
    let checked = 0;
    for (const [k, variable] of [...model.parameters.values()].entries()) {
      const numbers = Float32Array.from(variable.dataSync() as Float32Array);
      for (let i = 0; i < numbers.length; i++) {
        // In single precision: differences of 1e-7 of the loss over 2e-2.
        const [above, below] = [0.01, -0.01].map((shift) => {
          const moved = numbers.slice();
          moved[i] += shift;
          variable.assign(tf.tensor(moved, variable.shape));
          return _lossOf(model);
        });
        const slope = (await above - await below) / 0.02;
        assert(Math.abs(slope - gradients[k][i]) < 2e-3 * (0.1 + Math.abs(slope)), `${k}, ${i}`);
        checked++;
      }
      variable.assign(tf.tensor(numbers, variable.shape));
    }
    assertEquals(checked, INPUTS * 8 + 8 + 8 * OUTPUTS + OUTPUTS);
  }
});

Deno.test("lossGradient gives the same by graph, by host and by a host that is awaited", async () => {
  const model = toyModel(3, { centred: true });
  const byGraph = await _gradientOf(model, graphLoss());
  for (const loss of [hostLoss(), _later(hostLoss())]) {
    const byHost = await _gradientOf(model, loss);
    assert(Math.abs(byHost.loss - byGraph.loss) < 1e-6 * byGraph.loss);
    byHost.gradients.forEach((gradient, k) => {
      const scale = Math.max(...byGraph.gradients[k].map(Math.abs));
      assert(maxDifference(gradient, byGraph.gradients[k]) < 1e-6 * scale);
    });
  }
});

Deno.test("lossGradient divides by the whole batch, so that parts add up", async () => {
  for (const loss of [graphLoss(), hostLoss()]) {
    const model = toyModel(3);
    const whole = await _gradientOf(model, loss);
    const parts = [await _gradientOf(model, loss, 0, 4), await _gradientOf(model, loss, 4, ROWS)];
    assert(Math.abs(whole.loss - parts[0].loss - parts[1].loss) < 1e-6 * whole.loss);
    whole.gradients.forEach((gradient, k) => {
      const sum = parts[0].gradients[k].map((x, i) => x + parts[1].gradients[k][i]);
      assert(maxDifference(gradient, sum) < 1e-5);
    });
  }
});

Deno.test("lossGradient takes losses of the simplex, lifted", async () => {
  const before = tf.memory().numTensors;
  const random = new RandomStream(8, "wafers");
  const weights = Float32Array.from({ length: INPUTS * 48 }, () => random.normal());
  const kernel = tf.tidy(() => tf.variable(tf.tensor2d(weights, [INPUTS, 48])));
  const model: Model = {
    name: "linear",
    parameters: new Map([["kernel", kernel as tf.Variable]]),
    state: new Map(),
    apply: (x) => tf.tidy(() => tf.exp(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D))),
    dispose: () => kernel.dispose(),
  };
  const input = tf.tensor2d(inputs, [ROWS, INPUTS]);
  const target = Float32Array.from({ length: ROWS * 48 }, () => random.exponential());
  const { loss, gradients } = await lossGradient(model, normalised(exactEmd()), input, target);
  // By hand: y = exp(x W), so dL / dW_ik = sum_b x_bi y_bk g_bk / B.
  const y = Float32Array.from({ length: ROWS * 48 }, (_, at) => {
    const row = Math.floor(at / 48), k = at % 48;
    let sum = 0;
    for (let i = 0; i < INPUTS; i++) sum += inputs[row * INPUTS + i] * weights[i * 48 + k];
    return Math.exp(sum);
  });
  const { value, gradient } = await normalised(exactEmd()).valueAndGradient(target, y);
  const expected = new Float64Array(INPUTS * 48);
  for (let row = 0; row < ROWS; row++) {
    for (let at = 0; at < expected.length; at++) {
      const i = Math.floor(at / 48), k = row * 48 + at % 48;
      expected[at] += inputs[row * INPUTS + i] * y[k] * gradient[k] / ROWS;
    }
  }
  assert(Math.abs(loss - value.reduce((a, b) => a + b) / ROWS) < 1e-5);
  const scale = Math.max(...expected.map(Math.abs));
  assert(scale > 1e-3);
  assert(maxDifference(gradients[0].dataSync() as Float32Array, expected) < 1e-4 * scale);
  tf.dispose([...gradients, input]);
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("lossGradient makes NaN of an output that is not finite, without asking the loss", async () => {
  for (const loss of [graphLoss(), hostLoss()]) {
    const model = toyModel(3);
    const bias = model.parameters.get("bias2")!;
    bias.assign(tf.tensor1d([0, NaN, 0]));
    const { loss: value, gradients } = await _gradientOf(model, loss);
    assert(Number.isNaN(value));
    assert(gradients.some((gradient) => gradient.some(Number.isNaN)));
  }
});

Deno.test("lossGradient leaves nothing behind, also when a loss throws", async () => {
  const model = toyModel(3, { centred: true });
  const broken: TensorLoss = {
    ...hostLoss(),
    valueAndGradient: () => Promise.reject(new Error("out of order")),
  };
  const brokenGraph: TensorLoss = {
    ...hostLoss(),
    graph: () => {
      throw new Error("out of order");
    },
  };
  for (const loss of [broken, brokenGraph]) {
    const before = tf.memory().numTensors;
    await assertRejects(() => _gradientOf(model, loss), Error, "out of order");
    assertEquals(tf.memory().numTensors, before);
  }
  for (const loss of [hostLoss(), graphLoss()]) {
    const before = tf.memory().numTensors;
    await _gradientOf(model, loss);
    assertEquals(tf.memory().numTensors, before);
  }
});

Deno.test("lossGradient refuses an output of another shape", async () => {
  const model = { ...toyModel(3), apply: (x: tf.Tensor) => tf.clone(x) };
  for (const loss of [hostLoss(), graphLoss()]) {
    await assertRejects(
      () => _gradientOf(model, loss),
      TypeError,
      "Cannot compute cubes of toy: the output must be [6, 3], current shape is [6,5]",
    );
  }
});

async function _gradientOf(model: Model, loss: TensorLoss, begin = 0, end = ROWS) {
  const rows = inputs.slice(begin * INPUTS, end * INPUTS);
  const input = tf.tensor2d(rows, [end - begin, INPUTS]);
  try {
    const target = targets.slice(begin * OUTPUTS, end * OUTPUTS);
    const result = await lossGradient(model, loss, input, target, { divisor: ROWS });
    const gradients = result.gradients.map((gradient) => gradient.dataSync() as Float32Array);
    tf.dispose(result.gradients);
    return { loss: result.loss, gradients };
  } finally {
    input.dispose();
  }
}

/** The mean loss in double precision from the network's output. */
async function _lossOf(model: Model): Promise<number> {
  const output = tf.tidy(() => model.apply(tf.tensor2d(inputs, [ROWS, INPUTS]), true));
  const numbers = output.dataSync() as Float32Array;
  output.dispose();
  const { value } = await hostLoss().valueAndGradient(targets, numbers);
  return value.reduce((sum, x) => sum + x, 0) / ROWS;
}

/** The same loss, with its answer some time later. */
function _later(loss: TensorLoss): TensorLoss {
  return {
    ...loss,
    valueAndGradient: async (target, output) => {
      await new Promise((resolve) => setTimeout(resolve));
      return loss.valueAndGradient(target, output);
    },
  };
}
