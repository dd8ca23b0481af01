import { tf } from "../../tensor/tf.ts";
import { CELLS } from "../../wafer/cells.ts";
import { toEncodingA } from "../../wafer/encodings.ts";

/** Pixels of the image of encoding A, 8 x 8. */
const PIXELS = 64;

/**
 * Matrices of zeros and ones from cells to the pixels of encoding A, `[48, 64]`, and back, `[64, 48]`:
 * products where tfjs has slow gathers.
 *
 * @returns Both matrices, which the caller disposes of.
 */
export function imageLayouts(): [toImage: tf.Tensor2D, fromImage: tf.Tensor2D] {
  const toImage = new Float32Array(CELLS * PIXELS), fromImage = new Float32Array(PIXELS * CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    const wafer = new Float64Array(CELLS);
    wafer[cell] = 1;
    const pixel = toEncodingA(wafer).indexOf(1);
    toImage[cell * PIXELS + pixel] = fromImage[pixel * CELLS + cell] = 1;
  }
  return [tf.tensor2d(toImage, [CELLS, PIXELS]), tf.tensor2d(fromImage, [PIXELS, CELLS])];
}
