import { assertEquals } from "@std/assert";
import { attribute, FrozenGraph } from "../../../src/models/export/frozen_graph.ts";
import { readProtobuf, TENSORFLOW } from "./_protobuf_reader.ts";
import { runGraph } from "./_graph_model.ts";

const FLOAT = 1, INT32 = 3;

Deno.test("FrozenGraph writes nodes in order, with their inputs and attributes", () => {
  const graph = new FrozenGraph("x", [-1, 2]);
  const shape = graph.constant("shape", "int32", [2], [2, -1]);
  graph.add("Reshape", "y", ["x", shape], {
    Tshape: attribute.type("int32"),
    flag: attribute.boolean(false),
    word: attribute.text("SAME"),
    list: attribute.integers([1, 300, -1]),
    none: attribute.integers([]),
  });
  const { node, versions } = readProtobuf(TENSORFLOW, "GraphDef", graph.bytes());
  assertEquals(versions.producer > 0, true);
  const float = { key: "T", value: { type: FLOAT } };
  assertEquals(node, [
    {
      name: "x",
      op: "Placeholder",
      input: [],
      attr: [
        { key: "dtype", value: { type: FLOAT } },
        { key: "shape", value: { shape: { dim: [{ size: -1 }, { size: 2 }] } } },
      ],
    },
    {
      name: "shape",
      op: "Const",
      input: [],
      attr: [
        { key: "dtype", value: { type: INT32 } },
        {
          key: "value",
          value: {
            tensor: {
              dtype: INT32,
              tensor_shape: { dim: [{ size: 2 }] },
              tensor_content: Uint8Array.of(2, 0, 0, 0, 255, 255, 255, 255),
            },
          },
        },
      ],
    },
    {
      name: "y",
      op: "Reshape",
      input: ["x", "shape"],
      attr: [
        float,
        { key: "Tshape", value: { type: INT32 } },
        { key: "flag", value: { b: false } },
        { key: "word", value: { s: new TextEncoder().encode("SAME") } },
        { key: "list", value: { list: { i: [1, 300, -1] } } },
        { key: "none", value: { list: { i: [] } } },
      ],
    },
  ]);
});

Deno.test("a graph runs from its first node to its last", async () => {
  const graph = new FrozenGraph("x", [-1, 2]);
  const two = graph.constant("two", "float32", [], [2]);
  const doubled = graph.add("Mul", "doubled", ["x", two]);
  graph.add("Round", "y", [doubled]);
  const { shape, values } = await runGraph(
    graph.bytes(),
    [2, 2],
    Float32Array.of(0.25, 0.75, 1.25, -0.5),
  );
  assertEquals(shape, [2, 2]);
  assertEquals([...values], [0, 2, 2, -1]); // half to even
});
