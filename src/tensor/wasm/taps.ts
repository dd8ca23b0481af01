/** A two-dimensional convolution, channels apart: sizes of its images, kernel, strides and padding. */
export interface ConvGeometry {
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  /** Empty rows above the image. */
  readonly padTop: number;
  /** Empty columns to the left of the image. */
  readonly padLeft: number;
}

/** Pairs grouped by a key: those of key k are `pairs[2 t]`, `pairs[2 t + 1]` for starts[k] <= t < starts[k + 1]. */
export interface TapTable {
  /** One more than there are keys. */
  readonly starts: Int32Array;
  /** Two integers a pair. */
  readonly pairs: Int32Array;
}

/** A row of the kernel over a row of the image: `length` taps on positions side by side. */
export interface TapRun {
  /** Output position. */
  readonly output: number;
  /** First position of the input. */
  readonly input: number;
  /** First tap. */
  readonly tap: number;
  /** How many of both. */
  readonly length: number;
}

/** Which position of the input meets which tap of the kernel at which position of the output. */
export interface Taps {
  /** Keyed by output position: (input position, tap). */
  readonly byOutput: TapTable;
  /** Keyed by input position: (output position, tap). */
  readonly byInput: TapTable;
  /** Keyed by tap: (input position, output position). */
  readonly byTap: TapTable;
  /** The same as runs along the rows of the kernel, ordered by output position. */
  readonly runs: readonly TapRun[];
}

/**
 * Lists what a convolution multiplies with what. Positions count row by row; what falls on padding is
 * not listed.
 *
 * @param geometry The convolution.
 * @returns The tables.
 */
export function convTaps(geometry: ConvGeometry): Taps {
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth } = geometry;
  const byOutput: number[][] = [], byInput: number[][] = [], byTap: number[][] = [];
  for (let p = 0; p < inHeight * inWidth; p++) byInput.push([]);
  for (let tap = 0; tap < filterHeight * filterWidth; tap++) byTap.push([]);
  const runs: TapRun[] = [];
  for (let outRow = 0; outRow < outHeight; outRow++) {
    for (let outColumn = 0; outColumn < outWidth; outColumn++) {
      const output = outRow * outWidth + outColumn;
      const meetings: number[] = [];
      for (let row = 0; row < filterHeight; row++) {
        const inRow = outRow * geometry.strideHeight - geometry.padTop +
          row * geometry.dilationHeight;
        if (inRow < 0 || inRow >= inHeight) continue;
        let run: { output: number; input: number; tap: number; length: number } | undefined;
        for (let column = 0; column < filterWidth; column++) {
          const inColumn = outColumn * geometry.strideWidth - geometry.padLeft +
            column * geometry.dilationWidth;
          if (inColumn < 0 || inColumn >= inWidth) continue;
          const input = inRow * inWidth + inColumn, tap = row * filterWidth + column;
          meetings.push(input, tap);
          byInput[input].push(output, tap);
          byTap[tap].push(input, output);
          if (run !== undefined && input === run.input + run.length) run.length++;
          else runs.push(run = { output, input, tap, length: 1 });
        }
      }
      byOutput.push(meetings);
    }
  }
  return { byOutput: _table(byOutput), byInput: _table(byInput), byTap: _table(byTap), runs };
}

function _table(groups: readonly (readonly number[])[]): TapTable {
  const starts = new Int32Array(groups.length + 1);
  groups.forEach((group, key) => starts[key + 1] = starts[key] + group.length / 2);
  return { starts, pairs: Int32Array.from(groups.flat()) };
}
