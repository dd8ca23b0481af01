import { assert, assertEquals, assertThrows } from "@std/assert";
import { onnxEncoder } from "../../../src/models/export/onnx.ts";
import { PUBLISHED_FORMATS } from "../../../src/models/inference/mod.ts";
import { integerEncoderSpec } from "../../../src/models/integer/integer_encoder_spec.ts";
import { randomEconWeights } from "../_random_weights.ts";
import { ONNX, readProtobuf } from "./_protobuf_reader.ts";
import { FORMATS } from "./_wafers.ts";
import { assertSameNumbers } from "./_same_numbers.ts";

const FLOAT = 1, INT32 = 6, INT64 = 7;
const SPEC = integerEncoderSpec(randomEconWeights(7, PUBLISHED_FORMATS).encoder);

Deno.test("the model's inputs and outputs are charges, codes and latents, in any number", () => {
  const { ir_version, opset_import, graph } = readProtobuf(ONNX, "ModelProto", onnxEncoder(SPEC));
  assertEquals([ir_version, opset_import], [7, [{ version: 13 }]]);
  // deno-lint-ignore no-explicit-any
  const described = (values: any[]) =>
    values.map(({ name, type: { tensor_type: { elem_type, shape } } }) => [
      name,
      elem_type,
      shape.dim,
    ]);
  assertEquals(described(graph.input), [
    ["charges", INT32, [{ dim_param: "N" }, { dim_value: 48 }]],
  ]);
  assertEquals(described(graph.output), [
    ["codes", INT32, [{ dim_param: "N" }, { dim_value: 16 }]],
    ["latents", FLOAT, [{ dim_param: "N" }, { dim_value: 16 }]],
  ]);
});

Deno.test("every node follows what it takes, and everything is used", () => {
  const { graph } = readProtobuf(ONNX, "ModelProto", onnxEncoder(SPEC));
  const known = new Set<string>(["charges", ..._names(graph.initializer)]);
  const used = new Set<string>(_names(graph.output));
  for (const { input, output } of graph.node) {
    for (const name of input) {
      assert(known.has(name), `${name} is not known yet`);
      used.add(name);
    }
    assert(!known.has(output[0]), `${output[0]} is made twice`);
    known.add(output[0]);
  }
  assertEquals([...known].filter((name) => !used.has(name)), []);
});

for (const [name, formats] of Object.entries(FORMATS)) {
  Deno.test(`the model's constants are those of the integer encoder: ${name}`, () => {
    const spec = integerEncoderSpec(randomEconWeights(7, formats).encoder);
    const { graph } = readProtobuf(ONNX, "ModelProto", onnxEncoder(spec));
    const constants = Object.fromEntries(
      // deno-lint-ignore no-explicit-any
      graph.initializer.map(({ name, dims, data_type: type, raw_data: bytes }: any) => [name, {
        dims,
        values: [..._numbers(type, bytes)],
      }]),
    );
    const { conv_kernel: conv, dense_kernel: dense } = constants;
    assertEquals([conv.dims, dense.dims], [[8, 1, 3, 3], [128, 16]]);
    for (let filter = 0; filter < 8; filter++) {
      for (let place = 0; place < 9; place++) {
        assertEquals(conv.values[9 * filter + place], spec.conv.kernel[8 * place + filter]);
      }
    }
    assertSameNumbers(dense.values, [...spec.dense.kernel], 16);
    assertEquals(constants.conv_bias.values, [...spec.conv.bias]);
    assertEquals(constants.dense_bias.values, [...spec.dense.bias]);
    assertEquals(constants.hidden_max.values, [2 ** formats.hidden.bits - 1]);
    assertEquals(constants.latent_max.values, [2 ** formats.latent.bits - 1]);
    assertEquals(constants.latent_step.values, [
      2 ** (formats.latent.integer - formats.latent.bits),
    ]);
  });
}

Deno.test("weights with which float32 is not exact are refused", () => {
  const formats = { ...PUBLISHED_FORMATS, weights: { bits: 12, integer: 1 } };
  assertThrows(
    () => onnxEncoder(integerEncoderSpec(randomEconWeights(7, formats).encoder)),
    RangeError,
    "Cannot export to ONNX: accumulators of dense must be <= 16777216 to be exact in float32",
  );
});

function _names(values: readonly { name: string }[]): string[] {
  return values.map(({ name }) => name);
}

function _numbers(type: number, bytes: Uint8Array): Iterable<number> {
  const { buffer } = bytes.slice();
  if (type === FLOAT) return new Float32Array(buffer);
  if (type === INT32) return new Int32Array(buffer);
  assertEquals(type, INT64);
  return Array.from(new BigInt64Array(buffer), Number);
}
