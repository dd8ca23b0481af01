import { assertEquals, assertThrows } from "@std/assert";
import { readRawWeights } from "../../../src/models/published/raw_weights.ts";
import { formatRawWeights } from "../../../src/models/published/raw_weights_format.ts";
import { RandomStream } from "../../../src/numerics/random.ts";

Deno.test("formatRawWeights() writes little-endian numbers, one tensor after the other", () => {
  const { manifest, bytes } = formatRawWeights(
    new Map([
      ["a", { shape: [1, 2], values: Float32Array.of(1, -2) }],
      ["scalar", { shape: [], values: Float32Array.of(0.5) }],
    ]),
  );
  // IEEE 754 by hand: 1 = 3f800000, -2 = c0000000, 0.5 = 3f000000.
  assertEquals([...bytes], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0, 0x3f]);
  assertEquals(JSON.parse(JSON.stringify(manifest)), {
    tensors: [
      { name: "a", shape: [1, 2], offset_floats: 0 },
      { name: "scalar", shape: [], offset_floats: 2 },
    ],
    total_floats: 3,
    dtype: "float32 little-endian",
  });
});

Deno.test("formatRawWeights() writes what readRawWeights() reads back, to the last bit", () => {
  const random = new RandomStream(1, "weights");
  const named = new Map([[3, 4], [0, 5], [2, 2, 2], []].map((shape, k) => {
    const values = new Float32Array(shape.reduce((product, length) => product * length, 1));
    return [`tensor ${k}`, { shape, values: values.map(() => random.normal() * 10 ** (k * 9)) }];
  }));
  named.set("limits", { shape: [4], values: Float32Array.of(-0, 1e-45, 3.4e38, -3.4e38) });
  const { manifest, bytes } = formatRawWeights(named);
  assertEquals(readRawWeights(manifest, bytes), named);
});

Deno.test("formatRawWeights() refuses values that do not fill their shape", () => {
  const named = new Map([["kernel", { shape: [2, 3], values: new Float32Array(5) }]]);
  assertThrows(
    () => formatRawWeights(named),
    TypeError,
    "kernel of shape [2,3] must have 6 values",
  );
});
