import { assertEquals, assertThrows } from "@std/assert";
import { useBackend } from "../../../src/tensor/backend.ts";
import { tf } from "../../../src/tensor/tf.ts";
import { assignArrays, namedArrays } from "../../../src/tensor/training/named_arrays.ts";
import { toyModel } from "./_toy_model.ts";

await useBackend({ backend: "cpu" });

Deno.test("arrays that were read can be assigned again, and are copies", async () => {
  const before = tf.memory().numTensors;
  const from = toyModel(1).parameters, to = toyModel(2).parameters;
  const arrays = await namedArrays(from);
  assertEquals([...arrays.keys()], [...from.keys()]);
  assignArrays(to, arrays);
  assertEquals(await namedArrays(to), arrays);
  const kept = new Map([...arrays].map(([name, array]) => [name, array.slice()]));
  for (const array of arrays.values()) array.fill(7);
  assertEquals([await namedArrays(from), await namedArrays(to)], [kept, kept]);
  tf.dispose([...from.values(), ...to.values()]);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("assigning wants every array, of the right length, or changes nothing", async () => {
  const { parameters } = toyModel(1);
  const before = await namedArrays(parameters);
  const zeros = new Map([...before].map(([name, { length }]) => [name, new Float32Array(length)]));
  zeros.set("bias2", new Float32Array(4));
  assertThrows(
    () => assignArrays(parameters, zeros),
    TypeError,
    "Cannot assign to bias2: it needs 3 numbers, current length is 4",
  );
  zeros.delete("bias2");
  assertThrows(() => assignArrays(parameters, zeros), TypeError, "current length is undefined");
  assertEquals(await namedArrays(parameters), before);
});
