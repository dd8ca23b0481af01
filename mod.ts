/**
 * hexmover: differentiable Earth mover's distance for hexagonal detectors.
 *
 * This module is everything. Someone who wants one part imports that part alone, for example
 * `src/wafer/mod.ts` for the EMD of two wafers.
 *
 * @example The EMD of two wafers, with what moves and with its gradient
 * ```ts
 * import { waferEmd, waferEmdBatch } from "@hexmover/hexmover";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const x = new Float64Array(48), y = new Float64Array(48);
 * x[0] = 3;
 * y[1] = 5;
 * assertEquals(waferEmd(x, y).flows, [{ from: 0, to: 1, mass: 1 }]);
 * const { values, gradients } = waferEmdBatch(x, y, { gradients: true });
 * assertAlmostEquals(values[0], 2);
 * assertAlmostEquals(gradients![0], -2 / 5); // charge in cell 0 would shorten the way
 * ```
 *
 * @module
 */
export * from "./src/numerics/mod.ts";
export * from "./src/transport/mod.ts";
export * from "./src/wafer/mod.ts";
export * from "./src/losses/mod.ts";
export * from "./src/codecs/mod.ts";
export * from "./src/tensor/mod.ts";
export * from "./src/quantization/mod.ts";
export * from "./src/models/mod.ts";
export * from "./src/datasets/mod.ts";
export * from "./src/trigger/mod.ts";
export * from "./src/experiments/mod.ts";
