import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { econDecoderInference } from "../../../src/models/inference/econ_decoder_inference.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { randomEconWeights } from "../_random_weights.ts";

const layer = (inputs: number, outputs: number, random: RandomStream) => ({
  kernel: Float32Array.from({ length: inputs * outputs }, () => random.normal()),
  bias: Float32Array.from({ length: outputs }, () => random.normal()),
});

Deno.test("a dense decoder is ReLUs of sums and a softmax", () => {
  const random = new RandomStream(1, "weights");
  const weights = {
    hidden: [layer(17, 3, random), layer(3, 2, random)],
    output: layer(2, 48, random),
  };
  const code = Float32Array.from({ length: 17 }, () => random.normal());
  const apply = (x: readonly number[], { kernel, bias }: typeof weights.output) =>
    [...bias].map((b, o) =>
      x.reduce((sum, value, i) => sum + value * kernel[i * bias.length + o], b)
    );
  let x = [...code];
  for (const hidden of weights.hidden) x = apply(x, hidden).map((value) => Math.max(0, value));
  const exponentials = apply(x, weights.output).map(Math.exp);
  const sum = exponentials.reduce((a, b) => a + b);
  const found = econDecoderInference(weights)(code);
  exponentials.forEach((value, cell) => assertAlmostEquals(found[cell], value / sum, 1e-6));
});

Deno.test("the softmax of large numbers is finite", () => {
  const random = new RandomStream(2, "weights"), output = layer(1, 48, random);
  const weights = { hidden: [layer(16, 1, random)], output };
  weights.hidden[0].bias.fill(1e30);
  const found = econDecoderInference(weights)(new Float32Array(16));
  assertAlmostEquals(found[output.kernel.indexOf(Math.max(...output.kernel))], 1);
});

Deno.test("further numbers act as a change of the first layer's bias", () => {
  const { decoder } = randomEconWeights(3), random = new RandomStream(3, "further");
  const rows = layer(2, 128, random).kernel;
  const wider = {
    ...decoder,
    dense: { kernel: Float32Array.of(...decoder.dense.kernel, ...rows), bias: decoder.dense.bias },
  };
  const code = Float32Array.from({ length: 16 }, () => random.uniform()), known = [0.5, -2];
  const bias = decoder.dense.bias.map((b, unit) =>
    b + known[0] * rows[unit] + known[1] * rows[128 + unit]
  );
  const expected = econDecoderInference({
    ...decoder,
    dense: { kernel: decoder.dense.kernel, bias },
  })(code);
  econDecoderInference(wider)([...code, ...known]).forEach((charge, cell) =>
    assertAlmostEquals(charge, expected[cell], 1e-5)
  );
});

Deno.test("rows of another length are refused", () => {
  const { decoder } = randomEconWeights(4), random = new RandomStream(4, "weights");
  const dense = { hidden: [layer(18, 2, random)], output: layer(2, 48, random) };
  assertThrows(() => econDecoderInference(decoder)(new Float32Array(18)), TypeError, "of 16");
  assertThrows(() => econDecoderInference(dense)(new Float32Array(16)), TypeError, "of 18");
  assertEquals(econDecoderInference(dense)(new Float32Array(0)).length, 0);
});
