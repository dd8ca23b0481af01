/**
 * Electronic noise of sensor cells, where it passes zero suppression.
 *
 * @module
 */
import { failuresBeforeSuccess, normalAbove } from "../../numerics/distributions.ts";
import type { RandomStream } from "../../numerics/random.ts";
import { SIMULATION } from "./constants.ts";

const THRESHOLD = SIMULATION.electronics.zeroSuppression;

/** Probability that a normal number exceeds 3: erfc(3 / sqrt(2)) / 2. */
const PROBABILITY_ABOVE = 1.3498980316300945e-3;

/**
 * Normal noise, cut off below the threshold of zero suppression. Of the cells without signal only one
 * in 741 passes: it draws how many of them to skip rather than a number for each, which is the same
 * distribution.
 */
export class SuppressedNoise {
  readonly #stream: RandomStream;
  #silentCells: number;

  /** @param stream Where the randomness comes from. */
  constructor(stream: RandomStream) {
    this.#stream = stream;
    this.#silentCells = failuresBeforeSuccess(stream, PROBABILITY_ABOVE);
  }

  /**
   * What a cell reads.
   *
   * @param signal Its signal, >= 0, in standard deviations of the noise.
   * @returns Signal and noise in the same unit; 0 when below the threshold.
   */
  read(signal: number): number {
    if (signal > 0) {
      const sum = signal + this.#stream.normal();
      return sum < THRESHOLD ? 0 : sum;
    }
    if (this.#silentCells-- > 0) return 0;
    this.#silentCells = failuresBeforeSuccess(this.#stream, PROBABILITY_ABOVE);
    return normalAbove(this.#stream, THRESHOLD);
  }
}
