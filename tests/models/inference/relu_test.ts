import { assert, assertEquals } from "@std/assert";
import { relu } from "../../../src/models/inference/relu.ts";

Deno.test("relu() overwrites what is negative", () => {
  const values = Float32Array.of(-2, -1e-30, 0, 1e-30, 3);
  assert(relu(values) === values);
  assertEquals(values, Float32Array.of(0, 0, 0, 1e-30, 3));
});
