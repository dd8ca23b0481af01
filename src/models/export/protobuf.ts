/**
 * Writing protocol buffers: what ONNX and TensorFlow keep their graphs in.
 *
 * Two kinds of field are enough for both: integers and runs of bytes. That is less than the schema
 * that a package would have to be given, so there is none; the tests read the files with one.
 *
 * Format: https://protobuf.dev/programming-guides/encoding
 *
 * @module
 */

const INTEGER = 0, BYTES = 2;

/**
 * A message, or a list of packed integers: its parts one after the other.
 *
 * @param parts Fields or integers.
 * @returns The bytes.
 *
 * @example
 * ```ts
 * import { integerField, message, textField } from "./protobuf.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...message(integerField(1, 300), textField(2, "hex"))], [
 *   ...[0x08, 0xac, 0x02],
 *   ...[0x12, 3, 0x68, 0x65, 0x78],
 * ]);
 * ```
 */
export function message(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    out.set(part, end);
    end += part.length;
  }
  return out;
}

/**
 * A field of type int32, int64, bool or enum.
 *
 * @param number The field's number.
 * @param value A safe integer, or a truth value.
 * @returns The field.
 */
export function integerField(number: number, value: number | boolean): Uint8Array {
  return message(integer(number << 3 | INTEGER), integer(Number(value)));
}

/**
 * A field of type bytes, or a message within a message.
 *
 * @param number The field's number.
 * @param bytes Its content.
 * @returns The field.
 */
export function bytesField(number: number, bytes: Uint8Array): Uint8Array {
  return message(integer(number << 3 | BYTES), integer(bytes.length), bytes);
}

/**
 * A field of type string.
 *
 * @param number The field's number.
 * @param text Its content, written as UTF-8.
 * @returns The field.
 */
export function textField(number: number, text: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(text));
}

/**
 * An integer as the format writes it: 7 bits a byte, the lowest first; negative ones as 64 bits in
 * two's complement.
 *
 * @param value A safe integer.
 * @returns 1 to 10 bytes.
 */
export function integer(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Uint8Array.of(...bytes, Number(rest));
}

/**
 * Numbers in the byte order in which both formats keep tensors.
 *
 * @param values The numbers.
 * @param type Type of the numbers in the file.
 * @returns Their bytes, little-endian.
 */
export function tensorBytes(
  values: Iterable<number>,
  type: "float32" | "int32" | "int64",
): Uint8Array {
  const numbers = [...values], size = type === "int64" ? 8 : 4;
  const view = new DataView(new ArrayBuffer(numbers.length * size));
  numbers.forEach((value, i) => {
    if (type === "float32") view.setFloat32(i * size, value, true);
    else if (type === "int32") view.setInt32(i * size, value, true);
    else view.setBigInt64(i * size, BigInt(value), true);
  });
  return new Uint8Array(view.buffer);
}
