/**
 * Permissions of a script: whether all that it needs is granted, asked before it does anything, and a
 * sentence that names the flag that is missing, and why it is needed.
 *
 * What a script needs follows from its options where they name files, folders or programs: who writes to
 * another folder grants another folder.
 *
 * @module
 */
import { dirname, resolve, sep as SEPARATOR } from "node:path";
import type { Command, CommandOptions, TextOption } from "./command.ts";

/** A flag taken apart: of what kind, and for what alone; an empty list stands for everything. */
interface _Flag {
  readonly kind: string;
  readonly items: readonly string[];
}

/** How a sentence says that a kind of permission was missing for something. */
const DOING: Readonly<Record<string, string>> = {
  read: "read",
  write: "write to",
  run: "run",
  net: "connect to",
  ffi: "load",
  env: "see the variable",
  sys: "see the machine's",
};

/** Kinds whose items are files and folders, and how Deno calls the items of others. */
const PATHS = ["read", "write", "ffi"];
const ITEM_KEYS: Readonly<Record<string, string>> = {
  run: "command",
  net: "host",
  env: "variable",
  sys: "kind",
};

/**
 * Finds the first permission that a script needs and does not have. Nothing is prompted for.
 *
 * Of files, folders and programs that options name, each must be granted. Where options name nothing of
 * a flag's kind, one item of its list must be: not every run needs all of them.
 *
 * @param command The script.
 * @param values The values of its options.
 * @returns What is wrong, in a sentence; `undefined` if nothing is missing.
 */
export async function missingPermission(
  command: Command<CommandOptions>,
  values: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  for (const flag of Object.keys(command.permissions)) {
    const { kind, items } = _parseFlag(flag);
    if (await _isGranted(kind)) continue;
    const named = _named(command, values, kind);
    const needed = named.length > 0 ? named : items;
    const granted = await Promise.all(needed.map((item) => _isGranted(kind, item)));
    if (named.length > 0 ? granted.every(Boolean) : granted.some(Boolean)) continue;
    return _refusal(command, kind, needed[granted.indexOf(false)]);
  }
  return undefined;
}

/**
 * Says of an error of Deno which of a script's permissions was missing.
 *
 * @param command The script.
 * @param error What was thrown: by Deno, or by somebody who passes on what Deno said.
 * @returns What is wrong, in a sentence; `undefined` if the error is of another kind.
 */
export function refusedPermission(
  command: Command<CommandOptions>,
  error: unknown,
): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const refused = /Requires (\w+) access(?: to "?([^",]+)"?)?.*--allow-\1/.exec(error.message);
  return refused === null ? undefined : _refusal(command, refused[1], refused[2]);
}

function _refusal(
  command: Command<CommandOptions>,
  kind: string,
  item: string | undefined,
): string {
  const documented = Object.keys(command.permissions).find((f) => _parseFlag(f).kind === kind);
  const flag = _flagFor(documented, kind, item);
  const reason = documented === undefined ? "" : `, needed for ${command.permissions[documented]}`;
  // Deno does not grant a program that it does not find.
  const installed = kind === "run" ? " (or it is not installed)" : "";
  return `Cannot run ${command.script}: may not ${DOING[kind] ?? `use ${kind} of`} ` +
    `${item ?? "everything"} without ${flag}${installed}${reason}`;
}

/** The documented flag, or one for what its list does not hold. */
function _flagFor(documented: string | undefined, kind: string, item: string | undefined): string {
  const flag = documented ?? `--allow-${kind}`;
  const { items } = _parseFlag(flag);
  if (item === undefined || items.length === 0) return flag;
  const isListed = items.some((listed) =>
    PATHS.includes(kind)
      ? _isInside(item, listed)
      : item === listed || item.startsWith(`${listed}:`)
  );
  return isListed ? flag : `--allow-${kind}=${item}`;
}

function _isInside(path: string, folder: string): boolean {
  return `${resolve(path)}${SEPARATOR}`.startsWith(`${resolve(folder)}${SEPARATOR}`);
}

/** Files, folders or programs for which a kind of permission is needed, as the options name them. */
function _named(
  { options }: Command<CommandOptions>,
  values: Readonly<Record<string, unknown>>,
  kind: string,
): string[] {
  return Object.entries(options).flatMap(([name, option]) => {
    const value = values[name];
    const isNamed = option.kind === "text" && typeof value === "string" && value !== "";
    return isNamed ? _touched(option.names, value, kind) : [];
  });
}

/** What an option's value needs of a kind of permission. */
function _touched(names: TextOption["names"], value: string, kind: string): string[] {
  if (names === "program") return kind === "run" ? [value] : [];
  if (names === "input") return kind === "read" ? value.split(",") : [];
  // Files are written beside their place and then renamed, for which Deno wants to read, too.
  if (names === undefined || kind !== "read" && kind !== "write") return [];
  return [names === "output file" ? dirname(value) : value];
}

function _parseFlag(flag: string): _Flag {
  const [name, list] = flag.split("=");
  return { kind: name.replace("--allow-", ""), items: list?.split(",") ?? [] };
}

async function _isGranted(kind: string, item?: string): Promise<boolean> {
  const key = PATHS.includes(kind) ? "path" : ITEM_KEYS[kind];
  const descriptor = { name: kind, ...(item !== undefined && { [key]: item }) };
  const { state } = await Deno.permissions.query(descriptor as Deno.PermissionDescriptor);
  return state === "granted";
}
