/**
 * Fixed-point numbers as QKeras means them, on plain typed arrays. No tensors.
 *
 * @module
 */
export type { FixedPoint } from "./types.ts";
