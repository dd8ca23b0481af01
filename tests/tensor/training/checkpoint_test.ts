import { assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import {
  decodeCheckpoint,
  encodeCheckpoint,
  type TrainingCheckpoint,
} from "../../../src/tensor/training/checkpoint.ts";

const CHECKPOINT: TrainingCheckpoint = {
  facts: { step: 12, rate: 0.1 + 0.2, best: null, names: ["Gewicht", "weight: µ"], on: true },
  arrays: new Map([
    ["weights", Float32Array.of(1.5, -0, 3.4028234663852886e38, 1e-45, NaN, -Infinity)],
    ["none", new Float32Array(0)],
    ["µ", Float32Array.of(0.1)],
  ]),
};

Deno.test("a checkpoint comes back as it was, to the last bit", async () => {
  const bytes = await encodeCheckpoint(CHECKPOINT);
  const back = await decodeCheckpoint(bytes);
  assertEquals(back, CHECKPOINT);
  assertEquals([...back.arrays.keys()], [...CHECKPOINT.arrays.keys()]);
  assertEquals(await encodeCheckpoint(back), bytes);
  // Also out of the middle of other bytes.
  const within = new Uint8Array(bytes.length + 7);
  within.set(bytes, 3);
  assertEquals(await decodeCheckpoint(within.subarray(3, 3 + bytes.length)), CHECKPOINT);
});

Deno.test("a checkpoint has the layout that is described", async () => {
  const checkpoint = { facts: { a: 1 }, arrays: new Map([["b", Float32Array.of(1, -2)]]) };
  const bytes = await encodeCheckpoint(checkpoint);
  assertEquals(new TextDecoder().decode(bytes.subarray(0, 8)), "hexmckp1");
  const digest = createHash("sha256").update(bytes.subarray(40)).digest();
  assertEquals([...bytes.subarray(8, 40)], [...digest]);
  const header = '{"facts":{"a":1},"arrays":[["b",2]]}'.padEnd(36);
  assertEquals([...bytes.subarray(40, 44)], [36, 0, 0, 0]);
  assertEquals(new TextDecoder().decode(bytes.subarray(44, 80)), header);
  // 1 and -2 in IEEE 754 single precision, little-endian.
  assertEquals([...bytes.subarray(80)], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
});

Deno.test("no changed bit and no missing byte of a checkpoint gets through", async () => {
  const bytes = await encodeCheckpoint(CHECKPOINT);
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] ^= 1 << at % 8;
    await assertRejects(() => decodeCheckpoint(changed), TypeError, "Cannot read a checkpoint");
    await assertRejects(() => decodeCheckpoint(bytes.subarray(0, at)), TypeError);
  }
});
