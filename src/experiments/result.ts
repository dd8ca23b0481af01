import { canonicalJson, type JsonObject } from "./canonical_json.ts";
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
  _checkFields(root, "result", RESULT_FIELDS);
  if (root.schema !== RESULT_SCHEMA) {
    throw new RangeError(
      `Cannot read result: schema must be ${RESULT_SCHEMA}, current value is ${_show(root.schema)}`,
    );
  }
  const result = root as unknown as Result;
  result.seeds.forEach((seed, i) => _check(seed, `seeds[${i}]`, "number"));
  result.quantities.forEach((item, i) => _checkQuantity(item, `quantities[${i}]`));
  result.figures.forEach((item, i) => _checkFigure(item, `figures[${i}]`));
  return result;
}

type _Kind = "string" | "number" | "array" | "object" | "number or null" | "number or absent";

const RESULT_FIELDS: Record<keyof Result, _Kind> = {
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

const QUANTITY_FIELDS: Record<keyof Quantity, _Kind> = {
  name: "string",
  unit: "string",
  paper: "number or absent",
  values: "array",
  mean: "number",
  spread: "number or null",
};

const FIGURE_FIELDS: Record<keyof FigureEntry, _Kind> = {
  name: "string",
  title: "string",
  files: "array",
};

function _checkQuantity(item: unknown, path: string): void {
  _checkFields(item, path, QUANTITY_FIELDS);
  const { name, unit, values, mean, spread } = item as unknown as Quantity;
  values.forEach((value, i) => _check(value, `${path}.values[${i}]`, "number"));
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
  _checkFields(item, path, FIGURE_FIELDS);
  const { files } = item as unknown as FigureEntry;
  files.forEach((file, i) => _check(file, `${path}.files[${i}]`, "string"));
}

/** Checks that a value is an object with these fields, each of its kind, and no others. */
function _checkFields(
  value: unknown,
  path: string,
  fields: Record<string, _Kind>,
): asserts value is Record<string, unknown> {
  _check(value, path, "object");
  const object = value as Record<string, unknown>;
  const prefix = path === "result" ? "" : `${path}.`;
  for (const [name, kind] of Object.entries(fields)) _check(object[name], prefix + name, kind);
  const unknown = Object.keys(object).find((name) => !Object.hasOwn(fields, name));
  if (unknown === undefined) return;
  throw new TypeError(`Cannot read result: ${path} has an unknown field "${unknown}"`);
}

function _check(value: unknown, path: string, kind: _Kind): void {
  const actual = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const named = actual === "undefined" ? "absent" : actual;
  if (kind.split(" or ").includes(named)) return;
  const article = /^[ao]/.test(kind) ? "an" : "a";
  throw new TypeError(
    `Cannot read result: ${path} must be ${article} ${kind}, current value is ${_show(value)}`,
  );
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

function _show(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
