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

/** Weights of the published decoder: 2,833 numbers, never quantised. */
export interface EconDecoderWeights {
  /** Dense: kernel [16, 128], bias [128]; output reshaped to (4, 4, 8). */
  readonly dense: LayerWeights;
  /** Transposed convolution 3 x 3, stride 2: kernel [3, 3, 8, 8] as (row, column, out, in), bias [8]. */
  readonly conv1: LayerWeights;
  /** Transposed convolution 3 x 3, stride 1: kernel [3, 3, 1, 8] as (row, column, out, in), bias [1]. */
  readonly conv2: LayerWeights;
}

/** Weights of an ECON-T autoencoder. */
export interface EconAutoencoderWeights {
  /** The encoder, on the detector. */
  readonly encoder: EconEncoderWeights;
  /** The decoder, off the detector. */
  readonly decoder: EconDecoderWeights;
}
