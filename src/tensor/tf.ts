/**
 * The one place that names tfjs: its core, of the release that every other tfjs package here has.
 *
 * Operations are functions, `tf.add(a, b)`; the methods of tensors are not loaded. The gradients of
 * operations come with tfjs's layers, the smallest of its packages that registers them in Deno.
 *
 * @module
 */
import "npm:@tensorflow/tfjs-layers@4.22.0";

export * as tf from "npm:@tensorflow/tfjs-core@4.22.0";
