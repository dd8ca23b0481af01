/** Kinds of value that {@linkcode checkFields} knows. */
export type FieldKind =
  | "string"
  | "number"
  | "boolean"
  | "array"
  | "object"
  | "number or null"
  | "number or absent"
  | "string or absent"
  | "boolean or absent"
  | "object or absent";

/** The fields of an object, each with its kind. */
export type Fields<T = Record<string, unknown>> = { readonly [K in keyof Required<T>]: FieldKind };

/**
 * Checks that a value which was read is an object with these fields, each of its kind, and no others.
 *
 * @param value The value.
 * @param fields The fields.
 * @param path Where it stands, "" for the whole of what is read.
 * @param what What is being read, for the message.
 * @throws {TypeError} If a field is missing, unknown or of the wrong kind.
 *
 * @example
 * ```ts
 * import { checkFields } from "./check_fields.ts";
 * import { assertThrows } from "@std/assert";
 *
 * checkFields({ seed: 7 }, { seed: "number" }, "", "run");
 * assertThrows(
 *   () => checkFields({ seed: "7" }, { seed: "number" }, "runs[0]", "run"),
 *   TypeError,
 *   'Cannot read run: runs[0].seed must be a number, current value is "7"',
 * );
 * ```
 */
export function checkFields(value: unknown, fields: Fields, path: string, what: string): void {
  checkKind(value, "object", path === "" ? what : path, what);
  const object = value as Record<string, unknown>;
  const prefix = path === "" ? "" : `${path}.`;
  for (const [name, kind] of Object.entries(fields)) {
    checkKind(object[name], kind, prefix + name, what);
  }
  const unknown = Object.keys(object).find((name) => !Object.hasOwn(fields, name));
  if (unknown === undefined) return;
  throw new TypeError(`Cannot read ${what}: ${path || what} has an unknown field "${unknown}"`);
}

/**
 * Checks that a value which was read is of a kind.
 *
 * @param value The value.
 * @param kind Its kind.
 * @param path Where it stands.
 * @param what What is being read, for the message.
 * @throws {TypeError} If it is of another kind.
 */
export function checkKind(value: unknown, kind: FieldKind, path: string, what: string): void {
  const actual = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  const named = actual === "undefined" ? "absent" : actual;
  if (kind.split(" or ").includes(named)) return;
  const article = /^[ao]/.test(kind) ? "an" : "a";
  throw new TypeError(
    `Cannot read ${what}: ${path} must be ${article} ${kind}, current value is ${shown(value)}`,
  );
}

/**
 * A value that was read, as messages show it.
 *
 * @param value The value.
 * @returns JSON, or "absent".
 */
export function shown(value: unknown): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
