/**
 * hexmover: differentiable Earth mover's distance for hexagonal detectors.
 *
 * This module is everything. Someone who wants one part imports that part alone, for example
 * `src/wafer/mod.ts` for the EMD of two wafers.
 *
 * @module
 */
export * from "./src/numerics/mod.ts";
