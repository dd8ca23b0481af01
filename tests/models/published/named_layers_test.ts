import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  hasShape,
  namedLayers,
  onlyLayer,
  valuesOf,
} from "../../../src/models/published/named_layers.ts";
import type { WeightTensor } from "../../../src/models/published/types.ts";

const tensor = (...shape: number[]): WeightTensor => ({
  shape,
  values: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});
const NAMED = new Map([
  ["encoder/conv/conv/kernel:0", tensor(2, 3)],
  ["dense/bias", tensor(4)],
  ["encoder/conv/conv/bias:0", tensor(3)],
  ["scale:1", tensor()],
]);

Deno.test("namedLayers() parts names into layer and role, with and without output numbers", () => {
  assertEquals(
    namedLayers(NAMED).map(({ name, tensors }) => [name, ...tensors.keys()]),
    [["encoder/conv/conv", "kernel", "bias"], ["dense", "bias"], ["", "scale"]],
  );
});

Deno.test("onlyLayer() finds one layer and refuses none and two", () => {
  const layers = namedLayers(NAMED);
  assertEquals(onlyLayer(layers, ({ name }) => name === "dense", "dense", "test").name, "dense");
  assertThrows(
    () => onlyLayer(layers, ({ name }) => name === "Dense", "Dense layer", "test"),
    TypeError,
    "Cannot test: there must be one Dense layer, current value is 0 (encoder/conv/conv, dense, )",
  );
  assertThrows(
    () => onlyLayer(layers, ({ tensors }) => tensors.has("bias"), "layer with a bias", "test"),
    TypeError,
    "current value is 2 (encoder/conv/conv, dense)",
  );
});

Deno.test("valuesOf() copies numbers and refuses other roles and shapes", () => {
  const [conv] = namedLayers(NAMED);
  const values = valuesOf(conv, "kernel", [2, 3], "test");
  values[0] = 1;
  assertEquals(valuesOf(conv, "kernel", [2, 3], "test"), new Float32Array(6));
  assertThrows(
    () => valuesOf(conv, "kernel", [3, 2], "test"),
    TypeError,
    "kernel of encoder/conv/conv must have shape [3,2], current value is [2,3]",
  );
  assertThrows(() => valuesOf(conv, "gamma", [3], "test"), TypeError, "current value is undefined");
});

Deno.test("hasShape() compares number and lengths of axes", () => {
  assert(hasShape(tensor(2, 3), [2, 3]) && hasShape(tensor(), []));
  for (const shape of [[3, 2], [2], [2, 3, 1]]) assert(!hasShape(tensor(2, 3), shape));
  assert(!hasShape(undefined, []));
});
