/**
 * The part of `@std/cli` that scripts use, over `node:util`. Names and results are those of
 * `@std/cli`; `deno.jsr.json` maps to the original.
 *
 * Where `@std/cli` guesses, this module refuses: an option that is not declared, and an option
 * that lacks its value, are errors. A command line that passes here means the same there.
 *
 * @module
 */
import { parseArgs as parseTokens } from "node:util";

/** What {@linkcode parseArgs} is told about the options. */
export interface ParseOptions<
  B extends string = string,
  S extends string = string,
  C extends string = string,
  D extends Record<string, unknown> = Record<string, unknown>,
> {
  /** Options without a value; `false` unless given. */
  boolean?: readonly B[];
  /** Options with a value. */
  string?: readonly S[];
  /** Options with a value that may be given several times; all values are kept, in order. */
  collect?: readonly C[];
  /** Boolean options that may be switched off by `--no-NAME`. */
  negatable?: readonly B[];
  /** Values of options that are not given. */
  default?: D;
  /** Further names of an option; a name of one letter is given as `-x`. */
  alias?: Record<string, string | readonly string[]>;
  /** Called with an argument that is not an option, or not a declared one; may throw. */
  unknown?: (argument: string, key?: string, value?: unknown) => unknown;
}

/** What {@linkcode parseArgs} returns: a value for each option, and the rest in `_`. */
export type Args<
  B extends string,
  S extends string,
  C extends string,
  D extends Record<string, unknown>,
> =
  & { _: (string | number)[] }
  & { [K in B]: boolean }
  & { [K in Extract<S, C>]: string[] }
  & { [K in Exclude<S, C>]: string | (K extends keyof D ? D[K] : undefined) };

/**
 * Parses the arguments of a command line.
 *
 * @param args The arguments, usually `Deno.args`.
 * @param options The options that may occur.
 * @returns A value for each option and alias; arguments that are not options are in `_`, as numbers
 * where they look like numbers, and so is everything after `--`.
 * @throws {TypeError} If an option is not declared, or lacks its value.
 *
 * @example
 * ```ts
 * import { parseArgs } from "@std/cli";
 * import { assertEquals } from "@std/assert";
 *
 * const args = parseArgs(["--input=a.csv", "-q", "b.csv"], {
 *   string: ["input"],
 *   boolean: ["quiet"],
 *   alias: { quiet: "q" },
 * });
 * assertEquals(args.input, "a.csv");
 * assertEquals(args.quiet, true);
 * assertEquals(args._, ["b.csv"]);
 * ```
 */
export function parseArgs<
  const B extends string = never,
  const S extends string = never,
  const C extends string = never,
  D extends Record<string, unknown> = Record<never, never>,
>(args: readonly string[], options: ParseOptions<B, S, C, D> = {}): Args<B, S, C, D> {
  const nameOf = _namesByAlias(options);
  const strings = new Set<string>(options.string);
  const collected = new Set<string>(options.collect);
  const negatable = new Set<string>(options.negatable);
  const values: Record<string, unknown> = {};
  const rest: (string | number)[] = [];

  const { tokens } = parseTokens({
    args: [...args],
    options: Object.fromEntries(
      [...nameOf].map(([alias, name]) => [
        alias,
        { type: strings.has(name) ? "string" : "boolean" } as const,
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  let onlyPositionals = false;
  for (const token of tokens) {
    if (token.kind === "option-terminator") {
      onlyPositionals = true;
    } else if (token.kind === "positional") {
      if (onlyPositionals) rest.push(token.value);
      else if (options.unknown?.(token.value) !== false) rest.push(_numberIfOne(token.value));
    } else {
      const name = nameOf.get(token.name);
      if (name === undefined) {
        const positive = nameOf.get(token.name.replace(/^no-/, ""));
        if (positive === undefined || !negatable.has(positive) || token.inlineValue) {
          options.unknown?.(token.rawName, token.name, token.value);
          throw new TypeError(`Cannot parse arguments: unknown option ${token.rawName}`);
        }
        values[positive] = false;
      } else if (!strings.has(name)) {
        const next = args[token.index + 1];
        if (!token.inlineValue && (next === "true" || next === "false")) {
          throw new TypeError(`Cannot parse arguments: write ${token.rawName}=${next}`);
        }
        values[name] = token.value !== "false";
      } else {
        const value = _requiredValue(token);
        if (collected.has(name)) ((values[name] ??= []) as string[]).push(value);
        else values[name] = value;
      }
    }
  }

  for (const [name, value] of Object.entries(options.default ?? {})) values[name] ??= value;
  for (const name of options.boolean ?? []) values[name] ??= false;
  for (const name of collected) values[name] ??= [];
  for (const [alias, name] of nameOf) if (name in values) values[alias] = values[name];
  return { ...values, _: rest } as Args<B, S, C, D>;
}

/** Every name that may stand on the command line, with the option that it means. */
function _namesByAlias(
  options: Pick<ParseOptions, "boolean" | "string" | "alias">,
): Map<string, string> {
  const nameOf = new Map<string, string>();
  for (const name of [...(options.boolean ?? []), ...(options.string ?? [])]) {
    nameOf.set(name, name);
    for (const alias of [options.alias?.[name] ?? []].flat()) nameOf.set(alias, name);
  }
  return nameOf;
}

/** The value of an option; `--pairs --seed 3` and `--pairs=` have none. */
function _requiredValue(
  token: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined },
): string {
  const { rawName, value, inlineValue } = token;
  const isNextOption = !inlineValue && /^-./.test(value ?? "");
  if (value === undefined || value === "" || isNextOption) {
    throw new TypeError(
      `Cannot parse arguments: option ${rawName} needs a value ` +
        `(one that begins with "-" is written ${rawName}=-1)`,
    );
  }
  return value;
}

/** `@std/cli` turns arguments that look like numbers into numbers. */
function _numberIfOne(text: string): string | number {
  const decimal = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/;
  return decimal.test(text) || /^0x[0-9a-f]+$/i.test(text) ? Number(text) : text;
}
