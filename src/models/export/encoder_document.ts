import { TRIGGER_CELLS } from "../../wafer/mod.ts";
import type {
  EconDecoderWeights,
  EconFormats,
  IntegerEncoderSpec,
  IntegerLayer,
  LayerWeights,
} from "../types.ts";
import { cellOfPixel } from "./image_cells.ts";

/** A layer of the encoder in integers. */
export interface IntegerLayerDocument {
  /** Lengths of the kernel's axes. */
  readonly shape: readonly number[];
  /** Codes of the kernel, row-major; the code of w is w 2^(fraction bits of the weights). */
  readonly kernel: readonly number[];
  /** Biases in the unit of the accumulator. */
  readonly bias: readonly number[];
  /** Bits by which the accumulator is finer than the output. */
  readonly shift: number;
  /** Largest code of the output; the smallest is 0. */
  readonly outputMax: number;
}

/** A layer of the decoder. */
export interface FloatLayerDocument {
  /** Lengths of the kernel's axes. */
  readonly shape: readonly number[];
  /** The kernel, row-major: float32, in decimal digits that tell it exactly. */
  readonly kernel: readonly number[];
  /** The biases, likewise. */
  readonly bias: readonly number[];
}

/** An autoencoder as plain data: everything that is needed to encode and decode. */
export interface EncoderDocument {
  /** Says what this is. */
  readonly format: "hexmover-econ-autoencoder";
  /** Version of the format. */
  readonly version: 1;
  /** Bits in all and integer bits of each kind of number, as in QKeras. */
  readonly formats: EconFormats;
  /** What goes in. */
  readonly input: {
    /** Order of the cells. */
    readonly order: "train";
    /** A charge is divided by 2^floor(log2(sum of the wafer's charges)). */
    readonly normalisation: "power_of_two";
    /** A code of the image stands for code / 2^fractionBits. */
    readonly fractionBits: number;
    /** Largest code of the image. */
    readonly max: number;
    /** Train cell of each pixel, 8 rows of 8; `null` for a pixel that is always 0. */
    readonly cellOfPixel: readonly (readonly (number | null)[])[];
    /** The cells in train order: flat pixel, number q of the paper, CMS's coordinates. */
    readonly cells: readonly {
      readonly pixel: number;
      readonly paper: number;
      readonly u: number;
      readonly v: number;
    }[];
  };
  /** Convolution, stride 2, with a row of zeros below and a column of zeros to the right. */
  readonly conv: IntegerLayerDocument;
  /** Dense layer on the convolution's output, flattened as (row, column, filter). */
  readonly dense: IntegerLayerDocument;
  /** What comes out. */
  readonly latents: {
    /** A latent stands for code / 2^fractionBits. */
    readonly fractionBits: number;
    /** Largest code. */
    readonly max: number;
  };
  /** The decoder, in float32. Kernels of transposed convolutions are (row, column, out, in). */
  readonly decoder: {
    readonly dense: FloatLayerDocument;
    readonly conv1: FloatLayerDocument;
    readonly conv2: FloatLayerDocument;
  };
}

/**
 * An autoencoder as plain data.
 *
 * @param spec The encoder in integers.
 * @param decoder Weights of the decoder.
 * @returns What {@linkcode encoderJson} writes.
 */
export function encoderDocument(
  spec: IntegerEncoderSpec,
  decoder: EconDecoderWeights,
): EncoderDocument {
  const cells = cellOfPixel(spec);
  return {
    format: "hexmover-econ-autoencoder",
    version: 1,
    formats: spec.formats,
    input: {
      order: "train",
      normalisation: "power_of_two",
      fractionBits: spec.inputFractionBits,
      max: spec.inputMax,
      cellOfPixel: Array.from({ length: 8 }, (_, row) => cells.slice(8 * row, 8 * row + 8)),
      cells: TRIGGER_CELLS.map(({ train, paper, u, v }) => ({
        pixel: spec.pixelOfCell[train],
        paper,
        u,
        v,
      })),
    },
    conv: _integerLayer([3, 3, 1, 8], spec.conv),
    dense: _integerLayer([128, 16], spec.dense),
    latents: { fractionBits: spec.latentFractionBits, max: spec.dense.outputMax },
    decoder: {
      dense: _floatLayer([16, 128], decoder.dense),
      conv1: _floatLayer([3, 3, 8, 8], decoder.conv1),
      conv2: _floatLayer([3, 3, 1, 8], decoder.conv2),
    },
  };
}

function _integerLayer(shape: readonly number[], layer: IntegerLayer): IntegerLayerDocument {
  const { kernel, bias, shift, outputMax } = layer;
  return { shape, kernel: [...kernel], bias: [...bias], shift, outputMax };
}

function _floatLayer(shape: readonly number[], { kernel, bias }: LayerWeights): FloatLayerDocument {
  // Nine digits tell any float32 from its neighbours.
  const digits = (values: Float32Array) => Array.from(values, (x) => Number(x.toPrecision(9)));
  return { shape, kernel: digits(kernel), bias: digits(bias) };
}
