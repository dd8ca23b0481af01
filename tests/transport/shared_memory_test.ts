import { assert, assertEquals } from "@std/assert";
import { SharedMemory } from "../../src/transport/shared_memory.ts";

Deno.test("SharedMemory lends shared memory of the right length", () => {
  const array = new SharedMemory().float64(3);
  assertEquals(array.length, 3);
  assert((array.buffer as ArrayBufferLike) instanceof SharedArrayBuffer);
  assertEquals(new SharedMemory().float64(0).length, 0);
});

Deno.test("SharedMemory never lends one buffer twice at a time", () => {
  const memory = new SharedMemory();
  const [a, b] = [memory.float64(10), memory.float64(10)];
  assert(a.buffer !== b.buffer);
  memory.release(a);
  const c = memory.float64(10);
  assert(c.buffer === a.buffer && c.buffer !== b.buffer);
});

Deno.test("SharedMemory lends the smallest buffer that is large enough", () => {
  const memory = new SharedMemory();
  const lent = [100, 10, 1000].map((length) => memory.float64(length));
  lent.forEach((array) => memory.release(array));
  assert(memory.float64(50).buffer === lent[0].buffer);
  assert(memory.float64(50).buffer === lent[2].buffer);
  assert(memory.float64(50).buffer !== lent[1].buffer);
});
