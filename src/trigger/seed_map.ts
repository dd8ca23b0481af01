/** A place from which a cluster grows. */
export interface Seed {
  /** Its x/z. */
  readonly x: number;
  /** Its y/z. */
  readonly y: number;
  /** Smoothed charge of its bin, MIP_T. */
  readonly charge: number;
}

/** Cells with charge, as arrays of which the first `count` entries are used. */
export interface HitCells {
  /** How many cells. */
  readonly count: number;
  /** x/z of each. */
  readonly x: ArrayLike<number>;
  /** y/z of each. */
  readonly y: ArrayLike<number>;
  /** Charge of each, MIP_T, > 0. */
  readonly charge: ArrayLike<number>;
}

/** Bins along an edge of the map. */
const BINS = 192;
/** The map reaches from -0.58 to 0.58 in x/z and y/z; the layers begin at 0.53, |eta| = 1.4. */
const HALF_WIDTH = 0.58;
const BINS_PER_UNIT = BINS / (2 * HALF_WIDTH);
/** Weight of a bin among its nine, before they are brought to a mean of one. */
const CENTRE_WEIGHT = 1.1, NEIGHBOUR_WEIGHT = 1;
const NORMALISATION = 9 / (CENTRE_WEIGHT + 8 * NEIGHBOUR_WEIGHT);
/** Seeds have more smoothed charge than this, MIP_T. */
const THRESHOLD = 8.5;
/** One bin all around stays empty, so that bins at the edge have neighbours, too. */
const STRIDE = BINS + 2;
/** From a bin to the nine around it, itself among them: by column, then row. */
const NINE = [-STRIDE, 0, STRIDE].flatMap((column) => [column - 1, column, column + 1]);

/**
 * The map in which seeds are found: 192 x 192 bins over +-0.58 in (x/z, y/z), all layers together. One
 * object serves event after event.
 *
 * Each bin sums the charge of its cells. The sums are smoothed over 3 x 3 bins with weight 1.1 in the
 * middle and 1 around, scaled by 9/9.1:
 *
 *     S_b = (1.1 m_b + sum of the 8 neighbours) 9 / 9.1
 *
 * A bin is a seed if S_b > 8.5 MIP_T, and S_b is at least that of its neighbours at lower x, or lower y
 * at equal x, and larger than that of the four others: of equal bins side by side one is a seed. Cells
 * outside of the map are ignored.
 *
 * The seed's place is the centroid of its bin's charge; where all the charge is in the bins around, that
 * of the nine bins. (The emulation puts such a seed onto the beam line, where it gathers nothing.)
 *
 * Source: CMS's trigger emulation (HistoMaxXY).
 */
export class SeedMap {
  readonly #charge = new Float64Array(STRIDE * STRIDE);
  readonly #chargeX = new Float64Array(STRIDE * STRIDE);
  readonly #chargeY = new Float64Array(STRIDE * STRIDE);
  readonly #smooth = new Float64Array(STRIDE * STRIDE);
  /** The bins with charge. */
  readonly #filled: number[] = [];
  /** The bins with smoothed charge. */
  readonly #smoothed: number[] = [];

  /**
   * Finds the seeds of an event.
   *
   * @param cells The cells with charge.
   * @returns The seeds, by x, then y.
   */
  seeds(cells: HitCells): Seed[] {
    this.#fill(cells);
    for (const bin of this.#filled) this.#spread(bin);
    const seeds = this.#smoothed
      .filter((bin) => this.#isSeed(bin))
      .sort((a, b) => a - b)
      .map((bin) => this.#seed(bin));
    this.#empty();
    return seeds;
  }

  #fill({ count, x, y, charge }: HitCells): void {
    for (let k = 0; k < count; k++) {
      const column = Math.floor((x[k] + HALF_WIDTH) * BINS_PER_UNIT);
      const row = Math.floor((y[k] + HALF_WIDTH) * BINS_PER_UNIT);
      if (!(column >= 0 && column < BINS && row >= 0 && row < BINS)) continue;
      const bin = (column + 1) * STRIDE + row + 1;
      if (this.#charge[bin] === 0) this.#filled.push(bin);
      this.#charge[bin] += charge[k];
      this.#chargeX[bin] += charge[k] * x[k];
      this.#chargeY[bin] += charge[k] * y[k];
    }
  }

  /** Adds a bin's charge to the smoothed charge of the nine around it. */
  #spread(bin: number): void {
    const share = this.#charge[bin] * NORMALISATION;
    for (const step of NINE) {
      const near = bin + step;
      if (!_isInside(near)) continue;
      if (this.#smooth[near] === 0) this.#smoothed.push(near);
      this.#smooth[near] += (step === 0 ? CENTRE_WEIGHT : NEIGHBOUR_WEIGHT) * share;
    }
  }

  #isSeed(bin: number): boolean {
    const smooth = this.#smooth, here = smooth[bin];
    return here > THRESHOLD &&
      NINE.every((step) => step <= 0 ? here >= smooth[bin + step] : here > smooth[bin + step]);
  }

  #seed(bin: number): Seed {
    const own = this.#charge[bin] > 0;
    let sum = 0, sumX = 0, sumY = 0;
    for (const near of own ? [bin] : NINE.map((step) => bin + step)) {
      sum += this.#charge[near];
      sumX += this.#chargeX[near];
      sumY += this.#chargeY[near];
    }
    return { x: sumX / sum, y: sumY / sum, charge: this.#smooth[bin] };
  }

  #empty(): void {
    for (const bin of this.#filled.splice(0)) {
      this.#charge[bin] = this.#chargeX[bin] = this.#chargeY[bin] = 0;
    }
    for (const bin of this.#smoothed.splice(0)) this.#smooth[bin] = 0;
  }
}

/** Whether a bin belongs to the map, not to its margin. */
function _isInside(bin: number): boolean {
  const column = Math.floor(bin / STRIDE), row = bin % STRIDE;
  return column >= 1 && column <= BINS && row >= 1 && row <= BINS;
}
