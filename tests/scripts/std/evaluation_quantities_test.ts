import { assertEquals } from "@std/assert";
import { addEvaluations } from "../../../scripts/std/evaluation_quantities.ts";

Deno.test("evaluations are told seed by seed, with what is not alive or not proved", () => {
  const evaluation = {
    emd: Float64Array.of(1, 3),
    count: 2,
    low: 1.32,
    median: 2,
    high: 2.68,
    mean: 2,
    deadLatents: 3,
    saturated: 0.25,
    zeroOutputs: 1,
    unproved: 0,
  };
  const found: [string, string, number[]][] = [];
  const context = {
    addQuantity: (name: string, unit: string, values: ArrayLike<number>) => {
      found.push([name, unit, [...Array.from(values)]]);
    },
  };
  addEvaluations(context, "network", [evaluation, { ...evaluation, mean: 5, deadLatents: 0 }]);
  assertEquals(found, [
    ["network: median EMD", "half pitch", [2, 2]],
    ["network: quantile 0.16", "half pitch", [1.32, 1.32]],
    ["network: quantile 0.84", "half pitch", [2.68, 2.68]],
    ["network: mean EMD", "half pitch", [2, 5]],
    ["network: dead latents", "", [3, 0]],
    ["network: codes at their largest", "%", [25, 25]],
    ["network: zero outputs", "", [1, 1]],
    ["network: EMDs not proved", "", [0, 0]],
  ]);
});
