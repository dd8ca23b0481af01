import { createHmac } from "node:crypto";
import { assertEquals, assertThrows } from "@std/assert";
import { readMessage, requestWriter } from "../../../scripts/std/notebook_messages.ts";

Deno.test("requestWriter() signs header, parent, metadata and content by HMAC-SHA256", async () => {
  const write = await requestWriter("secret");
  const texts = (await write("execute_request", { code: "é" })).map(_text);
  const [delimiter, signature, ...parts] = texts;
  assertEquals(delimiter, "<IDS|MSG>");
  assertEquals(signature, createHmac("sha256", "secret").update(parts.join("")).digest("hex"));
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part));
  assertEquals([header.msg_type, header.version], ["execute_request", "5.3"]);
  assertEquals([parent, metadata, content], [{}, {}, { code: "é" }]);
});

Deno.test("requestWriter() gives each request an id of its own, in one session", async () => {
  const write = await requestWriter("secret");
  const headers = [await write("a", {}), await write("b", {})].map((f) => JSON.parse(_text(f[2])));
  assertEquals(new Set(headers.map(({ msg_id }) => msg_id)).size, 2);
  assertEquals(new Set(headers.map(({ session }) => session)).size, 1);
});

Deno.test("readMessage() finds type and content after any addresses", () => {
  const parts = [{ msg_type: "stream" }, { msg_id: "1" }, {}, { name: "stdout", text: "é" }];
  const texts = ["topic", "<IDS|MSG>", "signature", ...parts.map((part) => JSON.stringify(part))];
  const frames = texts.map((text) => new TextEncoder().encode(text));
  const expected = { type: "stream", content: { name: "stdout", text: "é" } };
  assertEquals(readMessage(frames), expected);
  assertEquals(readMessage(frames.slice(1)), expected);
});

Deno.test("readMessage() refuses what is no Jupyter message", () => {
  assertThrows(() => readMessage([new Uint8Array(3)]), TypeError, "no Jupyter message");
});

function _text(frame: Uint8Array): string {
  return new TextDecoder().decode(frame);
}
