import { assertEquals, assertThrows } from "@std/assert";
import { checkLayer } from "../../../src/models/inference/check_layer.ts";

const WEIGHTS = { kernel: new Float32Array(6), bias: new Float32Array(2) };

Deno.test("checkLayer() counts samples", () => {
  assertEquals(checkLayer("test", new Float32Array(12), 3, WEIGHTS, 3, 2), 4);
  assertEquals(checkLayer("test", [], 3, WEIGHTS, 3, 2), 0);
});

Deno.test("checkLayer() says which number is wrong", () => {
  const check = (length: number, inputs: number, outputs: number) => () =>
    checkLayer("test", new Float32Array(length), 3, WEIGHTS, inputs, outputs);
  assertThrows(
    check(4, 3, 2),
    TypeError,
    "Cannot test: length of the batch must be a multiple of 3, current value is 4",
  );
  assertThrows(check(3, 2, 2), TypeError, "must have 4 and 2 numbers, current values are 6 and 2");
  assertThrows(check(3, 2, 3), TypeError, "must have 6 and 3 numbers, current values are 6 and 2");
});
