/**
 * The networks of the paper.
 *
 * @module
 */

// With given weights, without tensors: all of `models/inference`.
export * from "./inference/mod.ts";
