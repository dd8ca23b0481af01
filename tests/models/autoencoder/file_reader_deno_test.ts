import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { fileReader } from "../../../src/models/autoencoder/file_reader_deno.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);

testNeeding([permission({ name: "read", path: HERE })], "fileReader() reads files", async () => {
  const file = fileURLToPath(import.meta.url);
  assertEquals(await fileReader().read(file), await Deno.readFile(file));
  assertEquals(await fileReader().read(`${file}.absent`), undefined);
  assertEquals(await fileReader().read(`${file}/autoencoder.json`), undefined, "no folder");
  await assertRejects(() => fileReader().read(fileURLToPath(HERE)), Error);
});
