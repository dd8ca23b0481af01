import type { IntegerEncoderSpec } from "../types.ts";

/**
 * The trigger cell that each pixel of the encoder's 8 x 8 image holds.
 *
 * @param spec The encoder in integers.
 * @returns 64 indices in train order, row-major; `null` for the pixels that hold no cell.
 */
export function cellOfPixel({ pixelOfCell }: Pick<IntegerEncoderSpec, "pixelOfCell">): (
  | number
  | null
)[] {
  const cells = new Array<number | null>(64).fill(null);
  pixelOfCell.forEach((pixel, cell) => cells[pixel] = cell);
  return cells;
}
