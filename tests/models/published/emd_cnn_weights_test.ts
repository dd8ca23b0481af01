import { assertEquals, assertThrows } from "@std/assert";
import { emdCnnWeights } from "../../../src/models/published/emd_cnn_weights.ts";
import type { NamedWeights, WeightTensor } from "../../../src/models/published/types.ts";
import { referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";

/** A small network, whose tensors hold numbers that tell them apart. */
function small(): Map<string, WeightTensor> {
  const named = new Map<string, WeightTensor>();
  const put = (name: string, ...shape: number[]) => {
    const values = new Float32Array(shape.reduce((a, b) => a * b)).fill(named.size + 1);
    named.set(`model/${name}:0`, { shape, values });
  };
  // The layers in another order than they have in the network.
  put("output/kernel", 5, 1), put("output/bias", 1);
  put("conv2d_2/kernel", 1, 1, 3, 2), put("conv2d_2/bias", 2);
  put("conv2d_1/kernel", 3, 3, 6, 3), put("conv2d_1/bias", 3);
  put("dense_1/kernel", 32, 5), put("dense_1/bias", 5);
  for (const [name, size] of [["batchnorm_1", 3], ["batchnorm_2", 2], ["batchnorm3", 5]] as const) {
    for (const role of ["gamma", "beta", "moving_mean", "moving_variance"]) {
      put(`${name}/${role}`, size);
    }
  }
  return named;
}

Deno.test("emdCnnWeights() puts every tensor in its place", () => {
  const named = small();
  const of = (name: string) => named.get(`model/${name}:0`)!.values;
  const layer = (name: string, norm: string) => ({
    kernel: of(`${name}/kernel`),
    bias: of(`${name}/bias`),
    gamma: of(`${norm}/gamma`),
    beta: of(`${norm}/beta`),
    movingMean: of(`${norm}/moving_mean`),
    movingVariance: of(`${norm}/moving_variance`),
  });
  assertEquals(emdCnnWeights(named), {
    convs: [layer("conv2d_1", "batchnorm_1"), layer("conv2d_2", "batchnorm_2")],
    dense: layer("dense_1", "batchnorm3"),
    output: { kernel: of("output/kernel"), bias: of("output/bias") },
    epsilon: 1e-3,
  });
});

testNeeding(
  [referenceData("peer_networks/emd_cnn_pair_msle.json")],
  "emdCnnWeights() takes all numbers of a published network",
  () => {
    const named = readReferenceWeights("emd_cnn_pair_msle");
    const { convs, dense, output } = emdCnnWeights(named);
    const arrays: Float32Array[] = [...convs, dense, output].flatMap(Object.values);
    assertEquals(arrays.reduce((sum, { length }) => sum + length, 0), 98_817);
  },
);

Deno.test("emdCnnWeights() refuses missing layers and shapes that do not fit", () => {
  const without = (name: string) => {
    const named = small();
    named.delete(`model/${name}:0`);
    return named;
  };
  const shaped = (name: string, ...shape: number[]): NamedWeights =>
    small().set(`model/${name}:0`, { shape, values: new Float32Array(1) });
  assertThrows(() => emdCnnWeights(new Map()), TypeError, "there must be one layer dense_1");
  for (const name of ["conv2d_1/kernel", "output/bias", "batchnorm3/beta"]) {
    assertThrows(() => emdCnnWeights(without(name)), TypeError, name.split("/")[1]);
  }
  assertThrows(
    () => emdCnnWeights(shaped("conv2d_2/kernel", 1, 1, 4, 2)),
    TypeError,
    "kernel of model/conv2d_2 must have shape [1,1,3,2], current value is [1,1,4,2]",
  );
  assertThrows(() => emdCnnWeights(shaped("dense_1/kernel", 31, 5)), TypeError, "shape [32,5]");
  assertThrows(() => emdCnnWeights(shaped("conv2d_1/kernel", 3, 3)), TypeError, "must have 4 axes");
});
