/**
 * Frozen TensorFlow graphs: nodes in order, weights among them as constants.
 *
 * Source: the messages GraphDef, NodeDef, AttrValue, TensorProto of tensorflow/core/framework.
 *
 * @module
 */
import { bytesField, integer, integerField, message, tensorBytes, textField } from "./protobuf.ts";

/** Types of tensors by TensorFlow's numbers. */
export const TENSOR_TYPES = { float32: 1, int32: 3 } as const;

/** Type of a tensor. */
export type TensorType = keyof typeof TENSOR_TYPES;

/** Value of an attribute: the fields of an AttrValue. Made by {@linkcode attribute}. */
export type Attribute = Uint8Array;

/** Attribute values by kind. */
export const attribute = {
  /** A type of tensors. */
  type: (type: TensorType): Attribute => integerField(6, TENSOR_TYPES[type]),
  /** A truth value. */
  boolean: (value: boolean): Attribute => integerField(5, value),
  /** A text. */
  text: (text: string): Attribute => textField(2, text),
  /** A list of integers. */
  integers: (values: readonly number[]): Attribute =>
    bytesField(1, bytesField(3, message(...values.map(integer)))),
  /** A shape; -1 for a size that is not known. */
  shape: (sizes: readonly number[]): Attribute => bytesField(7, _shape(sizes)),
  /** A tensor. */
  tensor: (type: TensorType, sizes: readonly number[], values: Iterable<number>): Attribute =>
    bytesField(
      8,
      message(
        integerField(1, TENSOR_TYPES[type]),
        bytesField(2, _shape(sizes)),
        bytesField(4, tensorBytes(values, type)),
      ),
    ),
} as const;

/**
 * A graph that grows node by node, each after the nodes that it takes.
 *
 * @example
 * ```ts
 * import { attribute, FrozenGraph } from "./frozen_graph.ts";
 * import { assert } from "@std/assert";
 *
 * const graph = new FrozenGraph("x", [-1, 2]);
 * const two = graph.constant("two", "float32", [], [2]);
 * graph.add("Mul", "twice", ["x", two]);
 * assert(new TextDecoder().decode(graph.bytes()).includes("twice"));
 * ```
 */
export class FrozenGraph {
  readonly #nodes: Uint8Array[] = [];

  /**
   * Starts a graph with its input, a placeholder for float32.
   *
   * @param input Name of the input.
   * @param shape Its shape; -1 for any number of rows.
   */
  constructor(input: string, shape: readonly number[]) {
    this.#push("Placeholder", input, [], {
      dtype: attribute.type("float32"),
      shape: attribute.shape(shape),
    });
  }

  /**
   * Adds an operation on float32.
   *
   * @param operation Its name in TensorFlow.
   * @param name The node's name.
   * @param inputs Names of the nodes that it takes.
   * @param attributes Its attributes, besides the type T.
   * @returns The node's name.
   */
  add(
    operation: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    return this.#push(operation, name, inputs, { T: attribute.type("float32"), ...attributes });
  }

  /**
   * Adds a constant.
   *
   * @param name The node's name.
   * @param type Type of the numbers.
   * @param shape Their shape; none for a single number.
   * @param values The numbers, row-major.
   * @returns The node's name.
   */
  constant(
    name: string,
    type: TensorType,
    shape: readonly number[],
    values: Iterable<number>,
  ): string {
    return this.#push("Const", name, [], {
      dtype: attribute.type(type),
      value: attribute.tensor(type, shape, values),
    });
  }

  /**
   * The graph as it stands in a `.pb` file.
   *
   * @returns The bytes; the node that was added last is the last.
   */
  bytes(): Uint8Array<ArrayBuffer> {
    return message(
      ...this.#nodes.map((node) => bytesField(1, node)),
      bytesField(4, integerField(1, PRODUCER)),
    );
  }

  #push(
    operation: string,
    name: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
  ): string {
    this.#nodes.push(message(
      textField(1, name),
      textField(2, operation),
      ...inputs.map((input) => textField(3, input)),
      ...Object.entries(attributes).map(([key, value]) =>
        bytesField(5, message(textField(1, key), bytesField(2, value)))
      ),
    ));
    return name;
  }
}

/** The version of graphs that TensorFlow 2.8 writes, which made the published ones. */
const PRODUCER = 987;

function _shape(sizes: readonly number[]): Uint8Array {
  return message(...sizes.map((size) => bytesField(2, integerField(1, size))));
}
