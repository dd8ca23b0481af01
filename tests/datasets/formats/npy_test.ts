import { assertEquals, assertThrows } from "@std/assert";
import { npyBytes, type NpyData, parseNpy } from "../../../src/datasets/formats/npy.ts";

/** What `numpy.save` of NumPy 1.24 writes: the header's 128 bytes, then the elements. */
function saved(dictionary: string, elements: readonly number[]): Uint8Array<ArrayBuffer> {
  const start = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0];
  const text = new TextEncoder().encode(dictionary.padEnd(117) + "\n");
  return Uint8Array.of(...start, ...text, ...elements);
}

Deno.test("npyBytes() writes the bytes that numpy.save writes", () => {
  // np.save(file, np.array([[1, 2, 3], [4, 5, 6]], dtype=np.int32))
  assertEquals(
    npyBytes(Int32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
    saved(
      "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 3), }",
      [1, 2, 3, 4, 5, 6].flatMap((value) => [value, 0, 0, 0]),
    ),
  );
  // np.save(file, np.array([1.5]))
  assertEquals(
    npyBytes(Float64Array.of(1.5), [1]),
    saved(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }",
      [0, 0, 0, 0, 0, 0, 0xf8, 0x3f],
    ),
  );
  // np.save(file, np.array(["é", "😀"]))
  assertEquals(
    npyBytes(["é", "😀"], [2]),
    saved(
      "{'descr': '<U1', 'fortran_order': False, 'shape': (2,), }",
      [0xe9, 0, 0, 0, 0x00, 0xf6, 1, 0],
    ),
  );
});

Deno.test("parseNpy() reads what npyBytes() wrote", () => {
  const arrays: [NpyData, number[]][] = [
    [Float64Array.of(0, -0, NaN, Infinity, Number.MIN_VALUE, Number.MAX_VALUE), [3, 2]],
    [Float32Array.of(0.1, -2), [2]],
    [Int32Array.of(-(2 ** 31), 2 ** 31 - 1), [1, 2]],
    [Uint32Array.of(2 ** 32 - 1), [1]],
    [Uint8Array.of(255, 0, 3), [3]],
    [["", "a b", "日本", "😀 x"], [2, 2]],
    [Float64Array.of(7), []],
    [new Float64Array(0), [0, 48]],
    [[], [0]],
    [[""], [1]],
  ];
  for (const [data, shape] of arrays) {
    const bytes = npyBytes(data, shape);
    assertEquals(parseNpy(bytes), { data, shape });
    // Wherever the bytes stand in memory.
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    assertEquals(parseNpy(moved.subarray(3)), { data, shape });
  }
});

Deno.test("npyBytes() of a part of an array takes that part", () => {
  const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
  assertEquals(parseNpy(npyBytes(part, [2])).data, Float64Array.of(2, 3));
});

Deno.test("parseNpy() reads the other types of NumPy", () => {
  const read = (descr: string, elements: number[]) =>
    parseNpy(saved(`{'descr': '${descr}', 'fortran_order': False, 'shape': (2,), }`, elements))
      .data;
  assertEquals(read("|b1", [1, 0]), Int32Array.of(1, 0));
  assertEquals(read("|i1", [255, 1]), Int32Array.of(-1, 1));
  assertEquals(read("<i2", [254, 255, 1, 1]), Int32Array.of(-2, 257));
  assertEquals(read("<u2", [254, 255, 1, 1]), Int32Array.of(65534, 257));
  assertEquals(read(">u4", [255, 255, 255, 254, 0, 0, 0, 1]), Uint32Array.of(4294967294, 1));
  const eight = (byte: number) => Array(8).fill(byte);
  assertEquals(read("<i8", [...eight(255), 1, 1, 0, 0, 0, 0, 0, 0]), Float64Array.of(-1, 257));
  assertEquals(read(">f4", [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0]), Float32Array.of(1.5, -2));
  assertThrows(() => read("<u8", [...eight(0), ...eight(255)]), RangeError, "1844674407370955");
  for (const descr of ["<c16", "|O8", "|V4", "<f2", "|S3", "<M8"]) {
    assertThrows(
      () => read(descr, Array(64).fill(0)),
      TypeError,
      `Cannot read npy: elements must be numbers or unicode texts, current type is ${descr}`,
    );
  }
});

Deno.test("parseNpy() reads the later versions of the header", () => {
  const bytes = npyBytes(Int32Array.of(5), [1]);
  const text = bytes.subarray(10, -4);
  for (const version of [2, 3]) {
    const later = Uint8Array.of(
      ...bytes.subarray(0, 6),
      version,
      0,
      text.length,
      0,
      0,
      0,
      ...text,
      ...bytes.subarray(-4),
    );
    assertEquals(parseNpy(later).data, Int32Array.of(5));
  }
});

Deno.test("parseNpy() refuses what was cut off, at every length", () => {
  const bytes = npyBytes(["ab", "c"], [2]);
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => parseNpy(bytes.subarray(0, length), "a.npy"), TypeError, "a.npy");
  }
});

Deno.test("parseNpy() refuses what it would misread", () => {
  assertThrows(
    () =>
      parseNpy(saved("{'descr': '<i4', 'fortran_order': True, 'shape': (1, 1), }", [1, 0, 0, 0])),
    TypeError,
    "its order must be row-major",
  );
  assertThrows(
    () => parseNpy(saved("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,), }", [])),
    TypeError,
    "its header must tell type, order and shape of plain elements",
  );
});

Deno.test("npyBytes() refuses shapes and texts that cannot be stored", () => {
  assertThrows(() => npyBytes(new Float64Array(5), [2, 3]), TypeError, "current number is 5");
  for (const length of [-1, 0.5, NaN]) {
    assertThrows(() => npyBytes([], [length]), TypeError, `current value is ${length}`);
  }
  for (const text of ["a\0", "\ud800"]) {
    assertThrows(() => npyBytes(["b", text], [2]), RangeError, JSON.stringify(text));
  }
});
