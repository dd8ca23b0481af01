/**
 * Quantisation-aware training on tfjs: fixed-point operations with straight-through gradients, and
 * layers made of them.
 *
 * @module
 */
export {};
