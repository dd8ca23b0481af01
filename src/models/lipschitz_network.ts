import { RandomStream } from "../numerics/random.ts";
import { glorotUniform } from "../tensor/initialise.ts";
import { tf } from "../tensor/tf.ts";
import type { Model } from "../tensor/types.ts";
import { disposeVariables, makeVariables, type ShapedArray } from "../tensor/variables.ts";
import { boundRows, groupSort } from "./lipschitz_layers.ts";

/** Options of {@linkcode buildLipschitzNetwork}. */
export interface LipschitzNetworkOptions {
  /**
   * Coordinates of a point.
   *
   * @default {2}
   */
  readonly inputs?: number;
  /**
   * Independent networks that are computed side by side.
   *
   * @default {1}
   */
  readonly networks?: number;
  /**
   * Hidden layers.
   *
   * @default {3}
   */
  readonly layers?: number;
  /**
   * Units of each hidden layer.
   *
   * @default {32}
   */
  readonly units?: number;
  /**
   * Units that are sorted together, a divisor of `units`.
   *
   * @default {4}
   */
  readonly groupSize?: number;
  /**
   * Seed of the first weights.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/**
 * A function of points that is 1-Lipschitz whatever its weights: |f(x) - f(y)| <= |x - y|_2.
 *
 * Dense layers whose units have weights of norm at most 1 ({@linkcode boundRows}: Euclidean in the first
 * layer, sum of absolute values in the others) and the activation GroupSort between them. The first layer
 * then takes Euclidean distances to largest differences of its numbers, and each of the others leaves the
 * largest difference no larger. With enough units such networks come as near as one likes to any
 * 1-Lipschitz function.
 *
 * `apply` takes `[networks, N, inputs]`, N points for each network, and returns `[networks, N]`.
 *
 * @param options Sizes and seed.
 * @returns The model, on the backend in use.
 * @throws {RangeError} If a size is not a positive integer, or `groupSize` does not divide `units`.
 * @see Kitouni, Nolte and Williams, arXiv 2209.15624; Anil, Lucas and Grosse, arXiv 1811.05381
 *
 * @example
 * ```ts
 * import { buildLipschitzNetwork } from "@hexmover/hexmover/models";
 * import { tf, useBackend } from "@hexmover/hexmover/tensor";
 * import { assert, assertEquals } from "@std/assert";
 *
 * await useBackend({ backend: "wasm" });
 * const network = buildLipschitzNetwork();
 * const f = network.apply(tf.tensor3d([[[0, 0], [3, 4]]]), false);
 * assertEquals(f.shape, [1, 2]);
 * const [here, there] = f.dataSync();
 * assert(Math.abs(there - here) <= 5);
 * ```
 */
export function buildLipschitzNetwork(options: LipschitzNetworkOptions = {}): Model {
  const { inputs = 2, networks = 1, layers = 3, units = 32, groupSize = 4, seed = 0 } = options;
  _check({ inputs, networks, layers, units, groupSize });
  const widths = [inputs, ...new Array<number>(layers).fill(units), 1];
  const variables = makeVariables(_firstWeights(networks, widths, seed));
  const at = (name: string) => variables.get(name)! as tf.Tensor as tf.Tensor3D;

  function apply(points: tf.Tensor): tf.Tensor {
    return tf.tidy(() => {
      let x = tf.transpose(points, [0, 2, 1]) as tf.Tensor3D;
      for (let layer = 1; layer < widths.length; layer++) {
        const kernel = boundRows(at(`dense${layer}/kernel`), layer === 1 ? "l2" : "l1");
        const sums = tf.add(tf.matMul(kernel as tf.Tensor3D, x), at(`dense${layer}/bias`));
        x = (layer === widths.length - 1 ? sums : groupSort(sums, groupSize)) as tf.Tensor3D;
      }
      return tf.squeeze(x, [1]);
    });
  }

  return {
    name: "lipschitz",
    parameters: variables,
    state: new Map(),
    apply,
    dispose: () => disposeVariables(variables),
  };
}

function _firstWeights(
  networks: number,
  widths: readonly number[],
  seed: number,
): Record<string, ShapedArray> {
  const weights: Record<string, ShapedArray> = {};
  for (let layer = 1; layer < widths.length; layer++) {
    const [from, to] = [widths[layer - 1], widths[layer]];
    const kernels = new Float32Array(networks * from * to);
    for (let network = 0; network < networks; network++) {
      // Each network as if it stood alone.
      const random = new RandomStream(seed, `lipschitz layer ${layer}`, network);
      kernels.set(glorotUniform([to, from], random), network * from * to);
    }
    weights[`dense${layer}/kernel`] = { shape: [networks, to, from], values: kernels };
    weights[`dense${layer}/bias`] = {
      shape: [networks, to, 1],
      values: new Float32Array(networks * to),
    };
  }
  return weights;
}

function _check(sizes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(
      `Cannot build a Lipschitz network: ${name} must be a positive integer, current value is ${value}`,
    );
  }
  if (sizes.units % sizes.groupSize !== 0) {
    throw new RangeError(
      `Cannot build a Lipschitz network: groupSize must divide units, ` +
        `current values are ${sizes.groupSize} and ${sizes.units}`,
    );
  }
}
