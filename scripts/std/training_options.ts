/**
 * Options of scripts that train networks.
 *
 * @module
 */
import { BACKENDS } from "../../src/tensor/backend.ts";

/** What computes tensors. */
export const BACKEND_OPTION = {
  kind: "choice",
  choices: BACKENDS,
  describe: "What computes; blas needs --allow-ffi as well",
  default: "wasm",
} as const;

/** From which seeds. */
export const SEED_OPTIONS = {
  seed: { kind: "integer", describe: "First seed", default: 1 },
  seeds: { kind: "integer", describe: "Number of seeds; 0 for the preset's", least: 0, default: 0 },
} as const;

/** How many steps, when it is not the preset that says so. */
export const STEPS_OPTION = {
  kind: "integer",
  describe: "Steps; 0 for the preset's",
  least: 0,
  default: 0,
} as const;
