/** Frozen TensorFlow graphs run by tfjs, which implements TensorFlow's operations anew. */
import "npm:@tensorflow/tfjs-backend-cpu@4.22.0";
import { loadGraphModel } from "npm:@tensorflow/tfjs-converter@4.22.0";
import { tf } from "../../../src/tensor/tf.ts";
import { readProtobuf, TENSORFLOW } from "./_protobuf_reader.ts";

/** A node of a graph. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  /** Attributes in the JSON form of TensorFlow's messages. */
  readonly attr: Readonly<Record<string, Record<string, unknown>>>;
}

/** Reads a graph: its nodes, and the numbers of the constants by name. */
export function readGraph(bytes: Uint8Array) {
  const { node } = readProtobuf(TENSORFLOW, "GraphDef", bytes);
  const constants = new Map<
    string,
    { dtype: "float32" | "int32"; shape: number[]; bytes: Uint8Array }
  >();
  // deno-lint-ignore no-explicit-any
  const nodes: GraphNode[] = node.map(({ name, op, input, attr }: any) => {
    const attributes: Record<string, Record<string, unknown>> = {};
    for (const { key, value } of attr) {
      const { s, type, tensor } = value;
      if (tensor !== undefined) {
        constants.set(name, {
          dtype: _TYPES[tensor.dtype] === "DT_FLOAT" ? "float32" : "int32",
          // deno-lint-ignore no-explicit-any
          shape: tensor.tensor_shape.dim.map(({ size }: any) => size),
          bytes: tensor.tensor_content,
        });
      }
      if (s !== undefined) attributes[key] = { s: s.toBase64() };
      else if (type !== undefined) attributes[key] = { type: _TYPES[type] };
      else attributes[key] = value;
    }
    return { name, op, input, attr: attributes };
  });
  return { nodes, constants };
}

const _TYPES: Readonly<Record<number, string>> = { 1: "DT_FLOAT", 3: "DT_INT32" };

/**
 * Runs a graph as CMSSW does: input into the first node, output from the last, no names asked for.
 *
 * @param bytes The graph.
 * @param shape Shape of the input.
 * @param input Its numbers.
 * @returns The numbers of the output and their shape.
 */
export async function runGraph(bytes: Uint8Array, shape: readonly number[], input: Float32Array) {
  const { nodes, constants } = readGraph(bytes);
  await tf.setBackend("cpu");
  const weights = [...constants];
  const model = await loadGraphModel({
    load: () =>
      Promise.resolve({
        modelTopology: { node: nodes, versions: { producer: 987 } },
        weightSpecs: weights.map(([name, { shape, dtype }]) => ({ name, shape, dtype })),
        weightData: Uint8Array.from(weights.flatMap(([, { bytes }]) => [...bytes])).buffer,
      }),
  });
  const x = tf.tensor(input, [...shape]);
  const y = model.execute({ [nodes[0].name]: x }, nodes.at(-1)!.name) as tf.Tensor;
  const result = { shape: y.shape, values: y.dataSync() as Float32Array };
  tf.dispose([x, y]);
  model.dispose();
  return result;
}
