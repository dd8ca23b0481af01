import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { assertStorePath, memoryStore } from "../../src/experiments/store.ts";

Deno.test("memoryStore() keeps copies", async () => {
  const store = memoryStore();
  const bytes = Uint8Array.of(1, 2, 3);
  await store.write("a", bytes);
  bytes[0] = 9;
  const first = await store.read("a");
  first![1] = 9;
  assertEquals(await store.read("a"), Uint8Array.of(1, 2, 3));
});

Deno.test("memoryStore() replaces a file, and has none that was not written", async () => {
  const store = memoryStore();
  await store.write("a/b", Uint8Array.of(1));
  await store.write("a/b", Uint8Array.of());
  assertEquals(await store.read("a/b"), Uint8Array.of());
  assertEquals(await store.read("a"), undefined);
});

Deno.test("memoryStore() refuses paths that leave it", async () => {
  const store = memoryStore();
  await assertRejects(() => store.read("../a"), RangeError, '"../a"');
  await assertRejects(() => store.write("/a", Uint8Array.of(1)), RangeError, '"/a"');
});

Deno.test("assertStorePath() takes plain relative paths", () => {
  for (const path of ["a", "fig5/0a1b/result.json", "a/..b/c..", "...", ".hidden", "a b/é"]) {
    assertStorePath(path);
  }
});

Deno.test("assertStorePath() refuses everything else", () => {
  const paths = ["", "/", "/etc/passwd", "..", "a/../../b", "a/./b", "a//b", "a/", "./a"];
  for (const path of [...paths, "a\\..\\b", "C:/a", "file:///a", "a\0b"]) {
    assertThrows(() => assertStorePath(path), RangeError, JSON.stringify(path));
  }
});
