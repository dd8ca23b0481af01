import type { RandomStream } from "../../numerics/random.ts";
import { glorotUniform } from "../../tensor/initialise.ts";
import { tf } from "../../tensor/tf.ts";
import type { Variables } from "../../tensor/types.ts";
import { imageLayouts } from "./image_layouts.ts";
import type { NetworkHalf } from "./types.ts";

/** Height and width of the first and of the last image; filters. */
const HALF = 4, SIDE = 8, FILTERS = 8;
const FLAT = HALF * HALF * FILTERS;

/**
 * The published decoder, from `[B, inputs]` numbers to `[B, 48]` charges in (0, 1): a dense layer, a
 * transposed convolution of stride 2 and one of stride 1, and a sigmoid of each cell. The last image
 * has 64 pixels, of which the 16 without a cell are dropped. 2,833 parameters for 16 inputs.
 *
 * @param random Where first weights are drawn from.
 * @param inputs The latents, and what else is known of the wafer.
 * @param outputBias First bias before the sigmoid.
 * @returns The half, with variables `decoder/...`.
 */
export function convolutionalDecoder(
  random: RandomStream,
  inputs: number,
  outputBias: number,
): NetworkHalf {
  const [toImage, fromImage] = imageLayouts();
  toImage.dispose();
  const weights = (...shape: number[]) => ({ shape, values: glorotUniform(shape, random) });
  const zeros = (size: number) => ({ shape: [size], values: new Float32Array(size) });
  const initial = {
    "decoder/dense/kernel": weights(inputs, FLAT),
    "decoder/dense/bias": zeros(FLAT),
    "decoder/conv1/kernel": weights(3, 3, FILTERS, FILTERS),
    "decoder/conv1/bias": zeros(FILTERS),
    "decoder/conv2/kernel": weights(3, 3, 1, FILTERS),
    "decoder/conv2/bias": { shape: [1], values: Float32Array.of(outputBias) },
  };

  function bind(variables: Variables) {
    const at = (name: string) => variables.get(`decoder/${name}`)! as tf.Tensor;
    return (code: tf.Tensor2D) =>
      tf.tidy(() => {
        const [batch] = code.shape;
        const dense = tf.add(tf.matMul(code, at("dense/kernel") as tf.Tensor2D), at("dense/bias"));
        const small = tf.reshape(tf.relu(dense), [batch, HALF, HALF, FILTERS]) as tf.Tensor4D;
        const wide = [batch, SIDE, SIDE, FILTERS] as [number, number, number, number];
        const large = tf.conv2dTranspose(
          small,
          at("conv1/kernel") as tf.Tensor4D,
          wide,
          2,
          "same",
        );
        const image = tf.conv2dTranspose(
          tf.relu(tf.add(large, at("conv1/bias"))) as tf.Tensor4D,
          at("conv2/kernel") as tf.Tensor4D,
          [batch, SIDE, SIDE, 1],
          1,
          "same",
        );
        // The bias is added once the pixels without a cell are gone.
        const cells = tf.matMul(tf.reshape(image, [batch, SIDE * SIDE]) as tf.Tensor2D, fromImage);
        return tf.sigmoid(tf.add(cells, at("conv2/bias"))) as tf.Tensor2D;
      });
  }

  return { initial, bind, dispose: () => fromImage.dispose() };
}
