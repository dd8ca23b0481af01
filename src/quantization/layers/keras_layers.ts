/**
 * QKeras's layers for models of tf.layers: `QDense`, `QConv2D` and `QActivation`, around the functions
 * of this folder. Models with them can be saved and loaded; importing this file registers the classes.
 *
 * @module
 */
import { initializers, InputSpec, layers } from "npm:@tensorflow/tfjs-layers@4.22.0";
import { tf } from "../../tensor/tf.ts";
import { parseQuantizer } from "../parse_quantizer.ts";
import type { AutoScaledQuantizer, Quantizer } from "../types.ts";
import { fakeQuantize } from "./fake_quantize.ts";
import { quantizedConv2d } from "./quantized_conv2d.ts";
import { quantizedDense } from "./quantized_dense.ts";

/** Shape of a tensor of tf.layers; null stands for the batch. */
type Shape = (number | null)[];

/** What tf.layers asks of every layer: `name`, `inputShape`, `trainable` and so on. */
type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** A trainable weight of tf.layers. */
type Weight = ReturnType<layers.Layer["addWeight"]>;

/**
 * A quantiser in a layer's configuration: itself, or its text in QKeras's form, such as
 * `quantized_bits(5,1,0,alpha=1)`. Saved models have `{ name: text }`, because tf.layers rewrites
 * every other string with underscores when it saves.
 */
export type QuantizerArg = Quantizer | string | { readonly name: string };

/** What {@linkcode QDense} and {@linkcode QConv2D} have in common. */
export interface QWeightsArgs extends LayerArgs {
  /** Quantiser of the kernel; without one it is not quantised. */
  kernelQuantizer?: QuantizerArg | null;
  /** Quantiser of the bias; without one it is not quantised. */
  biasQuantizer?: QuantizerArg | null;
  /**
   * Whether there is a bias.
   *
   * @default {true}
   */
  useBias?: boolean;
  /** Seed of the kernel's first values (Glorot uniform); without one they differ from run to run. */
  seed?: number | null;
}

/** Options of {@linkcode QDense}. */
export interface QDenseArgs extends QWeightsArgs {
  /** Numbers that come out. */
  units: number;
}

/** Options of {@linkcode QConv2D}. */
export interface QConv2DArgs extends QWeightsArgs {
  /** Channels that come out. */
  filters: number;
  /** Rows and columns of the kernel. */
  kernelSize: number | [number, number];
  /**
   * Step of the window along rows and columns.
   *
   * @default {1}
   */
  strides?: number | [number, number];
  /**
   * Padding, as Keras does it.
   *
   * @default {"valid"}
   */
  padding?: "valid" | "same";
}

/** Options of {@linkcode QActivation}. */
export interface QActivationArgs extends LayerArgs {
  /** The quantiser. */
  activation: QuantizerArg;
}

/** A layer with a kernel, a bias and their quantisers. */
abstract class _QWeights extends layers.Layer {
  protected kernel!: Weight;
  protected bias: Weight | undefined;
  protected readonly quantizers: {
    readonly kernelQuantizer: Quantizer | AutoScaledQuantizer | undefined;
    readonly biasQuantizer: Quantizer | AutoScaledQuantizer | undefined;
  };
  readonly #useBias: boolean;
  readonly #seed: number | null;

  constructor(args: QWeightsArgs, channels: number, rank: number) {
    super(args);
    const { kernelQuantizer, biasQuantizer, useBias = true, seed = null } = args;
    this.quantizers = {
      kernelQuantizer: _quantizer(kernelQuantizer, channels),
      biasQuantizer: _quantizer(biasQuantizer, channels),
    };
    this.#useBias = useBias;
    this.#seed = seed;
    this.inputSpec = [new InputSpec({ ndim: rank })];
  }

  protected addWeights(kernelShape: number[]): void {
    const glorot = initializers.glorotUniform(this.#seed === null ? {} : { seed: this.#seed });
    this.kernel = this.addWeight("kernel", kernelShape, "float32", glorot);
    if (this.#useBias) {
      this.bias = this.addWeight("bias", kernelShape.slice(-1), "float32", initializers.zeros());
    }
    this.built = true;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { kernelQuantizer, biasQuantizer } = this.quantizers;
    return {
      ...super.getConfig(),
      kernelQuantizer: _configOf(kernelQuantizer),
      biasQuantizer: _configOf(biasQuantizer),
      useBias: this.#useBias,
      seed: this.#seed,
    };
  }
}

/**
 * A dense layer with quantised weights: {@linkcode quantizedDense} for models of tf.layers.
 *
 * @example A small network, saved and loaded
 * ```ts
 * import { QActivation, QDense } from "./keras_layers.ts";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { models, sequential } from "npm:@tensorflow/tfjs-layers@4.22.0";
 * import { assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "cpu" });
 * const model = sequential({
 *   layers: [
 *     new QDense({ units: 4, inputShape: [3], kernelQuantizer: "quantized_bits(5,1,alpha=1)" }),
 *     new QActivation({ activation: "quantized_relu(9,1)" }),
 *   ],
 * });
 * const loaded = await models.modelFromJSON(JSON.parse(model.toJSON() as string));
 * loaded.setWeights(model.getWeights());
 * const x = tf.ones([1, 3]);
 * const [y, again] = [model, loaded].map((net) => (net.predict(x) as tf.Tensor).dataSync());
 * assertEquals(again, y);
 * ```
 */
export class QDense extends _QWeights {
  /** The name by which saved models find the class. */
  static className = "QDense";
  readonly #units: number;

  /**
   * Makes the layer.
   *
   * @param args Units and quantisers.
   */
  constructor(args: QDenseArgs) {
    super(args, args.units, 2);
    this.#units = args.units;
  }

  /** Makes the weights; called by tf.layers. */
  override build(inputShape: Shape | Shape[]): void {
    this.addWeights([_one(inputShape).at(-1)!, this.#units]);
  }

  /** Shape of the output; called by tf.layers. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [_one(inputShape)[0], this.#units];
  }

  /** The output; called by tf.layers. */
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat();
    const kernel = this.kernel.read() as tf.Tensor2D, bias = this.bias?.read() as tf.Tensor1D;
    return quantizedDense(x as tf.Tensor2D, kernel, bias, this.quantizers);
  }

  /** The configuration that is saved. */
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), units: this.#units };
  }
}

/** A convolution with quantised weights: {@linkcode quantizedConv2d} for models of tf.layers. */
export class QConv2D extends _QWeights {
  /** The name by which saved models find the class. */
  static className = "QConv2D";
  readonly #filters: number;
  readonly #kernelSize: [number, number];
  readonly #strides: [number, number];
  readonly #padding: "valid" | "same";

  /**
   * Makes the layer.
   *
   * @param args Filters, kernel size, strides, padding and quantisers.
   */
  constructor(args: QConv2DArgs) {
    super(args, args.filters, 4);
    this.#filters = args.filters;
    this.#kernelSize = _pair(args.kernelSize);
    this.#strides = _pair(args.strides ?? 1);
    this.#padding = args.padding ?? "valid";
  }

  /** Makes the weights; called by tf.layers. */
  override build(inputShape: Shape | Shape[]): void {
    this.addWeights([...this.#kernelSize, _one(inputShape).at(-1)!, this.#filters]);
  }

  /** Shape of the output; called by tf.layers. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...lengths] = _one(inputShape);
    const [rows, columns] = [0, 1].map((axis) => {
      const length = lengths[axis];
      if (length === null) return null;
      const places = this.#padding === "same" ? length : length - this.#kernelSize[axis] + 1;
      return Math.ceil(places / this.#strides[axis]);
    });
    return [batch, rows, columns, this.#filters];
  }

  /** The output; called by tf.layers. */
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat();
    const kernel = this.kernel.read() as tf.Tensor4D, bias = this.bias?.read() as tf.Tensor1D;
    const options = { ...this.quantizers, strides: this.#strides, padding: this.#padding };
    return quantizedConv2d(x as tf.Tensor4D, kernel, bias, options);
  }

  /** The configuration that is saved. */
  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      filters: this.#filters,
      kernelSize: this.#kernelSize,
      strides: this.#strides,
      padding: this.#padding,
    };
  }
}

/** A quantiser as a layer: {@linkcode fakeQuantize} for models of tf.layers. */
export class QActivation extends layers.Layer {
  /** The name by which saved models find the class. */
  static className = "QActivation";
  readonly #quantizer: Quantizer | AutoScaledQuantizer;

  /**
   * Makes the layer.
   *
   * @param args The quantiser.
   */
  constructor(args: QActivationArgs) {
    super(args);
    this.#quantizer = _quantizer(args.activation)!;
  }

  /** Shape of the output; called by tf.layers. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return _one(inputShape);
  }

  /** The output; called by tf.layers. */
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat();
    return fakeQuantize(x, this.#quantizer);
  }

  /** The configuration that is saved. */
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), activation: _configOf(this.#quantizer) };
  }
}

for (const layer of [QDense, QConv2D, QActivation]) tf.serialization.registerClass(layer as never);

function _quantizer(
  arg: QuantizerArg | null | undefined,
  channels?: number,
): Quantizer | AutoScaledQuantizer | undefined {
  if (arg === null || arg === undefined) return undefined;
  if (typeof arg === "object" && "apply" in arg) return arg;
  const text = typeof arg === "string" ? arg : arg.name;
  return parseQuantizer(text, channels === undefined ? {} : { channels });
}

function _configOf(
  quantizer: Quantizer | AutoScaledQuantizer | undefined,
): { name: string } | null {
  return quantizer === undefined ? null : { name: `${quantizer}` };
}

/** The one shape of a layer with one input. */
function _one(shape: Shape | Shape[]): Shape {
  return (Array.isArray(shape[0]) ? shape[0] : shape) as Shape;
}

function _pair(size: number | [number, number]): [number, number] {
  return typeof size === "number" ? [size, size] : [...size];
}
