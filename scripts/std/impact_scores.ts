/**
 * How good, and how smooth, probabilities of the leaves of a tree are.
 *
 * @module
 */

/** Sums over rows, batch by batch; see {@linkcode ImpactMeasure.scores}. */
export type ImpactScores = {
  /** Part of the rows whose most probable class is the right one. */
  readonly top1: number;
  /** Mean distance, in the tree, of the most probable class from the right one. */
  readonly distance: number;
  /** The same, of the rows that are wrong alone; 0 if there is none. */
  readonly distanceOfErrors: number;
  /** Mean exact EMD of the probabilities: how far probability lies from the right class. */
  readonly emd: number;
  /** Mean distance of the probability outside of the most probable class from that class. */
  readonly spreadOfRest: number;
  /** Mean of exp(entropy): among how many classes probability is spread. */
  readonly classesInUse: number;
};

/** Measures the outputs of a network. */
export class ImpactMeasure {
  readonly #distances: Float64Array;
  readonly #classes: number;
  #rows = 0;
  #right = 0;
  #distance = 0;
  #emd = 0;
  #spread = 0;
  #inUse = 0;

  /**
   * Begins.
   *
   * @param distances Distances of classes, row-major.
   */
  constructor(distances: Float64Array) {
    this.#distances = distances;
    this.#classes = Math.sqrt(distances.length);
  }

  /**
   * Adds rows.
   *
   * @param probabilities Rows of class probabilities.
   * @param labels The right class of each row.
   */
  add(probabilities: Float32Array, labels: Uint16Array): void {
    const classes = this.#classes, distances = this.#distances;
    for (let row = 0; row < labels.length; row++) {
      const p = probabilities.subarray(row * classes, (row + 1) * classes);
      let best = 0;
      for (let k = 1; k < classes; k++) if (p[k] > p[best]) best = k;
      const fromLabel = labels[row] * classes, fromBest = best * classes;
      let emd = 0, apart = 0, rest = 0, entropy = 0;
      for (let k = 0; k < classes; k++) {
        emd += p[k] * distances[fromLabel + k];
        apart += p[k] * distances[fromBest + k];
        if (k !== best) rest += p[k];
        if (p[k] > 0) entropy -= p[k] * Math.log(p[k]);
      }
      this.#rows++;
      this.#right += best === labels[row] ? 1 : 0;
      this.#distance += distances[fromLabel + best];
      this.#emd += emd;
      this.#spread += rest > 0 ? apart / rest : 0;
      this.#inUse += Math.exp(entropy);
    }
  }

  /** The scores of all rows so far. */
  scores(): ImpactScores {
    const rows = this.#rows, wrong = rows - this.#right;
    return {
      top1: this.#right / rows,
      distance: this.#distance / rows,
      distanceOfErrors: wrong === 0 ? 0 : this.#distance / wrong,
      emd: this.#emd / rows,
      spreadOfRest: this.#spread / rows,
      classesInUse: this.#inUse / rows,
    };
  }
}
