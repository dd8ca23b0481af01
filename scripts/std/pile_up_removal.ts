/**
 * A network that takes pile-up out of wafers.
 *
 * @module
 */
import { selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import { exactEmd, type Loss, normalised, slicedLoss } from "../../src/losses/mod.ts";
import { buildClassifier } from "../../src/models/classifier.ts";
import { quantiles } from "../../src/numerics/mod.ts";
import { cosineRate, type Model, tf, train } from "../../src/tensor/mod.ts";
import { CELLS, normalise, waferDistances, waferEmdBatch } from "../../src/wafer/mod.ts";

/** Pairs of wafers: amid pile-up, and the same without. Row k of one belongs to row k of the other. */
export interface PileUpPairs {
  /** Amid pile-up. */
  readonly amid: WaferTable;
  /** Without. */
  readonly clean: WaferTable;
}

/** What takes pile-up out. */
export const REMOVERS = ["as it is", "subtraction", "sliced", "exact EMD"] as const;
/** One of {@linkcode REMOVERS}. */
export type Remover = typeof REMOVERS[number];

/** What is left of wafers of the test. */
export interface Removal {
  /** Exact EMD of each wafer from the clean one, half pitches. */
  readonly emd: Float64Array;
  /** Charge fractions, 48 a wafer. */
  readonly fractions: Float64Array;
}

/** Options of {@linkcode removePileUp}. */
export interface RemovePileUpOptions {
  /** Steps of the networks. */
  readonly steps: number;
  /** Seed of weights and batches. */
  readonly seed: number;
}

/** Counts of a minimum-ionising particle at normal incidence. */
const MIP_COUNTS = 35;
/** What each cell may lose, in counts, to choose from. */
const SUBTRACTED = [0, 5, 10, 20, 40, 60, 80, 120, 160, 240, 320, 480];
const BATCH_SIZE = 128, PEAK_RATE = 1e-2, HIDDEN = [16, 16];
/** Cells that touch, half pitches. */
const NEIGHBOUR_DISTANCE = 2.5;

/**
 * Takes pile-up out of wafers: not at all; by a constant that each cell loses, the best one for the
 * wafers to learn from; and by a network that says by what factor each cell's charge is multiplied, with
 * sliced Wasserstein and with the exact EMD as its loss.
 *
 * @param train Pairs to learn from.
 * @param test Pairs to judge by.
 * @param options Steps and seed.
 * @returns What is left of the wafers of the test, by method.
 */
export async function removePileUp(
  train: PileUpPairs,
  test: PileUpPairs,
  options: RemovePileUpOptions,
): Promise<Record<Remover, Removal>> {
  const median = (fractions: Float64Array, { clean }: PileUpPairs) =>
    quantiles(waferEmdBatch(clean.charges, fractions).values, [0.5])[0];
  const best = SUBTRACTED.map((constant) => ({
    constant,
    emd: median(subtracted(train.amid.charges, constant), train),
  })).reduce((one, other) => other.emd < one.emd ? other : one);
  const left = {
    "as it is": normalise(test.amid.charges, "fraction"),
    "subtraction": subtracted(test.amid.charges, best.constant),
    "sliced": await _byNetwork(slicedLoss(), train, test, options),
    "exact EMD": await _byNetwork(exactEmd(), train, test, options),
  };
  const judge = (fractions: Float64Array): Removal => ({
    fractions,
    emd: waferEmdBatch(test.clean.charges, fractions).values,
  });
  return Object.fromEntries(
    REMOVERS.map((remover) => [remover, judge(Float64Array.from(left[remover]))]),
  ) as Record<Remover, Removal>;
}

/**
 * Wafers whose cells have lost a constant; those that have lost all keep their leading cell.
 *
 * @param charges Wafers with charge, 48 numbers each.
 * @param constant What is lost.
 * @returns Charge fractions.
 */
export function subtracted(charges: Float64Array, constant: number): Float64Array {
  const left = charges.map((charge) => Math.max(0, charge - constant));
  for (let begin = 0; begin < left.length; begin += CELLS) {
    const row = left.subarray(begin, begin + CELLS);
    if (row.some((charge) => charge > 0)) continue;
    const before = charges.subarray(begin, begin + CELLS);
    row[before.indexOf(Math.max(...before))] = 1;
  }
  return Float64Array.from(normalise(left, "fraction"));
}

async function _byNetwork(
  loss: Loss,
  pairs: PileUpPairs,
  test: PileUpPairs,
  { steps, seed }: RemovePileUpOptions,
): Promise<Float64Array> {
  const model = pileUpNetwork(seed);
  try {
    await train({
      model,
      loss: normalised(loss),
      data: {
        inputs: _inputs(pairs.amid),
        inputShape: [CELLS],
        targets: Float32Array.from(normalise(pairs.clean.charges, "fraction")),
      },
      batchSize: Math.min(BATCH_SIZE, pairs.amid.count),
      steps,
      seed,
      learningRate: cosineRate({ peak: PEAK_RATE, steps }),
    });
    const output = tf.tidy(() =>
      model.apply(tf.tensor2d(_inputs(test.amid), [test.amid.count, CELLS]), false)
    );
    const fractions = await output.data();
    output.dispose();
    return test.amid.charges.map((charge, k) => charge > 0 ? fractions[k] : 0);
  } finally {
    model.dispose();
  }
}

/**
 * The network: a number w for each cell, and charge fractions
 *
 *     y_k = q_k exp(w_k) / sum_l q_l exp(w_l)
 *
 * so that cells without charge stay so, and nothing is to be learnt of what is there already. The same
 * dense layers serve all cells: they see the cell's charge, the mean of its neighbours, and that of the
 * wafer, all as logarithms.
 *
 * @param seed Seed of the first weights.
 * @returns The model; its input is log(1 + CALQ / 35), 48 a row.
 */
export function pileUpNetwork(seed: number): Model {
  const layers = buildClassifier({
    inputs: 3,
    hidden: HIDDEN,
    outputs: 1,
    activation: "linear",
    seed,
  });
  const neighbours = _means((distance) => distance > 0 && distance < NEIGHBOUR_DISTANCE);
  const wafer = _means(() => true);
  return {
    ...layers,
    name: "pile-up removal",
    apply: (input, training) =>
      tf.tidy(() => {
        const x = input as tf.Tensor2D;
        const mean = (weights: Float32Array) => tf.matMul(x, tf.tensor2d(weights, [CELLS, CELLS]));
        const features = tf.reshape(tf.stack([x, mean(neighbours), mean(wafer)], 2), [-1, 3]);
        const w = tf.reshape(layers.apply(features, training), x.shape);
        // The logarithm of no charge is far below all others, and finite.
        return tf.softmax(tf.add(w, tf.log(tf.add(tf.expm1(x), 1e-30))));
      }),
  };
}

/** A matrix that takes, for each cell, the mean over the cells at some distances: a column a cell. */
function _means(takesPart: (distance: number) => boolean): Float32Array {
  const parts = Float32Array.from(waferDistances(), (distance) => takesPart(distance) ? 1 : 0);
  for (let cell = 0; cell < CELLS; cell++) {
    let count = 0;
    for (let other = 0; other < CELLS; other++) count += parts[other * CELLS + cell];
    for (let other = 0; other < CELLS; other++) parts[other * CELLS + cell] /= count;
  }
  return parts;
}

function _inputs({ charges }: WaferTable): Float32Array {
  return Float32Array.from(charges, (charge) => Math.log1p(charge / MIP_COUNTS));
}

/**
 * Rows of both tables.
 *
 * @param pairs The tables.
 * @param rows The rows.
 * @returns The pairs.
 */
export function pairsAt({ amid, clean }: PileUpPairs, rows: readonly number[]): PileUpPairs {
  return { amid: selectWafers(amid, rows), clean: selectWafers(clean, rows) };
}
