import { CELLS } from "../../wafer/cells.ts";
import { checkFields, checkKind, type Fields } from "../check_fields.ts";

/** Wafers beside what networks made of them: the file `reconstructions.json` of a result. */
export interface Reconstructions {
  /** The order of the cells. */
  readonly order: "train";
  /** Charges of wafers that the networks were not trained on, 48 each. */
  readonly wafers: readonly (readonly number[])[];
  /** By the loss of the network: charge fractions of each reconstruction, 48 each. */
  readonly reconstructions: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** By the loss: the exact EMD of each wafer and its reconstruction, half pitches. */
  readonly emd: Readonly<Record<string, readonly number[]>>;
}

const WHAT = "reconstructions.json";

const FIELDS: Fields<Reconstructions> = {
  order: "string",
  wafers: "array",
  reconstructions: "object",
  emd: "object",
};

/**
 * Reads `reconstructions.json`, and checks it.
 *
 * @param json The file's bytes or text.
 * @returns Wafers and reconstructions, as many of each loss as there are wafers.
 * @throws {SyntaxError} If it is not JSON.
 * @throws {TypeError} If a field is missing or of the wrong kind, or a list has a wrong length.
 * @throws {RangeError} If the order is another one, a charge or an EMD is negative, or a wafer has no charge.
 *
 * @example
 * ```ts
 * import { parseReconstructions } from "./reconstructions.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const even = Array(48).fill(1);
 * const file = {
 *   order: "train",
 *   wafers: [even],
 *   reconstructions: { exact_emd: [even] },
 *   emd: { exact_emd: [0] },
 * };
 * assertEquals(parseReconstructions(JSON.stringify(file)).emd.exact_emd, [0]);
 * ```
 */
export function parseReconstructions(json: Uint8Array | string): Reconstructions {
  const text = typeof json === "string" ? json : new TextDecoder().decode(json);
  const root = JSON.parse(text) as Reconstructions;
  checkFields(root, FIELDS, "", WHAT);
  if (root.order !== "train") {
    throw new RangeError(
      `Cannot read ${WHAT}: order must be train, current value is ${root.order}`,
    );
  }
  _checkWafers(root.wafers, "wafers", root.wafers.length);
  const empty = root.wafers.findIndex((charges) => charges.every((charge) => charge === 0));
  if (empty >= 0) throw new RangeError(`Cannot read ${WHAT}: wafers[${empty}] must have charge`);
  for (const [loss, outputs] of Object.entries(root.reconstructions)) {
    _checkWafers(outputs, `reconstructions of ${loss}`, root.wafers.length);
    _checkNumbers(root.emd[loss], `emd of ${loss}`, root.wafers.length);
  }
  return root;
}

function _checkWafers(list: readonly (readonly number[])[], path: string, count: number): void {
  checkKind(list, "array", path, WHAT);
  _checkLength(list, path, count);
  list.forEach((charges, wafer) => _checkNumbers(charges, `${path}[${wafer}]`, CELLS));
}

function _checkNumbers(list: readonly number[], path: string, count: number): void {
  checkKind(list, "array", path, WHAT);
  _checkLength(list, path, count);
  list.forEach((value, i) => {
    checkKind(value, "number", `${path}[${i}]`, WHAT);
    if (value >= 0) return;
    throw new RangeError(
      `Cannot read ${WHAT}: ${path}[${i}] must be >= 0, current value is ${value}`,
    );
  });
}

function _checkLength(list: readonly unknown[], path: string, count: number): void {
  if (list.length === count) return;
  throw new TypeError(
    `Cannot read ${WHAT}: ${path} must have ${count} entries, current number is ${list.length}`,
  );
}
