import type { FixedPoint } from "../quantization/types.ts";

/** Weights of a layer: kernel and bias, row-major. */
export interface LayerWeights {
  /** Kernel; its shape is said where the layer is. */
  readonly kernel: Float32Array;
  /** Bias, one number a filter or unit. */
  readonly bias: Float32Array;
}

/** The fixed-point formats of the quantised encoder, in the order in which a wafer meets them. */
export interface EconFormats {
  /** Of the input image, signed. Published: 10 bits, 3 integer. */
  readonly input: FixedPoint;
  /** Of kernels and biases, signed. Published: 5 bits, 1 integer. */
  readonly weights: FixedPoint;
  /** Of the convolution's output, unsigned. Published: 11 bits, 3 integer. */
  readonly hidden: FixedPoint;
  /** Of the 16 latents, unsigned. Published: 9 bits, 1 integer. */
  readonly latent: FixedPoint;
}

/** Weights of the ECON-T encoder: 2,144 numbers, as trained (quantised by whoever uses them). */
export interface EconEncoderWeights {
  /** Convolution 3 x 3, stride 2: kernel [3, 3, 1, 8], bias [8]. */
  readonly conv: LayerWeights;
  /** Dense: kernel [128, 16], input flattened as (row, column, filter); bias [16]. */
  readonly dense: LayerWeights;
  /** Formats of the quantised encoder; without them the encoder is a float one. */
  readonly formats?: EconFormats;
}

/**
 * Weights of the published decoder: 2,833 numbers, never quantised. One that is told more of a wafer
 * than its latents has as many more rows in its first kernel.
 */
export interface EconDecoderWeights {
  /** Dense: kernel [16, 128], bias [128]; output reshaped to (4, 4, 8). */
  readonly dense: LayerWeights;
  /** Transposed convolution 3 x 3, stride 2: kernel [3, 3, 8, 8] as (row, column, out, in), bias [8]. */
  readonly conv1: LayerWeights;
  /** Transposed convolution 3 x 3, stride 1: kernel [3, 3, 1, 8] as (row, column, out, in), bias [1]. */
  readonly conv2: LayerWeights;
}

/** Weights of a decoder of dense layers with ReLUs and a softmax over the cells. */
export interface DenseDecoderWeights {
  /** Hidden layers, in order: kernel [inputs, units], bias [units]; the first takes the latents. */
  readonly hidden: readonly LayerWeights[];
  /** Output: kernel [units, 48], bias [48]. */
  readonly output: LayerWeights;
}

/** Weights of an ECON-T autoencoder. */
export interface EconAutoencoderWeights {
  /** The encoder, on the detector. */
  readonly encoder: EconEncoderWeights;
  /** The decoder, off the detector. */
  readonly decoder: EconDecoderWeights;
}

/** A layer's weights with the batch normalisation that follows it. */
export interface NormalisedLayerWeights extends LayerWeights {
  /** Scale of the batch normalisation, one number a filter or unit. */
  readonly gamma: Float32Array;
  /** Offset of the batch normalisation. */
  readonly beta: Float32Array;
  /** Running average of the layer's output. */
  readonly movingMean: Float32Array;
  /** Running variance of the layer's output. */
  readonly movingVariance: Float32Array;
}

/** Weights of an EMD CNN: convolutions, dense layers, one output unit. */
export interface EmdCnnWeights {
  /**
   * Convolutions of stride 1 on 4 x 4 images, in order: kernel [k, k, in, filters], k odd; the first
   * takes 6 channels, those of encoding B of both wafers.
   */
  readonly convs: readonly NormalisedLayerWeights[];
  /** Dense: kernel [16 filters, units], input flattened as (row, column, filter). */
  readonly dense: NormalisedLayerWeights;
  /** Further dense layers, in order, of as many units: kernel [units, units]. Published: none. */
  readonly moreDense?: readonly NormalisedLayerWeights[];
  /** Output: kernel [units, 1], bias [1]; no batch normalisation. */
  readonly output: LayerWeights;
  /** What batch normalisations add to variances. Published: 1e-3. */
  readonly epsilon: number;
}

/**
 * A layer of the encoder in integers:
 *
 *     a = bias[o] + sum_i kernel[i, o] input[i]                         accumulator
 *     output[o] = min(max(halfToEven(a / 2^shift), 0), outputMax)
 *
 * In C, with int32_t throughout and s = shift > 0, halfToEven(a / 2^s) is
 * `(a + (1 << (s - 1)) - 1 + ((a >> s) & 1)) >> s`, where `>>` keeps the sign; for s = 0 it is a.
 */
export interface IntegerLayer {
  /** Codes of the kernel, row-major: the code of w is w 2^(fraction bits of the weights). */
  readonly kernel: Int32Array;
  /** Biases in the unit of the accumulator, that is, already shifted to it. */
  readonly bias: Int32Array;
  /** Bits by which the accumulator is finer than the output, >= 0. */
  readonly shift: number;
  /** The largest code of the output; the smallest is 0. */
  readonly outputMax: number;
  /**
   * The largest |accumulator| that any input whatsoever can bring about, sums in any order included;
   * with what rounding adds it is below 2^31.
   */
  readonly accumulatorBound: number;
}

/**
 * The quantised encoder in integers, complete: whoever evaluates this gets the latent codes bit for
 * bit. Plain data, for programs in other languages.
 *
 * 1. Input. S is the sum of a wafer's 48 integer charges (each below 2^24), k = floor(log2 S), and
 *    `image[pixelOfCell[i]] = min(halfToEven(charge[i] 2^(inputFractionBits - k)), inputMax)`; other
 *    pixels are 0. With k > inputFractionBits that is a shift to the right with the rounding of
 *    {@linkcode IntegerLayer}, else a shift to the left.
 * 2. Convolution, stride 2, no padding above and to the left, one row and column of zeros below and
 *    to the right: `hidden[r, c, f]` from `image[2 r + i, 2 c + j]`, i, j < 3, r, c < 4.
 * 3. Dense on `hidden` flattened as (row, column, filter).
 *
 * The value of a latent is code / 2^latentFractionBits.
 */
export interface IntegerEncoderSpec {
  /** The formats from which all below follows. */
  readonly formats: EconFormats;
  /** Flat pixel, 0 to 63, of each of the 48 cells in train order (encoding A). */
  readonly pixelOfCell: Uint8Array;
  /** Fraction bits of the input code. Published: 6. */
  readonly inputFractionBits: number;
  /** The largest input code. Published: 511. */
  readonly inputMax: number;
  /** The convolution: kernel [3, 3, 1, 8], bias [8]. Published shift 1, largest output 2,047. */
  readonly conv: IntegerLayer;
  /** The dense layer: kernel [128, 16], bias [16]. Published shift 3, largest output 511. */
  readonly dense: IntegerLayer;
  /** Fraction bits of the latent code. Published: 8. */
  readonly latentFractionBits: number;
}
