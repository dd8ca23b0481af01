import { assert, assertEquals, assertThrows } from "@std/assert";
import { layers, models, type Sequential, sequential } from "npm:@tensorflow/tfjs-layers@4.22.0";
import { QActivation, QConv2D, QDense } from "../../../src/quantization/layers/keras_layers.ts";
import {
  fakeQuantize,
  quantizedConv2d,
  quantizedDense,
} from "../../../src/quantization/layers/mod.ts";
import { quantizedBits, quantizedRelu } from "../../../src/quantization/mod.ts";
import { RandomStream } from "../../../src/numerics/random.ts";
import { tf, useBackend } from "../../../src/tensor/mod.ts";

const WEIGHTS = "quantized_bits(5,1,0,alpha=1)";
const BITS = quantizedBits({ bits: 5, integer: 1 });
const QUANTIZERS = { kernelQuantizer: WEIGHTS, biasQuantizer: WEIGHTS };

Deno.test("a model of quantised layers equals the plain functions", async () => {
  await useBackend({ backend: "cpu" });
  const model = _encoder(), x = _images(5);
  const [convKernel, convBias, kernel, bias] = model.getWeights();
  const options = { kernelQuantizer: BITS, biasQuantizer: BITS };
  const expected = tf.tidy(() => {
    const input = fakeQuantize(x, quantizedBits({ bits: 10, integer: 3 }));
    const convolved = quantizedConv2d(
      input,
      convKernel as tf.Tensor4D,
      convBias as tf.Tensor1D,
      { ...options, strides: 2, padding: "same" },
    );
    const flat = tf.reshape(
      fakeQuantize(convolved, quantizedRelu({ bits: 11, integer: 3 })),
      [5, 64],
    );
    const latent = quantizedDense(
      flat as tf.Tensor2D,
      kernel as tf.Tensor2D,
      bias as tf.Tensor1D,
      options,
    );
    return fakeQuantize(latent, quantizedRelu({ bits: 9, integer: 1 }));
  });
  const actual = _predict(model, x);
  assertEquals(actual, expected.dataSync() as Float32Array);
  assert(new Set(actual).size > 5, "the outputs are too uniform to tell much");
});

Deno.test("a model of quantised layers survives saving and loading", async () => {
  await useBackend({ backend: "cpu" });
  const model = _encoder(), x = _images(3);

  const json = JSON.parse(model.toJSON() as string);
  const loaded = await models.modelFromJSON(json) as Sequential;
  loaded.setWeights(model.getWeights());
  assertEquals(_predict(loaded, x), _predict(model, x));
  assertEquals(loaded.toJSON(), model.toJSON());

  // And with the weights, as a file would hold it.
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(tf.io.withSaveHandler((artifacts) => {
    saved = artifacts;
    const info = { dateSaved: new Date(0), modelTopologyType: "JSON" as const };
    return Promise.resolve({ modelArtifactsInfo: info });
  }));
  const { loadLayersModel } = await import("npm:@tensorflow/tfjs-layers@4.22.0");
  const again = await loadLayersModel(tf.io.fromMemory(saved!));
  assertEquals(_predict(again, x), _predict(model, x));
});

Deno.test("each layer's configuration makes the same layer again", () => {
  const made = [
    new QDense({ units: 3, ...QUANTIZERS, useBias: false, seed: 4, name: "dense" }),
    new QDense({ units: 3, kernelQuantizer: BITS, name: "half" }),
    new QDense({ units: 2, kernelQuantizer: "quantized_bits(4,1,alpha='auto_po2')", name: "auto" }),
    new QConv2D({ filters: 2, kernelSize: [2, 3], strides: 2, padding: "same", ...QUANTIZERS }),
    new QActivation({ activation: "quantized_relu(6,2,1)" }),
    new QActivation({ activation: "quantized_tanh(4,symmetric=1)" }),
  ];
  for (const layer of made) {
    const config = layer.getConfig();
    const Class = layer.constructor as new (config: unknown) => layers.Layer;
    assertEquals(new Class(config).getConfig(), config);
  }
  assertEquals(made[0].getConfig(), {
    name: "dense",
    trainable: true,
    kernelQuantizer: { name: WEIGHTS },
    biasQuantizer: { name: WEIGHTS },
    useBias: false,
    seed: 4,
    units: 3,
  });
});

Deno.test("a seed makes a layer's first weights reproducible", async () => {
  await useBackend({ backend: "cpu" });
  const weights = (seed: number) => {
    const model = sequential({ layers: [new QDense({ units: 4, inputShape: [3], seed })] });
    return [...model.getWeights()[0].dataSync()];
  };
  assertEquals(weights(1), weights(1));
  assert(weights(1)[0] !== weights(2)[0]);
});

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`a model of quantised layers trains on ${backend}`, async () => {
    await useBackend({ backend });
    const model = sequential({
      layers: [
        new QDense({ units: 16, inputShape: [4], ...QUANTIZERS, seed: 1 }),
        new QActivation({ activation: "quantized_relu(8,2)" }),
        new QDense({ units: 1, ...QUANTIZERS, seed: 2 }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.02), loss: "meanSquaredError" });
    const random = new RandomStream(3, "points");
    const points = Array.from(
      { length: 64 },
      () => Array.from({ length: 4 }, () => random.normal()),
    );
    const x = tf.tensor2d(points), y = tf.tensor2d(points.map(([a, b]) => [Math.abs(a) - b]));
    const losses: number[] = [];
    for (let step = 0; step < 80; step++) losses.push(await model.trainOnBatch(x, y) as number);
    assert(losses.at(-1)! < 0.3 * losses[0], `${losses[0]} to ${losses.at(-1)}`);
    tf.dispose([x, y]);
  });
}

Deno.test("a layer refuses a quantiser that there is not", () => {
  assertThrows(() => new QActivation({ activation: "relu(3)" }), SyntaxError, "relu(3)");
  assertThrows(() => new QDense({ units: 2, kernelQuantizer: "quantized_bits(40)" }), RangeError);
});

/** The encoder of the concentrator in small. */
function _encoder(): Sequential {
  return sequential({
    layers: [
      new QActivation({ activation: "quantized_bits(10,3,0,alpha=1)", inputShape: [8, 8, 1] }),
      new QConv2D({
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: "same",
        ...QUANTIZERS,
        seed: 5,
      }),
      new QActivation({ activation: quantizedRelu({ bits: 11, integer: 3 }) }),
      layers.flatten(),
      new QDense({ units: 16, ...QUANTIZERS, seed: 6 }),
      new QActivation({ activation: "quantized_relu(9,1)" }),
    ],
  });
}

function _images(count: number): tf.Tensor4D {
  const random = new RandomStream(7, "images");
  const values = Float32Array.from({ length: 64 * count }, () => random.uniform());
  return tf.tensor4d(values, [count, 8, 8, 1]);
}

function _predict(model: { predict(x: tf.Tensor): unknown }, x: tf.Tensor): Float32Array {
  return (model.predict(x) as tf.Tensor).dataSync() as Float32Array;
}
