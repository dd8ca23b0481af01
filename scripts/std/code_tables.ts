/**
 * Tables of wafers into tables of an autoencoder's codes, and back.
 *
 * @module
 */
import { selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import { LATENTS } from "../../src/models/autoencoder/architecture.ts";
import { waferConditions } from "../../src/models/autoencoder/conditions.ts";
import type { LoadedAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import { integerEncoder } from "../../src/models/integer_encoder.ts";
import { CELLS } from "../../src/wafer/cells.ts";
import type { ColumnTable } from "./column_tables.ts";

/** Names of the columns of codes. */
export const CODE_COLUMNS: readonly string[] = Array.from(
  { length: LATENTS },
  (_, latent) => `CODE_${latent}`,
);

/** Name of the column with the sum of a wafer's charges. */
export const SUM_COLUMN = "CALQ_SUM";

/**
 * The encoder of an autoencoder, on tables.
 *
 * @param autoencoder The autoencoder.
 * @param options `integer`: whether to compute in integers alone.
 * @returns From a table of wafers to one of codes: {@linkcode CODE_COLUMNS}, {@linkcode SUM_COLUMN},
 * and the further columns. A wafer without charge has zeros. It throws a TypeError if a further column
 * has the name of one of these.
 * @throws {TypeError} If integers are asked for of a float encoder.
 * @throws {RangeError} If an accumulator could leave int32.
 */
export function waferCodes(
  autoencoder: LoadedAutoencoder,
  options: { readonly integer: boolean },
): (table: WaferTable) => ColumnTable {
  const encode = options.integer ? integerEncoder(autoencoder.encoder).encode : autoencoder.encode;
  const step = options.integer ? 1 : _step(autoencoder);
  return (table) => {
    const { count, columns } = table;
    const taken = [...CODE_COLUMNS, SUM_COLUMN].find((name) => name in columns);
    if (taken !== undefined) {
      throw new TypeError(`Cannot encode wafers: there is a column ${taken} already`);
    }
    const sums = _sums(table);
    const charged = [...sums.keys()].filter((wafer) => sums[wafer] > 0);
    const codes = CODE_COLUMNS.map(() => new Float64Array(count));
    if (charged.length > 0) {
      const latents = encode(selectWafers(table, charged).charges);
      charged.forEach((wafer, row) =>
        codes.forEach((column, k) => column[wafer] = latents[row * LATENTS + k] / step)
      );
    }
    const ofCodes = Object.fromEntries(CODE_COLUMNS.map((name, k) => [name, codes[k]]));
    return { count, columns: { ...ofCodes, [SUM_COLUMN]: sums, ...columns } };
  };
}

/**
 * The decoder of an autoencoder, on tables.
 *
 * @param autoencoder The autoencoder.
 * @param source Where codes come from, for errors.
 * @returns From a table of codes and the number of its first row to one of wafers, with the further
 * columns: charges that sum up to {@linkcode SUM_COLUMN}, or to one where there is no such column. It
 * throws a TypeError if a column is missing or holds texts, a RangeError if a code is none of the
 * network's or a sum negative.
 */
export function codesToWafers(
  autoencoder: LoadedAutoencoder,
  source: string,
): (table: ColumnTable, firstRow: number) => WaferTable {
  const { architecture: { conditions, formats } } = autoencoder, step = _step(autoencoder);
  const most = formats === "float" ? Infinity : 2 ** formats.latent.bits - 1;
  const isCode = (code: number) =>
    code >= 0 && code <= most &&
    (formats === "float" ? code < Infinity : Number.isInteger(code));
  const rule = formats === "float" ? "a finite number >= 0" : `an integer from 0 to ${most}`;

  return ({ count, columns }, firstRow) => {
    const numbers = (name: string, isRight: (value: number) => boolean, rule: string) => {
      const values = columns[name];
      if (!(values instanceof Float64Array)) {
        const problem = values === undefined
          ? "there is no column"
          : "numbers are needed in column";
        throw new TypeError(`Cannot decode codes of ${source}: ${problem} ${name}`);
      }
      const wrong = values.findIndex((value) => !isRight(value));
      if (wrong < 0) return values;
      throw new RangeError(
        `Cannot decode codes of ${source}: row ${firstRow + wrong}: ${name} must be ${rule}, ` +
          `current value is ${values[wrong]}`,
      );
    };
    const codes = CODE_COLUMNS.map((name) => numbers(name, isCode, rule));
    const hasSums = SUM_COLUMN in columns || conditions.includes("total");
    const isSum = (sum: number) => sum >= 0 && sum < Infinity;
    const sums = hasSums
      ? numbers(SUM_COLUMN, isSum, "a finite number >= 0")
      : new Float64Array(count).fill(1);
    const further = Object.fromEntries(
      Object.entries(columns).filter(([name]) =>
        name !== SUM_COLUMN && !CODE_COLUMNS.includes(name)
      ),
    );
    const latents = Float32Array.from(
      { length: count * LATENTS },
      (_, k) => codes[k % LATENTS][Math.floor(k / LATENTS)] * step,
    );
    const known = waferConditions(_withSums(sums, further), conditions);
    const charges = Float64Array.from(autoencoder.decode(latents, known));
    for (let k = 0; k < charges.length; k++) charges[k] *= sums[Math.floor(k / CELLS)];
    return { count, order: "train", charges, columns: further };
  };
}

/** The value of the code 1. */
function _step({ architecture: { formats } }: LoadedAutoencoder): number {
  return formats === "float" ? 1 : 2 ** (formats.latent.integer - formats.latent.bits);
}

function _sums({ count, charges }: WaferTable): Float64Array {
  const sums = new Float64Array(count);
  for (let k = 0; k < charges.length; k++) sums[Math.floor(k / CELLS)] += charges[k];
  return sums;
}

/** Wafers of these sums, as conditions need them; what is decoded of sum 0 makes no difference. */
function _withSums(sums: Float64Array, columns: WaferTable["columns"]): WaferTable {
  const charges = new Float64Array(sums.length * CELLS);
  sums.forEach((sum, wafer) => charges[wafer * CELLS] = sum > 0 ? sum : 1);
  return { count: sums.length, order: "train", charges, columns };
}
