/** Histograms made ready for solvers: rows of fractions, and the totals they had. */
export interface HistogramRows {
  /** Number of rows. */
  readonly count: number;
  /** Bins in a row. */
  readonly size: number;
  /** Each row divided by its total, row-major; rows without mass are zero. */
  readonly fractions: Float64Array;
  /** Total of each row as it was given, 0 for one without mass. */
  readonly totals: Float64Array;
}

/** Options of {@linkcode normaliseRows}. */
export interface NormaliseRowsOptions {
  /** What a row is called in errors. @default "row" */
  readonly rowName?: string;
  /** Whether errors number the row. @default true */
  readonly numbered?: boolean;
  /** What a bin is called in errors. @default "bin" */
  readonly binName?: string;
  /** Whether rows without mass are let through. @default false */
  readonly allowEmpty?: boolean;
  /** Where the result lies: gives arrays of a length, of any content. @default new arrays */
  readonly allocate?: (length: number) => Float64Array;
}

/**
 * Checks a batch of histograms and divides each row by its total.
 *
 * Everything after this may trust its input: finite, not negative, total one or nothing.
 *
 * @param masses Row-major masses, length count * size, of any positive scale; not changed.
 * @param size Bins in a row.
 * @param options Names for errors, whether empty rows pass, and where the result lies.
 * @returns Fractions and totals.
 * @throws {TypeError} If the length is not a multiple of the size.
 * @throws {RangeError} If a mass is negative, NaN or infinite, or a row has no mass.
 *
 * @example
 * ```ts
 * import { normaliseRows } from "@hexmover/hexmover/transport";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = normaliseRows([1, 3, 0, 8], 2);
 * assertEquals([...rows.fractions], [0.25, 0.75, 0, 1]);
 * assertEquals([...rows.totals], [4, 8]);
 * ```
 */
export function normaliseRows(
  masses: ArrayLike<number>,
  size: number,
  options: NormaliseRowsOptions = {},
): HistogramRows {
  const { binName = "bin", allowEmpty = false } = options;
  if (typeof masses?.length !== "number" || masses.length % size !== 0) {
    throw new TypeError(
      `Cannot compute EMD: a batch must hold rows of ${size} numbers, current length is ${masses?.length}`,
    );
  }
  const count = masses.length / size;
  const allocate = options.allocate ?? ((length) => new Float64Array(length));
  const fractions = allocate(masses.length), totals = allocate(count);
  for (let row = 0; row < count; row++) {
    const offset = row * size;
    let total = 0;
    let legal = true;
    for (let k = 0; k < size; k++) {
      const mass = masses[offset + k];
      legal = legal && mass >= 0; // false for NaN, too
      total += mass;
    }
    if (!legal || total === Infinity) {
      throw _badMass(masses, offset, size, _name(options, row), binName);
    }
    if (total === 0 && !allowEmpty) {
      throw new RangeError(`Cannot compute EMD of ${_name(options, row)}: it has no charge`);
    }
    totals[row] = total;
    const divisor = total || 1; // an empty row stays zero
    for (let k = 0; k < size; k++) fractions[offset + k] = masses[offset + k] / divisor;
  }
  return { count, size, fractions, totals };
}

function _name({ rowName = "row", numbered = true }: NormaliseRowsOptions, row: number): string {
  return numbered ? `${rowName} ${row}` : rowName;
}

/** Says which mass of a row is wrong. */
function _badMass(
  masses: ArrayLike<number>,
  offset: number,
  size: number,
  row: string,
  binName: string,
): RangeError {
  for (let k = 0; k < size; k++) {
    const mass = masses[offset + k];
    if (!(mass >= 0)) {
      return new RangeError(
        `Cannot compute EMD of ${row}: charge of ${binName} ${k} must be >= 0, current value is ${mass}`,
      );
    }
    if (mass === Infinity) {
      return new RangeError(
        `Cannot compute EMD of ${row}: charge of ${binName} ${k} must be finite, current value is ${mass}`,
      );
    }
  }
  return new RangeError(`Cannot compute EMD of ${row}: its total charge overflows`);
}
