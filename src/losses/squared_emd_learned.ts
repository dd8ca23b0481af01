import { centreRows } from "./centre_rows.ts";
import { checkSimplex } from "./check_simplex.ts";
import { addCrossEntropy, checkClasses } from "./cross_entropy.ts";
import { ClassCentroids, type FeatureNorm } from "./squared_emd_centroids.ts";
import { costsToTarget, type GroundCostOptions, groundCosts } from "./squared_emd_matrix.ts";
import { rankedDistances } from "./squared_emd_ranks.ts";
import type { Batch, Loss, LossResult } from "./types.ts";

/** Options of {@linkcode squaredEmdLearned}. */
export interface SquaredEmdLearnedOptions extends GroundCostOptions {
  /**
   * Number of classes, an integer >= 2.
   *
   * @default {48}
   */
  readonly classes?: number;
  /**
   * Where features come from: called for every batch, before it is judged. It gives the features of the
   * batch's rows (B rows of F numbers, of the network's second-to-last layer), or `undefined` for a batch
   * that is not learnt from, as in a validation. Without it nothing is learnt.
   */
  readonly features?: () =>
    | ArrayLike<number>
    | undefined
    | Promise<ArrayLike<number> | undefined>;
  /**
   * How feature vectors are normalised. The reproductions divide by the sum; the paper's norm is not
   * known to us.
   *
   * @default {"l1"}
   */
  readonly norm?: FeatureNorm;
  /**
   * Epochs of cross entropy alone, an integer >= 1; in the last of them both terms are measured.
   *
   * @default {4}
   */
  readonly warmUpEpochs?: number;
  /**
   * By what factor the cross entropy shall be larger than the other term, > 0.
   *
   * @default {3.5}
   */
  readonly ratio?: number;
}

/** A squared EMD that learns its ground distances: {@linkcode squaredEmdLearned}. */
export interface SquaredEmdLearned extends Loss {
  /** The ground distances, row-major, C * C; 1 between all classes before anything is learnt. */
  readonly distances: Float64Array;
  /** The weight lambda of the squared EMD; 0 during warm-up. */
  readonly weight: number;
  /**
   * Called after each epoch: learns distances from the features of the epoch; after the last one of
   * warm-up it sets the weight.
   *
   * @param epoch Which epoch, from 0.
   */
  update(epoch: number): void;
  /** What has been learnt, as arrays by name. */
  exportState(): Record<string, Float32Array>;
  /**
   * Goes on where another left off.
   *
   * @param state What `exportState` gave.
   */
  importState(state: Readonly<Record<string, Float32Array>>): void;
}

/**
 * Cross entropy and a squared EMD whose ground distances D are learnt from the network's own features,
 * so that the relations between classes need not be known: for a row of class k,
 *
 * L(k, p) = - log p_k + lambda sum_i p_i^2 (D_ik^omega + mu)
 *
 * After each epoch the centroids of the classes in the space of (normalised) features are ranked by who
 * is nearer to whom, and the ranks, symmetrised, are the new D ({@linkcode rankedDistances}). In the first
 * epochs lambda is 0; then, and for good, it is
 *
 * lambda = (mean cross entropy / mean |sum_i p_i^2 (D_ik^omega + mu)|) / 3.5
 *
 * with both means taken over the last of those epochs. (The absolute value makes no difference unless mu
 * is negative.) A class that is missing from a batch, or from an epoch, keeps the centroid that it had;
 * one that never came is at distance 1 from all others.
 *
 * @param options Number of classes, where features come from, and how they count.
 * @returns The loss, for rows of class probabilities.
 * @throws {RangeError} If an option is out of range.
 * @see Hou, Yu and Samaras, arXiv 1611.05916
 *
 * @example Features on a line tell the loss that class 1 lies between class 0 and class 2
 * ```ts
 * import { squaredEmdLearned } from "@hexmover/hexmover/losses";
 * import { assertEquals } from "@std/assert";
 *
 * const features = () => Float32Array.of(0, 1, 4);
 * const loss = squaredEmdLearned({ classes: 3, features, norm: "none", warmUpEpochs: 1 });
 * const labels = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
 * await loss.valueAndGradient(labels, new Float64Array(9).fill(1 / 3));
 * loss.update(0);
 * assertEquals([...loss.distances], [0, 0.5, 1, 0.5, 0, 0.75, 1, 0.75, 0]);
 * ```
 */
export function squaredEmdLearned(options: SquaredEmdLearnedOptions = {}): SquaredEmdLearned {
  const { classes = 48, features, norm = "l1", warmUpEpochs = 4, ratio = 3.5 } = options;
  checkClasses("squared_emd_learned", classes);
  _checkLearning(norm, warmUpEpochs, ratio);
  const centroids = new ClassCentroids(classes, norm);
  let distances = rankedDistances(new Array(classes));
  let costs = groundCosts("squared_emd_learned", distances, options);
  let weight = 0;
  /** Sums over the rows of this epoch that are learnt from: cross entropies, squared EMDs, rows. */
  const measured = new Float32Array(3);

  async function valueAndGradient(target: Batch, output: Batch): Promise<LossResult> {
    const rows = checkSimplex("squared_emd_learned", classes, target, output);
    const learntFrom = await features?.();
    if (learntFrom !== undefined) centroids.add(target, learntFrom);
    const value = new Float64Array(rows), gradient = new Float64Array(rows * classes);
    const toTarget = new Float64Array(classes);
    for (let row = 0; row < rows; row++) {
      const offset = row * classes;
      const crossEntropy = addCrossEntropy(target, output, offset, classes, gradient);
      costsToTarget(costs, target, offset, toTarget);
      let squared = 0;
      for (let i = 0; i < classes; i++) {
        const p = output[offset + i];
        squared += p * p * toTarget[i];
        gradient[offset + i] += weight * 2 * p * toTarget[i];
      }
      value[row] = crossEntropy + weight * squared;
      if (learntFrom === undefined) continue;
      measured[0] += crossEntropy;
      measured[1] += Math.abs(squared);
      measured[2]++;
    }
    centreRows(gradient, classes);
    return { value, gradient };
  }

  return {
    name: "squared_emd_learned",
    size: classes,
    domain: "simplex",
    symmetric: false,
    valueAndGradient,
    get distances() {
      return distances.slice();
    },
    get weight() {
      return weight;
    },
    update(epoch) {
      const [crossEntropy, squared, rows] = measured;
      if (epoch === warmUpEpochs - 1 && rows > 0 && squared > 0) {
        weight = Math.fround(crossEntropy / squared / ratio);
      }
      measured.fill(0);
      centroids.endEpoch();
      distances = rankedDistances(centroids.all());
      costs = groundCosts("squared_emd_learned", distances, options);
    },
    exportState: () => ({
      ...centroids.exportState(),
      measured: measured.slice(),
      weight: Float32Array.of(weight),
    }),
    importState(state) {
      centroids.importState(state);
      measured.set(state.measured);
      [weight] = state.weight;
      distances = rankedDistances(centroids.all());
      costs = groundCosts("squared_emd_learned", distances, options);
    },
  };
}

function _checkLearning(norm: FeatureNorm, warmUpEpochs: number, ratio: number): void {
  const must = !["l1", "l2", "none"].includes(norm)
    ? `norm must be l1, l2 or none, current value is ${norm}`
    : !(Number.isInteger(warmUpEpochs) && warmUpEpochs >= 1)
    ? `warmUpEpochs must be an integer >= 1, current value is ${warmUpEpochs}`
    : !(ratio > 0 && ratio < Infinity)
    ? `ratio must be > 0 and finite, current value is ${ratio}`
    : undefined;
  if (must !== undefined) throw new RangeError(`Cannot set up squared_emd_learned: ${must}`);
}
