import { Adam } from "../tensor/training/adam.ts";
import { cosineRate } from "../tensor/training/schedules.ts";
import { recordForward } from "../tensor/training/tape.ts";
import { tf } from "../tensor/tf.ts";
import { buildLipschitzNetwork, type LipschitzNetworkOptions } from "./lipschitz_network.ts";

/** Where charge has to come from and go to, for several transports side by side. */
export interface LipschitzProblem {
  /** Number of transports B. */
  readonly count: number;
  /** Coordinates of a point. */
  readonly dimension: number;
  /** Points of each transport, `B * N * dimension` numbers. */
  readonly positions: Float64Array;
  /** Charge at each point, `B * N` numbers: a surplus > 0, a lack < 0; they cancel in each transport. */
  readonly charges: Float64Array;
}

/** Options of {@linkcode fitLipschitzPotentials}. */
export interface LipschitzFitOptions
  extends Pick<LipschitzNetworkOptions, "layers" | "units" | "groupSize" | "seed"> {
  /**
   * Steps of Adam.
   *
   * @default {600}
   */
  readonly steps?: number;
  /**
   * Learning rate at first; it falls along half a cosine to zero.
   *
   * @default {0.02}
   */
  readonly learningRate?: number;
  /**
   * In which share of the steps what is lacking comes from the middle of the surplus to its own place,
   * within [0, 1). Where the middles are far apart, the network would at once become linear, and all of
   * its units alike; coming together first, it has to find the shapes before the way between them.
   *
   * @default {0.3}
   */
  readonly approach?: number;
  /** Told of each step. */
  readonly onProgress?: (step: number, steps: number) => void;
}

/** What {@linkcode fitLipschitzPotentials} found. */
export interface LipschitzPotentials {
  /** sum_n charges_n f(x_n) of each transport, length B: a lower bound of its EMD. */
  readonly values: Float64Array;
  /** f at each point, `B * N` numbers, in the unit of the positions. */
  readonly potentials: Float64Array;
  /** Slopes of f at each point, as the positions. */
  readonly slopes: Float64Array;
}

/**
 * Fits 1-Lipschitz functions f to transports between points, one network for each: by Kantorovich and
 * Rubinstein,
 *
 * EMD = max over 1-Lipschitz f of sum_n charge_n f(x_n)
 *
 * so that any network gives a lower bound, which Adam raises.
 *
 * @param problem Points and charges; nothing is checked here.
 * @param options Network, steps and rate.
 * @returns Bounds, potentials and slopes. The backend's memory is as it was.
 * @throws {RangeError} If an option is out of range.
 *
 * @example The way from 0 to 2
 * ```ts
 * import { fitLipschitzPotentials } from "./lipschitz_fit.ts";
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const { values } = await fitLipschitzPotentials({
 *   count: 1,
 *   dimension: 1,
 *   positions: Float64Array.of(0, 2),
 *   charges: Float64Array.of(1, -1),
 * }, { steps: 100, units: 8, groupSize: 2, learningRate: 0.05 });
 * assertAlmostEquals(values[0], 2, 0.01);
 * ```
 */
export async function fitLipschitzPotentials(
  problem: LipschitzProblem,
  options: LipschitzFitOptions = {},
): Promise<LipschitzPotentials> {
  const { steps = 600, learningRate = 0.02, approach = 0.3, onProgress, ...network } = options;
  if (!(approach >= 0 && approach < 1)) {
    throw new RangeError(
      `Cannot fit Lipschitz potentials: approach must be within [0, 1), current value is ${approach}`,
    );
  }
  const schedule = cosineRate({ peak: learningRate, steps });
  const { count, dimension, charges } = problem;
  const { scaled, scales, ways } = _scale(problem);
  const model = buildLipschitzNetwork({ ...network, inputs: dimension, networks: count });
  const shape: [number, number, number] = [count, charges.length / count, dimension];
  const tensors = tf.tidy(() => ({
    points: tf.variable(tf.tensor3d(scaled, shape)),
    ways: tf.keep(tf.tensor3d(ways, shape)),
    charges: tf.keep(tf.tensor2d(Float32Array.from(charges), [count, shape[1]])),
  }));
  using adam = new Adam(model.parameters);
  const parameters = [...model.parameters.values()];
  try {
    for (let step = 0; step < steps; step++) {
      const left = step < approach * steps ? 1 - step / (approach * steps) : 0;
      // Adam goes down, and the bound shall go up.
      using recording = recordForward(() => {
        const points = tf.add(tensors.points, tf.mul(tensors.ways, left));
        return tf.neg(tf.sum(tf.mul(model.apply(points, true), tensors.charges)));
      });
      _step(recording, parameters, adam, schedule.rate(step, schedule.start));
      onProgress?.(step + 1, steps);
      // Timers get their turn, and a graphics processor does not fall behind.
      if (step % 50 === 49) await recording.output.data();
    }
    using recording = recordForward(() => model.apply(tensors.points, false));
    const f = Float64Array.from(await recording.output.data());
    const ones = tf.ones(recording.output.shape);
    const [gradient] = recording.backward(ones, [tensors.points as tf.Tensor as tf.Variable]);
    const slopes = Float64Array.from(await gradient.data());
    tf.dispose([ones, gradient]);
    return { ..._rescale(f, charges, scales), slopes };
  } finally {
    model.dispose();
    tf.dispose([tensors.points, tensors.ways, tensors.charges]);
  }
}

function _step(
  recording: ReturnType<typeof recordForward>,
  parameters: readonly tf.Variable[],
  adam: Adam,
  rate: number,
): void {
  const one = tf.scalar(1);
  const gradients = recording.backward(one, parameters);
  adam.step(gradients, rate);
  tf.dispose([one, ...gradients]);
}

/**
 * Points about the middle of all, within a ball of radius 1: networks are drawn for such. `ways` is for
 * each point that lacks charge what takes it to where the middles of surplus and lack meet.
 */
function _scale({ count, dimension, positions, charges }: LipschitzProblem) {
  const points = charges.length / count;
  const scaled = new Float32Array(positions.length), ways = new Float32Array(positions.length);
  const scales = new Float64Array(count);
  for (let b = 0; b < count; b++) {
    const middle = new Float64Array(dimension), dipole = new Float64Array(dimension);
    let lack = 0;
    for (let n = b * points; n < (b + 1) * points; n++) {
      lack += Math.max(0, -charges[n]);
      for (let axis = 0; axis < dimension; axis++) {
        middle[axis] += positions[n * dimension + axis] / points;
        dipole[axis] += charges[n] * positions[n * dimension + axis];
      }
    }
    let radius = 0;
    for (let n = b * points; n < (b + 1) * points; n++) {
      const fromMiddle = middle.map((m, axis) => positions[n * dimension + axis] - m);
      radius = Math.max(radius, Math.hypot(...fromMiddle));
    }
    scales[b] = radius === 0 ? 1 : radius;
    for (let at = b * points * dimension; at < (b + 1) * points * dimension; at++) {
      const axis = at % dimension;
      scaled[at] = (positions[at] - middle[axis]) / scales[b];
      if (charges[Math.floor(at / dimension)] < 0) ways[at] = dipole[axis] / lack / scales[b];
    }
  }
  return { scaled, scales, ways };
}

/** A 1-Lipschitz function of x / s, times s, is one of x. */
function _rescale(f: Float64Array, charges: Float64Array, scales: Float64Array) {
  const points = f.length / scales.length, values = new Float64Array(scales.length);
  const potentials = f.map((height, n) => scales[Math.floor(n / points)] * height);
  potentials.forEach((height, n) => values[Math.floor(n / points)] += charges[n] * height);
  return { values, potentials };
}
