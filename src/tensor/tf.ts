/**
 * The one place that names tfjs: its core, of the release that every other tfjs package here has.
 *
 * Operations are functions, `tf.add(a, b)`; the methods of tensors are not loaded.
 *
 * @module
 */
export * as tf from "npm:@tensorflow/tfjs-core@4.22.0";
