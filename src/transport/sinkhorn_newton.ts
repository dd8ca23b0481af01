import type { ScaledKernel } from "./scaled_kernel.ts";

/** The linear equations are solved to this part of their right side, and better near the end. */
const FORCING = 0.1;
/** What is left of the linear equations is to be this part of what is enough, in another norm. */
const MARGIN = 0.3;
/** Squared residual that rounding leaves of marginals that sum to one. */
const ROUNDING = 1e-30;
/** A step must lower the error by at least this part of what it promises. */
const SUFFICIENT = 0.1;
/** How often a step is halved before it is given up. */
const HALVINGS = 5;
/** The logarithm of a scaling changes by no more than this in a step, so that nothing overflows. */
const LARGEST_CHANGE = 20;

/**
 * Newton's method on the marginals of an entropic plan. Sinkhorn's iteration converges linearly, at a
 * rate that comes near one as epsilon becomes small; close to the solution this converges
 * quadratically.
 *
 * With rows right for any scalings v, the columns have marginals c(v), and a change d of log v changes
 * them by H d,
 *
 *     H = diag(c) - P^T diag(1 / a) P,   H d = b - c
 *
 * solved by conjugate gradients with diag(c) as preconditioner. Each of their steps takes one product
 * with the kernel and one with its transpose, as one iteration of Sinkhorn's does.
 *
 * Source: Brauer, Clason, Lorenz, Wirth, arXiv 1710.06635, without their dense matrix.
 */
export class SinkhornNewton {
  /** Products with the kernel and its transpose that the last step took. */
  products = 0;
  readonly #kernel: ScaledKernel;
  readonly #marginals: Float64Array;
  readonly #residual: Float64Array;
  readonly #direction: Float64Array;
  readonly #image: Float64Array;
  readonly #change: Float64Array;
  readonly #before: Float64Array;

  /** Takes memory for the steps of one kernel. */
  constructor(kernel: ScaledKernel) {
    const columns = () => new Float64Array(kernel.v.length);
    this.#kernel = kernel;
    this.#marginals = columns();
    this.#residual = columns();
    this.#direction = columns();
    this.#image = columns();
    this.#change = columns();
    this.#before = columns();
  }

  /**
   * One step, shortened until the error falls. The rows of the plan are right before and after.
   *
   * @param error What `kernel.look()` said.
   * @param enough An error that need not be undercut.
   * @returns The error after the step; the old one if no step was good enough.
   */
  step(error: number, enough = 0): number {
    const kernel = this.#kernel, { columns, v } = kernel, before = this.#before;
    this.products = 0;
    this.#solve(Math.max(Math.min(FORCING, error), MARGIN * enough / error));
    const change = this.#change;
    let largest = 0;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, Math.abs(change[j]));
    before.set(v.subarray(0, columns));
    let length = Math.min(1, LARGEST_CHANGE / largest);
    for (let trial = 0; trial < HALVINGS; trial++, length /= 2) {
      for (let j = 0; j < columns; j++) {
        kernel.watch(v[j] = before[j] * Math.exp(length * change[j]));
      }
      const reached = this.#look();
      if (reached < error * (1 - SUFFICIENT * length)) return reached;
    }
    v.set(before.subarray(0, columns));
    return this.#look();
  }

  #look(): number {
    this.products++;
    return this.#kernel.look();
  }

  /** Finds the change of log v, to a part of the right side. */
  #solve(accuracy: number): void {
    const { rows, columns, b, v, columnSums } = this.#kernel;
    const marginals = this.#marginals, residual = this.#residual, direction = this.#direction;
    const image = this.#image, change = this.#change;
    let square = 0;
    for (let j = 0; j < columns; j++) {
      marginals[j] = b[j] * v[j] * columnSums[j];
      residual[j] = b[j] - marginals[j];
      direction[j] = residual[j] / marginals[j];
      square += residual[j] * direction[j];
      change[j] = 0;
    }
    const enough = Math.max(square * accuracy ** 2, ROUNDING);
    // In exact numbers as many steps as there are rows or columns would do.
    for (let step = 2 * Math.min(rows, columns); step > 0 && square > enough; step--) {
      const curvature = this.#multiply(direction, image);
      if (!(curvature > 0)) return; // what is left is rounding
      const length = square / curvature, last = square;
      square = 0;
      for (let j = 0; j < columns; j++) {
        change[j] += length * direction[j];
        residual[j] -= length * image[j];
        square += residual[j] ** 2 / marginals[j];
      }
      for (let j = 0; j < columns; j++) {
        direction[j] = residual[j] / marginals[j] + (square / last) * direction[j];
      }
    }
  }

  /** image = H x; returns x . H x. */
  #multiply(x: Float64Array, image: Float64Array): number {
    const { columns, b, v } = this.#kernel, marginals = this.#marginals;
    this.products++;
    // The weights of the columns stand where the kernel keeps their sums, which are used up.
    const weighted = this.#kernel.columnSums;
    for (let j = 0; j < columns; j++) weighted[j] = b[j] * v[j] * x[j];
    this.#kernel.multiply(weighted, image);
    let product = 0;
    for (let j = 0; j < columns; j++) {
      image[j] = marginals[j] * x[j] - b[j] * v[j] * image[j];
      product += x[j] * image[j];
    }
    return product;
  }
}
