/**
 * The layers of a built network, found by watching it work.
 *
 * @module
 */
import { tf } from "../../src/tensor/tf.ts";
import type { Model, Variables } from "../../src/tensor/types.ts";

/** A layer with weights, as it was seen at work. */
export interface SeenLayer {
  /** Its name in the model, for example `"encoder/conv"`. */
  readonly name: string;
  /** What it does. */
  readonly kind: LayerKind;
  /** Shape of its kernel. */
  readonly kernel: readonly number[];
  /** Shape of what goes in, without the batch. */
  readonly input: readonly number[];
  /** Shape of what comes out, without the batch. */
  readonly output: readonly number[];
  /** What is done to its output, as tfjs calls it, for example `"Relu"`; undefined where nothing is. */
  readonly activation: string | undefined;
  /** What it has besides its kernel, for example `["gamma", "beta"]` of a batch normalisation. */
  readonly others: readonly string[];
  /** Numbers that training changes, of all these. */
  readonly parameters: number;
  /** Products of a weight and a number for one row, those with padding included. */
  readonly multiplications: number;
}

/** Kinds of layers. */
export type LayerKind = "convolution" | "transposed convolution" | "dense";

/** tfjs's names of what multiplies by a kernel. */
const KINDS: Readonly<Record<string, LayerKind>> = {
  Conv2D: "convolution",
  Conv2DBackpropInput: "transposed convolution",
  BatchMatMul: "dense",
};
const ACTIVATIONS = ["Relu", "Sigmoid", "Softmax", "FakeQuantize"];

/**
 * Runs a network on one row of ones and lists what it did with each of its kernels, in order.
 *
 * @param model The network, on the backend in use.
 * @param width Numbers in a row of its input.
 * @returns The layers.
 * @throws {TypeError} If the network did not use its kernels in the order of its parameters.
 */
export async function seenLayers(
  model: Pick<Model, "name" | "parameters" | "apply">,
  width: number,
): Promise<SeenLayer[]> {
  const input = tf.ones([1, width]);
  const { kernels: steps } = await tf.profile(() => model.apply(input, false));
  input.dispose();

  const layers: SeenLayer[] = [];
  const names = [...model.parameters.keys()].filter((name) => name.endsWith("/kernel"))
    .map((name) => name.slice(0, -"/kernel".length));
  for (const { name: step, inputShapes, outputShapes } of steps) {
    const last = layers.at(-1);
    const kernel = _kernel(model.parameters, names[layers.length]);
    const [shape] = outputShapes as number[][];
    if (step in KINDS && _isSame(inputShapes[1], kernel)) {
      const [batch, ...given] = inputShapes[0] as number[], [, ...output] = shape;
      const kind = KINDS[step];
      // What a kernel meets: each pixel of the output, or, where it is transposed, of the input.
      const pixels = (kind === "transposed convolution" ? given : output).slice(0, -1);
      layers.push({
        name: names[layers.length],
        kind,
        kernel: kernel!,
        input: given,
        output,
        activation: undefined,
        ..._weights(model.parameters, names[layers.length]),
        multiplications: batch * _product(pixels) * _product(kernel!),
      });
    } else if (last !== undefined && last.activation === undefined && _follows(step, shape, last)) {
      layers[layers.length - 1] = { ...last, activation: step };
    }
  }
  if (layers.length === names.length) return layers;
  throw new TypeError(
    `Cannot list the layers of ${model.name}: ${names[layers.length]} was not used in its order`,
  );
}

function _kernel(parameters: Variables, layer: string | undefined): readonly number[] | undefined {
  return layer === undefined ? undefined : parameters.get(`${layer}/kernel`)!.shape;
}

function _weights(
  parameters: Variables,
  layer: string,
): Pick<SeenLayer, "others" | "parameters"> {
  const own = [...parameters].filter(([name]) => name.slice(0, name.lastIndexOf("/")) === layer);
  return {
    others: own.map(([name]) => name.slice(layer.length + 1)).filter((role) => role !== "kernel"),
    parameters: own.reduce((sum, [, { size }]) => sum + size, 0),
  };
}

/** Whether a step is the activation of a layer: not the rounding of a bias, and not another's. */
function _follows(step: string, [, ...shape]: number[], { kernel, output }: SeenLayer): boolean {
  if (!ACTIVATIONS.includes(step)) return false;
  const isOutput = _isSame(shape, output);
  // Where the last image loses its pixels without a cell, its activation has fewer numbers.
  return isOutput || shape.length === 1 && kernel.length === 4 && step === "Sigmoid";
}

function _isSame(one: readonly number[] | undefined, other: readonly number[] | undefined) {
  return one !== undefined && other !== undefined && one.length === other.length &&
    one.every((size, k) => size === other[k]);
}

function _product(sizes: readonly number[]): number {
  return sizes.reduce((a, b) => a * b, 1);
}
