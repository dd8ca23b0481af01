import type { Batch } from "../../losses/types.ts";
import { sharedWaferDistances } from "../../wafer/distances.ts";

/** At which cells a guess is read: those that give charge away or those that receive it. */
export type CTransformSide = "sources" | "sinks";

/**
 * Makes a feasible potential of any guess by two half c-transforms over a ground distance D, and with
 * it a lower bound of the EMD (the transport cost of a difference r = x - y of two histograms).
 *
 * Sources are the bins with r > 0, sinks those with r < 0. A guess phi that is read at the sinks gives
 *
 *     u_i = min over sinks j of (phi_j + D_ij)       for sources i
 *     v_k = max over sources i of (u_i - D_ik)       for every bin k
 *
 * A guess that is read at the sources goes the other way round, min and max exchanged, and is then
 * extended to every bin by the last line above. As a maximum of functions of slope one, v has
 * |v_i - v_k| <= D_ik for all bins, whatever the guess. So v . r is at most the EMD (Kantorovich and
 * Rubinstein); they are equal where the guess is an optimal potential.
 *
 * At a bin with r = 0 there is a choice, and v is the smallest: -v_k is what the EMD changes by when y
 * gets charge there.
 *
 * Only sources and sinks are visited, and nothing is allocated per row.
 *
 * Source: C. Villani, Topics in Optimal Transportation, AMS 2003, Section 1.2 and Remark 1.12.
 *
 * @example Two cells, and a guess that is far off
 * ```ts
 * import { CTransform } from "./c_transform.ts";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const line = Float64Array.of(0, 1, 2, 1, 0, 1, 2, 1, 0); // bins at 0, 1 and 2
 * const transform = new CTransform(line);
 * const bound = transform.lowerBound(Float64Array.of(0, 100, -7), 0, Float64Array.of(1, 0, -1), 0);
 * assertEquals(bound, 2); // one unit of charge goes a way of 2
 * const potential = new Float64Array(3);
 * transform.potential(potential, 0);
 * assertEquals([...potential], [2, 1, 0]);
 * ```
 */
export class CTransform {
  /** Bins of a histogram. */
  readonly size: number;
  readonly #distances: Float64Array;
  /** Bins at which the guess is read, and the bins opposite. */
  readonly #near: Uint16Array;
  readonly #far: Uint16Array;
  #nears = 0;
  #fars = 0;
  #side: CTransformSide = "sinks";
  /** The potential at sources and sinks. */
  readonly #potential: Float64Array;
  /** For each source and sink the bin whose guess its potential came from. */
  readonly #origin: Uint16Array;

  /**
   * Makes room for rows of a size.
   *
   * @param distances A metric, row-major, size * size. Default: that of wafers, in half pitches.
   * @throws {TypeError} If it is not square.
   */
  constructor(distances: Float64Array = sharedWaferDistances()) {
    this.size = Math.sqrt(distances.length);
    if (!Number.isInteger(this.size)) {
      throw new TypeError(
        "Cannot transform potentials: distances must be a square matrix, " +
          `current length is ${distances.length}`,
      );
    }
    this.#distances = distances;
    this.#near = new Uint16Array(this.size);
    this.#far = new Uint16Array(this.size);
    this.#potential = new Float64Array(this.size);
    this.#origin = new Uint16Array(this.size);
  }

  /**
   * Transforms a guess; the other methods then speak of it.
   *
   * @param guess Where the guess lies, one number a bin; read at the bins of `side` alone.
   * @param guessOffset Its first bin.
   * @param difference Where r lies; it sums to zero.
   * @param differenceOffset Its first bin.
   * @param side Where the guess is read. Default `sinks`.
   * @returns v . r, at most the EMD; 0 where r has no source or no sink.
   */
  lowerBound(
    guess: Batch,
    guessOffset: number,
    difference: Batch,
    differenceOffset: number,
    side: CTransformSide = "sinks",
  ): number {
    // With the signs of guess and difference changed, sources are sinks.
    const sign = side === "sinks" ? 1 : -1;
    this.#side = side;
    this.#sort(difference, differenceOffset, sign);
    if (this.#nears === 0 || this.#fars === 0) return 0;
    // Potentials are free up to a constant, and large numbers would cost digits of the sums: with
    // the lowest guess at zero, no number that is chosen is larger than the largest distance.
    let lowest = Infinity;
    for (let b = 0; b < this.#nears; b++) {
      lowest = Math.min(lowest, sign * guess[guessOffset + this.#near[b]]);
    }
    let bound = 0;
    for (let a = 0; a < this.#fars; a++) {
      const i = this.#far[a], row = i * this.size;
      let least = Infinity, from = 0;
      for (let b = 0; b < this.#nears; b++) {
        const j = this.#near[b];
        const u = sign * guess[guessOffset + j] - lowest + this.#distances[row + j];
        if (u < least) {
          least = u;
          from = j;
        }
      }
      this.#origin[i] = from;
      this.#potential[i] = sign * least;
      bound += this.#potential[i] * difference[differenceOffset + i];
    }
    for (let b = 0; b < this.#nears; b++) {
      const k = this.#near[b], row = k * this.size;
      let greatest = -Infinity, via = 0;
      for (let a = 0; a < this.#fars; a++) {
        const i = this.#far[a];
        const v = sign * this.#potential[i] - this.#distances[row + i];
        if (v > greatest) {
          greatest = v;
          via = i;
        }
      }
      this.#origin[k] = this.#origin[via];
      this.#potential[k] = sign * greatest;
      bound += this.#potential[k] * difference[differenceOffset + k];
    }
    return bound;
  }

  /**
   * The potential v, at every bin. A constant is free, and is such that numbers are small.
   *
   * @param out Where it is written to; zeros where r has no source or no sink.
   * @param offset Its first bin.
   */
  potential(out: Float64Array, offset: number): void {
    const isEmpty = this.#nears === 0 || this.#fars === 0;
    const sources = this.#side === "sinks" ? this.#far : this.#near;
    const count = this.#side === "sinks" ? this.#fars : this.#nears;
    for (let k = 0; k < this.size; k++) {
      let greatest = -Infinity;
      for (let a = 0; a < count; a++) {
        const i = sources[a];
        greatest = Math.max(greatest, this.#potential[i] - this.#distances[k * this.size + i]);
      }
      out[offset + k] = isEmpty ? 0 : greatest;
    }
  }

  /**
   * Adds a multiple of the gradient of the bound in the guess: the r of every source and sink goes to
   * the bin whose guess its potential came from. Where minima or maxima tie it is one of the
   * subgradients.
   *
   * @param factor The multiple.
   * @param difference The r of the bound.
   * @param differenceOffset Its first bin.
   * @param out What is added to.
   * @param offset Its first bin.
   */
  addGradient(
    factor: number,
    difference: Batch,
    differenceOffset: number,
    out: Float64Array,
    offset: number,
  ): void {
    if (this.#nears === 0 || this.#fars === 0) return;
    const add = (bin: number) => {
      out[offset + this.#origin[bin]] += factor * difference[differenceOffset + bin];
    };
    for (let a = 0; a < this.#fars; a++) add(this.#far[a]);
    for (let b = 0; b < this.#nears; b++) add(this.#near[b]);
  }

  #sort(difference: Batch, offset: number, sign: number): void {
    this.#nears = this.#fars = 0;
    for (let k = 0; k < this.size; k++) {
      const r = sign * difference[offset + k];
      if (r < 0) this.#near[this.#nears++] = k;
      else if (r > 0) this.#far[this.#fars++] = k;
    }
  }
}
