/**
 * Tensors that train: tfjs on the backends that Deno can offer it, made fast and complete.
 *
 * @module
 */
export { tf } from "./tf.ts";
export {
  type Backend,
  type BackendName,
  type BackendOptions,
  BACKENDS,
  useBackend,
} from "./backend.ts";
export type { PackBuild } from "./wasm/pack.ts";
export { type BatchNormOptions, type BatchNormResult, batchNormTraining } from "./batch_norm.ts";
export { gateGradient } from "./gate_gradient.ts";
export { type RegressionKind, regressionLoss } from "./regression_loss.ts";
export { glorotUniform } from "./initialise.ts";
export { assignVariable, disposeVariables, makeVariables, type ShapedArray } from "./variables.ts";
export type { Model, TensorLoss, Variables } from "./types.ts";
export * from "./training/mod.ts";
