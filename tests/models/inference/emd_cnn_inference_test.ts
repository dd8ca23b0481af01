import { assert, assertEquals, assertThrows } from "@std/assert";
import { emdCnnInference } from "../../../src/models/inference/emd_cnn_inference.ts";
import { emdCnnWeights } from "../../../src/models/published/emd_cnn_weights.ts";
import type { EmdCnnWeights, NormalisedLayerWeights } from "../../../src/models/types.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { CELLS } from "../../../src/wafer/mod.ts";
import { readReferenceJson, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";

const TABLE = "peer_tables/published_emd_cnns.json";

interface Case {
  readonly x: number[];
  readonly y: number[];
  readonly emd2: number;
  readonly emd_cnn: Record<string, number>;
}

/** The networks of the table whose weights there are, with their numbers of convolutions. */
const NETWORKS = { pair_mse: 3, ae_mse: 3, pair_msle: 4 };

for (const [name, convs] of Object.entries(NETWORKS)) {
  const needs = [referenceData(`peer_networks/emd_cnn_${name}.f32`), referenceData(TABLE)];
  testNeeding(needs, `the published EMD CNN ${name} gives its published numbers`, () => {
    const { cases }: { cases: Case[] } = readReferenceJson(TABLE);
    const weights = emdCnnWeights(readReferenceWeights(`emd_cnn_${name}`));
    assertEquals(weights.convs.length, convs);
    const predicted = emdCnnInference(weights).predict(
      cases.flatMap(({ x }) => x),
      cases.flatMap(({ y }) => y),
    );
    assertEquals(predicted.length, 60);
    cases.forEach(({ emd_cnn: published }, k) => {
      const difference = Math.abs(predicted[k] / published[name] - 1);
      assert(difference < 1e-4, `pair ${k}: ${predicted[k]} against ${published[name]}`);
    });
  });
}

testNeeding([referenceData(TABLE)], "two networks of the table have no weights here", () => {
  const { cases }: { cases: Case[] } = readReferenceJson(TABLE);
  const without = Object.keys(cases[0].emd_cnn).filter((name) => !(name in NETWORKS));
  assertEquals(without, ["app_mse", "pair_huber"]);
  for (const name of without) {
    assert(referenceData(`peer_networks/emd_cnn_${name}.f32`) !== undefined, `${name} has weights`);
  }
});

Deno.test("predict() is exactly symmetric and does not depend on the charges' scale", () => {
  const network = emdCnnInference(_randomWeights());
  const x = _randomWafers("x"), y = _randomWafers("y");
  const predicted = network.predict(x, y);
  assertEquals(network.predict(y, x), predicted);
  assertEquals(network.predict(x.map((charge) => 1024 * charge), y), predicted);
  assert(new Set(predicted).size === 5, "the network tells pairs apart");
});

Deno.test("predict() of a batch is that of its pairs one by one", () => {
  const network = emdCnnInference(_randomWeights());
  const x = _randomWafers("x"), y = _randomWafers("y");
  const predicted = network.predict(x, y);
  for (let pair = 0; pair < 5; pair++) {
    const one = (charges: Float64Array) => charges.subarray(pair * CELLS, (pair + 1) * CELLS);
    assertEquals(network.predict(one(x), one(y)), predicted.slice(pair, pair + 1));
  }
});

Deno.test("predict() refuses batches of unequal length, empty wafers and unfit weights", () => {
  const weights = _randomWeights();
  const network = emdCnnInference(weights);
  const x = _randomWafers("x");
  assertThrows(() => network.predict(x, x.subarray(CELLS)), TypeError, "equally many charges");
  assertThrows(() => network.predict(x, x.with(0, -1)), RangeError, "charge of cell 0");
  assertThrows(
    () => network.predict(new Float64Array(CELLS), new Float64Array(CELLS)),
    RangeError,
    "sum of its charges must be > 0",
  );
  const unfit = emdCnnInference({ ...weights, output: weights.dense });
  assertThrows(() => unfit.predict(x, x), TypeError, "kernel and bias must have");
  const swapped = emdCnnInference({ ...weights, convs: weights.convs.toReversed() });
  assertThrows(() => swapped.predict(x, x), TypeError, "Cannot convolve images: kernel and bias");
});

function _randomWafers(name: string): Float64Array {
  const random = new RandomStream(1, name);
  return Float64Array.from({ length: 5 * CELLS }, () => random.integer(100));
}

function _randomWeights(): EmdCnnWeights {
  const random = new RandomStream(1, "weights");
  const numbers = (length: number) => Float32Array.from({ length }, () => random.normal() / 8);
  const layer = (inputs: number, outputs: number): NormalisedLayerWeights => ({
    kernel: numbers(inputs * outputs),
    bias: numbers(outputs),
    gamma: numbers(outputs),
    beta: numbers(outputs),
    movingMean: numbers(outputs),
    movingVariance: numbers(outputs).map((x) => x * x),
  });
  return {
    convs: [layer(3 * 3 * 6, 8), layer(5 * 5 * 8, 4)],
    dense: layer(16 * 4, 7),
    output: { kernel: numbers(7), bias: numbers(1) },
    epsilon: 1e-3,
  };
}
