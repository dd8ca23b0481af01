import type { Batch } from "./types.ts";

/** What features are divided by: the sum of their sizes, their Euclidean length, or nothing. */
export type FeatureNorm = "l1" | "l2" | "none";

/**
 * Where classes are in the space of a network's features: the mean feature vector of each, over an epoch.
 *
 * A class that is missing from a batch gets nothing from it. A class that is missing from a whole epoch
 * keeps the mean of the last epoch that had it; one that never came has none.
 *
 * @example
 * ```ts
 * import { ClassCentroids } from "./squared_emd_centroids.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const centroids = new ClassCentroids(3, "l1");
 * // Two rows of class 0 and one of class 2.
 * const labels = Float64Array.of(1, 0, 0, 1, 0, 0, 0, 0, 1);
 * centroids.add(labels, Float32Array.of(1, 0, 1, 1, 0, 4));
 * centroids.endEpoch();
 * assertEquals(centroids.all(), [Float32Array.of(0.75, 0.25), undefined, Float32Array.of(0, 1)]);
 * ```
 */
export class ClassCentroids {
  readonly #norm: FeatureNorm;
  /** Sums of this epoch, row-major, C * F; empty before the first batch says what F is. */
  #sums = new Float32Array(0);
  readonly #weights: Float32Array;
  /** Means of the last epoch that had each class. */
  #means = new Float32Array(0);
  readonly #known: Float32Array;

  /**
   * Begins without any centroid.
   *
   * @param classes Number of classes C.
   * @param norm How feature vectors are normalised.
   */
  constructor(classes: number, norm: FeatureNorm) {
    this.#norm = norm;
    this.#weights = new Float32Array(classes);
    this.#known = new Float32Array(classes);
  }

  /**
   * Adds a batch.
   *
   * @param target B rows of C class probabilities: each class gets its share of a row.
   * @param features B rows of F features.
   * @throws {TypeError} If there are not F features in each row, the same F as in earlier batches.
   */
  add(target: Batch, features: ArrayLike<number>): void {
    const classes = this.#weights.length, rows = target.length / classes;
    const size = features.length / rows;
    const expected = this.#sums.length === 0 ? size : this.#sums.length / classes;
    if (!Number.isInteger(size) || size === 0 || size !== expected) {
      throw new TypeError(
        `Cannot learn ground distances: ${rows} rows need ${
          Number.isInteger(expected) ? expected : "equally many"
        } features each, current number of features is ${features.length}`,
      );
    }
    if (this.#sums.length === 0) {
      this.#sums = new Float32Array(classes * size);
      this.#means = new Float32Array(classes * size);
    }
    for (let row = 0; row < rows; row++) {
      const scale = this.#scale(features, row * size, size);
      for (let k = 0; k < classes; k++) {
        const t = target[row * classes + k];
        if (t === 0) continue;
        this.#weights[k] += t;
        for (let f = 0; f < size; f++) {
          this.#sums[k * size + f] += t * scale * features[row * size + f];
        }
      }
    }
  }

  /** Makes means of the sums, and begins an epoch. */
  endEpoch(): void {
    const size = this.#sums.length / this.#weights.length;
    this.#weights.forEach((weight, k) => {
      if (weight === 0) return;
      this.#known[k] = 1;
      for (let at = k * size; at < (k + 1) * size; at++) this.#means[at] = this.#sums[at] / weight;
    });
    this.#sums.fill(0);
    this.#weights.fill(0);
  }

  /**
   * The centroids of the epochs that have ended.
   *
   * @returns One for each class, `undefined` for classes that never came.
   */
  all(): (Float32Array | undefined)[] {
    const size = this.#means.length / this.#known.length;
    return Array.from(
      this.#known,
      (known, k) => known === 1 ? this.#means.slice(k * size, (k + 1) * size) : undefined,
    );
  }

  /** Everything, for checkpoints: arrays by name. */
  exportState(): Record<string, Float32Array> {
    return {
      sums: this.#sums.slice(),
      weights: this.#weights.slice(),
      means: this.#means.slice(),
      known: this.#known.slice(),
    };
  }

  /**
   * Goes on where another left off.
   *
   * @param state What `exportState` gave, for as many classes.
   */
  importState(state: Readonly<Record<string, Float32Array>>): void {
    this.#sums = state.sums.slice();
    this.#weights.set(state.weights);
    this.#means = state.means.slice();
    this.#known.set(state.known);
  }

  /** One over the norm of a feature vector; a vector of zeros stays one. */
  #scale(features: ArrayLike<number>, offset: number, size: number): number {
    if (this.#norm === "none") return 1;
    let sum = 0;
    for (let at = offset; at < offset + size; at++) {
      sum += this.#norm === "l1" ? Math.abs(features[at]) : features[at] ** 2;
    }
    if (sum === 0) return 1;
    return 1 / (this.#norm === "l1" ? sum : Math.sqrt(sum));
  }
}
