import protobuf from "npm:protobufjs@8.8.1";
import { assertEquals } from "@std/assert";
import {
  bytesField,
  integer,
  integerField,
  message,
  tensorBytes,
  textField,
} from "../../../src/models/export/protobuf.ts";

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Inner { repeated int64 packed = 3; }
  message Outer {
    int64 number = 1; bool truth = 2; string text = 3; bytes data = 4;
    repeated Inner inner = 5; int32 far = 2047;
  }
`);
const Outer = root.lookupType("Outer");

Deno.test("another reader gets every field back", () => {
  const bytes = message(
    integerField(1, -1),
    integerField(2, true),
    textField(3, "Wäfer 😀"),
    bytesField(4, Uint8Array.of(0, 255)),
    bytesField(5, bytesField(3, message(...[0, 1, 127, 128, -5].map(integer)))),
    bytesField(5, message()),
    integerField(2047, 300),
  );
  assertEquals(Outer.toObject(Outer.decode(bytes), { longs: Number, arrays: true }), {
    number: -1,
    truth: true,
    text: "Wäfer 😀",
    data: Uint8Array.of(0, 255),
    inner: [{ packed: [0, 1, 127, 128, -5] }, { packed: [] }],
    far: 300,
  });
});

Deno.test("integers of every size come back", () => {
  for (let bit = 0; bit <= 52; bit++) {
    for (const value of [2 ** bit - 1, 2 ** bit, -(2 ** bit)]) {
      const { number } = Outer.toObject(Outer.decode(integerField(1, value)), {
        longs: String,
        defaults: true,
      });
      assertEquals(number, String(value));
    }
  }
});

Deno.test("a run longer than 127 bytes has a length of two", () => {
  const text = "x".repeat(300);
  assertEquals(Outer.toObject(Outer.decode(textField(3, text))), { text });
});

Deno.test("tensorBytes() is little-endian", () => {
  assertEquals([...tensorBytes([1.5], "float32")], [0, 0, 0xc0, 0x3f]);
  assertEquals([...tensorBytes([-2, 258], "int32")], [0xfe, 255, 255, 255, 2, 1, 0, 0]);
  assertEquals([...tensorBytes([-2], "int64")], [0xfe, ...new Array(7).fill(255)]);
});
