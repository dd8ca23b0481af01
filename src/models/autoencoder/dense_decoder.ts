import type { RandomStream } from "../../numerics/random.ts";
import { glorotUniform } from "../../tensor/initialise.ts";
import { tf } from "../../tensor/tf.ts";
import type { Variables } from "../../tensor/types.ts";
import { CELLS } from "../../wafer/cells.ts";
import type { NetworkHalf } from "./types.ts";

/**
 * A larger decoder, from `[B, inputs]` numbers to `[B, 48]` charge fractions: dense layers with ReLUs,
 * and a softmax over the cells. It runs off the detector, where parameters cost little.
 *
 * @param random Where first weights are drawn from.
 * @param inputs The latents, and what else is known of the wafer.
 * @param units Units of each hidden layer.
 * @returns The half, with variables `decoder/hidden0/...`, ..., `decoder/output/...`.
 * @throws {RangeError} If there is no hidden layer, or a number of units is not a positive integer.
 */
export function denseDecoder(
  random: RandomStream,
  inputs: number,
  units: readonly number[],
): NetworkHalf {
  if (units.length === 0 || !units.every((count) => Number.isSafeInteger(count) && count > 0)) {
    throw new RangeError(
      `Cannot build a dense decoder: units must be positive integers, current value is [${units}]`,
    );
  }
  const layers = [...units.map((_, k) => `decoder/hidden${k}`), "decoder/output"];
  const sizes = [inputs, ...units, CELLS];
  const initial = Object.fromEntries(layers.flatMap((layer, k) => {
    const shape = [sizes[k], sizes[k + 1]];
    return [
      [`${layer}/kernel`, { shape, values: glorotUniform(shape, random) }],
      [`${layer}/bias`, { shape: [shape[1]], values: new Float32Array(shape[1]) }],
    ];
  }));

  function bind(variables: Variables) {
    return (code: tf.Tensor2D) =>
      tf.tidy(() => {
        let x = code;
        for (const [k, layer] of layers.entries()) {
          const kernel = variables.get(`${layer}/kernel`)! as tf.Tensor as tf.Tensor2D;
          x = tf.add(tf.matMul(x, kernel), variables.get(`${layer}/bias`)!);
          x = k < units.length ? tf.relu(x) : tf.softmax(x);
        }
        return x;
      });
  }

  return { initial, bind, dispose: () => {} };
}
