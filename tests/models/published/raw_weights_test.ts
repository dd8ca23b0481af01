import { assertEquals, assertThrows } from "@std/assert";
import {
  type RawWeightsManifest,
  readRawWeights,
} from "../../../src/models/published/raw_weights.ts";

const MANIFEST: RawWeightsManifest = {
  tensors: [
    { name: "b", shape: [2, 2], offset_floats: 2 },
    { name: "a", shape: [2], offset_floats: 0 },
    { name: "scalar", shape: [], offset_floats: 6 },
  ],
  total_floats: 7,
  dtype: "float32 little-endian, C order",
};
/** 1, -2, 0.5, 2, 0, -0, 3 by hand. */
const BYTES = Uint8Array.from(
  [0x3f800000, 0xc0000000, 0x3f000000, 0x40000000, 0, 0x80000000, 0x40400000].flatMap((word) => [
    word & 255,
    word >>> 8 & 255,
    word >>> 16 & 255,
    word >>> 24,
  ]),
);

Deno.test("readRawWeights() reads tensors from their places, in the manifest's order", () => {
  assertEquals([...readRawWeights(MANIFEST, BYTES)], [
    ["b", { shape: [2, 2], values: Float32Array.of(0.5, 2, 0, -0) }],
    ["a", { shape: [2], values: Float32Array.of(1, -2) }],
    ["scalar", { shape: [], values: Float32Array.of(3) }],
  ]);
});

Deno.test("readRawWeights() reads bytes at odd places of a buffer", () => {
  const shifted = new Uint8Array(BYTES.length + 3);
  shifted.set(BYTES, 3);
  assertEquals(readRawWeights(MANIFEST, shifted.subarray(3)), readRawWeights(MANIFEST, BYTES));
});

Deno.test("readRawWeights() refuses files of another length", () => {
  assertThrows(
    () => readRawWeights(MANIFEST, BYTES.subarray(1)),
    RangeError,
    "file must have 4 * total_floats = 28 bytes, current value is 27",
  );
});

Deno.test("readRawWeights() refuses tensors that overlap, leave gaps or occur twice", () => {
  const withTensor = (k: number, change: object) => () =>
    readRawWeights({
      ...MANIFEST,
      tensors: MANIFEST.tensors.with(k, { ...MANIFEST.tensors[k], ...change }),
    }, BYTES);
  assertThrows(
    withTensor(0, { offset_floats: 1 }),
    RangeError,
    "b must begin where the tensor before it ends, at 2, current value is 1",
  );
  assertThrows(withTensor(0, { offset_floats: 3 }), RangeError, "at 2, current value is 3");
  assertThrows(withTensor(2, { shape: [2] }), RangeError, "in all, current value is 8");
  assertThrows(withTensor(0, { shape: [3] }), RangeError, "scalar must begin where");
  assertThrows(withTensor(0, { name: "a" }), RangeError, "a occurs twice");
});

Deno.test("readRawWeights() refuses manifests of another structure", () => {
  const read = (manifest: unknown) => () => readRawWeights(manifest as RawWeightsManifest, BYTES);
  assertThrows(read(null), TypeError, "manifest must have a list of tensors");
  assertThrows(read({ ...MANIFEST, total_floats: "7" }), TypeError, "and total_floats");
  assertThrows(read({ ...MANIFEST, dtype: "float64" }), TypeError, "current value is float64");
  const tensor = MANIFEST.tensors[0];
  for (
    const [change, message] of [
      [{ name: 3 }, "name of tensor 0 must be a text, current value is 3"],
      [{ shape: [2, 0.5] }, "shape of b must be a list of counts, current value is [2,0.5]"],
      [{ offset_floats: -1 }, "offset_floats of b must be a count, current value is -1"],
    ] as const
  ) {
    assertThrows(read({ ...MANIFEST, tensors: [{ ...tensor, ...change }] }), TypeError, message);
  }
});
