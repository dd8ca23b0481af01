/**
 * Tensors that train: tfjs on the backends that Deno can offer it, made fast and complete.
 *
 * @module
 */
export { tf } from "./tf.ts";
