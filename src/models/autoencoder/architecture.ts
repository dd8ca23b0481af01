/** Numbers in the code of a wafer. */
export const LATENTS = 16;

/** How a decoder is built; it runs off the detector, so that its size is free. */
export type DecoderArchitecture =
  /** The published one: dense, two transposed convolutions, a sigmoid of each cell; 2,833 parameters. */
  | { readonly kind: "convolutional" }
  /** Dense layers of so many units, and a softmax over the cells; 256, 256 are 82,480 parameters. */
  | { readonly kind: "dense"; readonly units: readonly number[] };
