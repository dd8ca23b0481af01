/** A value that JSON can hold without loss. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** An object of {@linkcode Json} values, for example the configuration of an experiment. */
export type JsonObject = { readonly [name: string]: Json };

/**
 * Writes a value as JSON in one way only: object keys sorted by code unit, no choice of spacing.
 * Equal values give equal text, whatever order their keys were set in.
 *
 * Properties that are `undefined` count as absent. What JSON would quietly change (NaN, infinities,
 * dates, maps, typed arrays) is refused.
 *
 * @param value A plain value: null, booleans, finite numbers, strings, arrays, plain objects.
 * @param options `indent`: spaces a level; default 0, everything on one line.
 * @returns The text, without a newline at the end.
 * @throws {RangeError} If a number is not finite.
 * @throws {TypeError} If a part is neither plain nor JSON, or holds itself.
 *
 * @example
 * ```ts
 * import { canonicalJson } from "@hexmover/hexmover/experiments";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(canonicalJson({ b: 1, a: [true, null] }), '{"a":[true,null],"b":1}');
 * ```
 */
export function canonicalJson(value: unknown, options: { indent?: number } = {}): string {
  return JSON.stringify(_sorted(value, "value", []), null, options.indent ?? 0);
}

/** A copy with sorted keys; `path` names the part in errors, `above` are the objects that hold it. */
function _sorted(value: unknown, path: string, above: readonly unknown[]): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return value;
    throw new RangeError(
      `Cannot write JSON: ${path} must be a finite number, current value is ${value}`,
    );
  }
  if (above.includes(value)) throw new TypeError(`Cannot write JSON: ${path} holds itself`);
  const inside = [...above, value];
  if (Array.isArray(value)) {
    // Array.from also visits holes, which are refused as undefined.
    return Array.from(value, (item, index) => _sorted(item, `${path}[${index}]`, inside));
  }
  if (!_isPlainObject(value)) {
    throw new TypeError(
      `Cannot write JSON: ${path} must be plain data, current value is ${_kind(value)}`,
    );
  }
  // Without a prototype, so that a key named __proto__ stays a key.
  const copy: Record<string, Json> = Object.create(null);
  for (const name of Object.keys(value).sort()) {
    if (value[name] !== undefined) copy[name] = _sorted(value[name], `${path}.${name}`, inside);
  }
  return copy;
}

function _isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function _kind(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  return `a ${value.constructor?.name ?? "object"}`;
}
