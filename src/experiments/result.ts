import { canonicalJson, type JsonObject } from "./canonical_json.ts";
import { checkFields, checkKind, type Fields, shown } from "./check_fields.ts";
import { type Quantity, quantity } from "./quantity.ts";

/** The version of the layout of result files that this code writes and reads. */
export const RESULT_SCHEMA = 1;

/** A figure of a result, by the names of its files beside `result.json`. */
export interface FigureEntry {
  /** Name without extension. */
  readonly name: string;
  /** Title, in words. */
  readonly title: string;
  /** File names, for example `["emd.svg", "emd.png", "emd.plotly.json"]`. */
  readonly files: readonly string[];
}

/** What `results/<experiment>/<key>/result.json` holds. Nothing in it depends on when or where. */
export interface Result {
  /** {@linkcode RESULT_SCHEMA}. */
  readonly schema: typeof RESULT_SCHEMA;
  /** Name of the experiment. */
  readonly experiment: string;
  /** The configuration it ran with. */
  readonly config: JsonObject;
  /** Seeds of its random streams. */
  readonly seeds: readonly number[];
  /** SHA-256 of the input data; `""` for an experiment without input. */
  readonly dataChecksum: string;
  /** What computed it, for example `"typescript"` or `"tfjs wasm"`. */
  readonly backend: string;
  /** Version of the code. */
  readonly version: string;
  /** What was measured. */
  readonly quantities: readonly Quantity[];
  /** What was drawn. */
  readonly figures: readonly FigureEntry[];
}

/**
 * Writes a result as the bytes of `result.json`: canonical JSON, indented, newline at the end.
 *
 * @param result The result.
 * @returns UTF-8 bytes; equal results give equal bytes.
 * @throws {RangeError | TypeError} If a part is not plain, finite JSON.
 *
 * @example Written and read again
 * ```ts
 * import { parseResult, quantity, type Result, resultBytes } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * const result: Result = {
 *   schema: 1,
 *   experiment: "fig5",
 *   config: { pairs: 100 },
 *   seeds: [7],
 *   dataChecksum: "",
 *   backend: "typescript",
 *   version: "0.1.0",
 *   quantities: [quantity("median EMD", "half pitch", [1.5])],
 *   figures: [],
 * };
 * assertEquals(parseResult(resultBytes(result)), result);
 * ```
 */
export function resultBytes(result: Result): Uint8Array {
  return new TextEncoder().encode(canonicalJson(result, { indent: 2 }) + "\n");
}

/**
 * Reads `result.json`, and checks every field: what is missing, unknown or of the wrong kind, and
 * means and spreads that do not follow from their values.
 *
 * @param json The file's bytes or text.
 * @returns The result.
 * @throws {SyntaxError} If it is not JSON.
 * @throws {TypeError} If a field is missing, unknown or of the wrong kind.
 * @throws {RangeError} If the schema is another one, or a mean or spread is wrong.
 *
 * @example What is wrong, and where
 * ```ts
 * import { parseResult } from "@hexmover/hexmover/experiments";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => parseResult('{"schema": 1}'), TypeError, "experiment must be a string");
 * ```
 */
export function parseResult(json: Uint8Array | string): Result {
  const root = _parseJson(json);
  checkFields(root, RESULT_FIELDS, "", "result");
  const result = root as Result;
  if (result.schema !== RESULT_SCHEMA) {
    throw new RangeError(
      `Cannot read result: schema must be ${RESULT_SCHEMA}, current value is ${
        shown(result.schema)
      }`,
    );
  }
  result.seeds.forEach((seed, i) => checkKind(seed, "number", `seeds[${i}]`, "result"));
  result.quantities.forEach((item, i) => _checkQuantity(item, `quantities[${i}]`));
  result.figures.forEach((item, i) => _checkFigure(item, `figures[${i}]`));
  return result;
}

const RESULT_FIELDS: Fields<Result> = {
  schema: "number",
  experiment: "string",
  config: "object",
  seeds: "array",
  dataChecksum: "string",
  backend: "string",
  version: "string",
  quantities: "array",
  figures: "array",
};

const QUANTITY_FIELDS: Fields<Quantity> = {
  name: "string",
  unit: "string",
  paper: "number or absent",
  values: "array",
  mean: "number",
  spread: "number or null",
};

const FIGURE_FIELDS: Fields<FigureEntry> = {
  name: "string",
  title: "string",
  files: "array",
};

function _checkQuantity(item: unknown, path: string): void {
  checkFields(item, QUANTITY_FIELDS, path, "result");
  const { name, unit, values, mean, spread } = item as Quantity;
  values.forEach((value, i) => checkKind(value, "number", `${path}.values[${i}]`, "result"));
  const expected = quantity(name, unit, values);
  // Only rounding may differ, as when another program summed in another order.
  const rounding = 1e-12 * (Math.abs(expected.mean) + (expected.spread ?? 0));
  const isMean = Math.abs(mean - expected.mean) <= rounding;
  const isSpread = spread === null || expected.spread === null
    ? spread === expected.spread
    : Math.abs(spread - expected.spread) <= rounding;
  if (isMean && isSpread) return;
  throw new RangeError(
    `Cannot read result: mean and spread of ${path} must follow from its values ` +
      `(${expected.mean}, ${expected.spread}), current value is ${mean}, ${spread}`,
  );
}

function _checkFigure(item: unknown, path: string): void {
  checkFields(item, FIGURE_FIELDS, path, "result");
  const { files } = item as FigureEntry;
  files.forEach((file, i) => checkKind(file, "string", `${path}.files[${i}]`, "result"));
}

function _parseJson(json: Uint8Array | string): unknown {
  const text = typeof json === "string" ? json : new TextDecoder().decode(json);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError(`Cannot read result: it must be JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}
