/** Along one axis of images: the place in the image and the place in the kernel that meet. */
export type AxisTap = readonly [place: number, tap: number];

/**
 * The taps of every output pixel of a convolution, from those along each axis: what is outside the
 * image is not in the lists, so that the loops over them need no padding and no comparisons.
 *
 * @param vertical For each output row, its taps.
 * @param horizontal For each output column, its taps.
 * @param columns Columns of the input image.
 * @param size Columns of the kernel.
 * @returns For each output pixel, row by row: input pixel, kernel pixel, input pixel, ...
 */
export function tapLists(
  vertical: readonly (readonly AxisTap[])[],
  horizontal: readonly (readonly AxisTap[])[],
  columns: number,
  size: number,
): Uint16Array[] {
  return vertical.flatMap((rows) =>
    horizontal.map((inRow) =>
      Uint16Array.from(
        rows.flatMap(([row, i]) =>
          inRow.flatMap(([column, j]) => [row * columns + column, i * size + j])
        ),
      )
    )
  );
}
