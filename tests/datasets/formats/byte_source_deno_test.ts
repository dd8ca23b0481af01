import { assertEquals, assertRejects } from "@std/assert";
import { openByteSource } from "../../../src/datasets/formats/byte_source_deno.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const SAMPLE = new URL("../../../data/sample.csv", import.meta.url);
const READ = [permission({ name: "read", path: SAMPLE })];

testNeeding(READ, "openByteSource() reads pieces in any order, and at once", async () => {
  const whole = await Deno.readFile(SAMPLE);
  using source = await openByteSource(SAMPLE);
  assertEquals(source.size, whole.length);
  const places = [[1000, 50], [0, 7], [500, 0], [999, 50]];
  const pieces = await Promise.all(places.map(([at, length]) => source.read(at, length)));
  assertEquals(pieces, places.map(([at, length]) => whole.slice(at, at + length)));
});

testNeeding(READ, "openByteSource() cuts a piece at the end of the file", async () => {
  const whole = await Deno.readFile(SAMPLE);
  using source = await openByteSource(SAMPLE);
  assertEquals(await source.read(whole.length - 3, 100), whole.slice(-3));
  assertEquals(await source.read(whole.length, 100), new Uint8Array(0));
});

testNeeding(READ, "openByteSource() says that a file is missing, or a folder", async () => {
  const missing = new URL("none", SAMPLE);
  await assertRejects(() => openByteSource(missing), Deno.errors.NotFound, "there is no such file");
  const folder = new URL(".", SAMPLE);
  await assertRejects(() => openByteSource(folder), Deno.errors.IsADirectory, "it is a folder");
});
