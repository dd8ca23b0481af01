/**
 * A script as seen from the command line: one description gives both the parsing of its options and
 * the text of `--help`.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { missingPermission, refusedPermission } from "./command_permissions.ts";
import { didYouMean } from "./nearest_word.ts";
import { misplacedOutput } from "./output_places.ts";

/** An option with a text as its value. */
export interface TextOption {
  kind: "text";
  /** What it does, for `--help`. */
  describe: string;
  /** The value's name in `--help`, for example "FILE.csv". */
  value: string;
  /** Value when not given; without it the option is `undefined` when not given. */
  default?: string;
  /**
   * What the value names, where it always does (of inputs also several, with commas between): so
   * permission for it can be asked for before hours of work. Nothing by default.
   */
  names?: "input" | "output file" | "output folder" | "program";
}

/** An option with one of a few words as its value. */
export interface ChoiceOption<W extends string = string> {
  kind: "choice";
  /** What it does, for `--help`. */
  describe: string;
  /** The words. */
  choices: readonly W[];
  /** Word when not given. */
  default: NoInfer<W>;
}

/** An option with an integer as its value. */
export interface IntegerOption {
  kind: "integer";
  /** What it does, for `--help`. */
  describe: string;
  /** Smallest value that makes sense. Default none. */
  least?: number;
  /** Value when not given. */
  default: number;
}

/** An option without a value. */
export interface FlagOption {
  kind: "flag";
  /** What it does, for `--help`. */
  describe: string;
}

/** An option of a command. */
export type CommandOption = TextOption | ChoiceOption | IntegerOption | FlagOption;

/** A script's options by name, without the dashes. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** The values of a script's options. */
export type CommandValues<O extends CommandOptions> = {
  readonly [K in keyof O]: O[K] extends FlagOption ? boolean
    : O[K] extends IntegerOption ? number
    : O[K] extends ChoiceOption<infer W> ? W
    : O[K] extends { default: string } ? string
    : string | undefined;
};

/** A script: what it does, what it may touch and how it is called. */
export interface Command<O extends CommandOptions> {
  /** The script, from the project's root: "scripts/make_sample.ts". */
  script: string;
  /** What it does. */
  summary: string;
  /** Permission flags, each with what it is needed for: "the input and earlier results". */
  permissions: Readonly<Record<string, string>>;
  /** Options; `help` is added. */
  options: O;
  /** Arguments of an example, for instance "--seed 7". */
  example: string;
}

/**
 * Runs a script's main function with the values of its options, or prints the help. Permissions are
 * asked for first, so that one that is missing is known at once. Wrong arguments, files or permissions
 * that are missing, and wrong input end with one line on standard error and exit code 1; any other error
 * is passed on, with its stack.
 *
 * @param command The script's description.
 * @param main What the script does.
 * @param args The arguments. Default `Deno.args`.
 */
export async function runCommand<const O extends CommandOptions>(
  command: Command<O>,
  main: (values: CommandValues<O>) => void | Promise<unknown>,
  args: readonly string[] = Deno.args,
): Promise<void> {
  let values: CommandValues<O> | undefined;
  try {
    values = parseCommand(command, args);
  } catch (error) {
    _fail(`${(error as Error).message} (--help says more)`);
    return;
  }
  if (values === undefined) {
    console.log(helpText(command));
    return;
  }
  const wrong = await missingPermission(command, values) ?? await misplacedOutput(command, values);
  if (wrong !== undefined) {
    _fail(wrong);
    return;
  }
  try {
    await main(values);
  } catch (error) {
    const refused = refusedPermission(command, error);
    if (refused === undefined && !_saysItAll(error)) throw error;
    _fail(refused ?? (error as Error).message);
  }
}

/**
 * Parses a script's arguments.
 *
 * @param command The script's description.
 * @param args The arguments.
 * @returns The value of each option, or `undefined` when `--help` (or `-h`) is among them.
 * @throws {TypeError} If an option is unknown or lacks its value, or an argument is not an option.
 * @throws {RangeError} If a value is not a possible one.
 */
export function parseCommand<const O extends CommandOptions>(
  command: Command<O>,
  args: readonly string[],
): CommandValues<O> | undefined {
  const names = Object.keys(command.options);
  const isFlag = (name: string) => command.options[name].kind === "flag";
  const given: Record<string, unknown> = parseArgs(args, {
    boolean: [...names.filter(isFlag), "help"],
    string: names.filter((name) => !isFlag(name)),
    alias: { help: "h" },
    unknown: (argument) => {
      throw new TypeError(
        `Cannot run ${command.script}: unknown ${_kindOf(argument)}` +
          didYouMean(argument, [...names, "help"].map((name) => `--${name}`)),
      );
    },
  });
  if (given.help) return undefined;
  return Object.fromEntries(
    names.map((name) => [name, _value(command.script, name, command.options[name], given[name])]),
  ) as CommandValues<O>;
}

/**
 * The text of `--help`: summary, usage, options with their defaults, permissions and an example.
 *
 * @param command The script's description.
 * @returns The text, of several lines.
 */
export function helpText<const O extends CommandOptions>(command: Command<O>): string {
  const options = Object.entries<CommandOption>(command.options).map(([name, option]) => {
    const fallback = "default" in option ? ` [default: ${option.default}]` : "";
    return [`--${name}${_placeholder(option)}`, `${option.describe}${fallback}`] as const;
  });
  return [
    command.summary,
    `\nUsage:\n  ${_usage(command)}`,
    `\nOptions:\n${_twoColumns([...options, ["--help, -h", "Print this text"]])}`,
    `\nPermissions:\n${_twoColumns(Object.entries(command.permissions)) || "  none"}`,
    `\nExample:\n  ${_run(command)} ${command.example}`,
  ].join("\n");
}

function _fail(message: string): void {
  console.error(message);
  Deno.exitCode = 1;
}

/**
 * Errors that the caller can put right, and whose message says how: those of the operating system
 * (ENOENT, ENOSPC), and what this project says of wrong input ("Cannot do this: because of that").
 */
function _saysItAll(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isOfSystem = "code" in error && /^E[A-Z]+$/.test(String(error.code));
  return isOfSystem || /^Cannot .+: /.test(error.message);
}

function _value(script: string, name: string, option: CommandOption, given: unknown): unknown {
  if (option.kind === "flag" || given === undefined) {
    return given ?? ("default" in option ? option.default : undefined);
  }
  const text = given as string;
  if (option.kind === "choice" && !option.choices.includes(text)) {
    throw new RangeError(
      `Cannot run ${script}: --${name} must be one of ${option.choices.join(", ")}, ` +
        `current value is ${text}${didYouMean(text, option.choices)}`,
    );
  }
  if (option.kind !== "integer") return text;
  const least = option.least ?? -Infinity;
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(value) || value < least) {
    const range = option.least === undefined ? "" : ` >= ${option.least}`;
    throw new RangeError(
      `Cannot run ${script}: --${name} must be an integer${range}, current value is ${text}`,
    );
  }
  return value;
}

function _kindOf(argument: string): string {
  return `${argument.startsWith("-") ? "option" : "argument"} ${argument}`;
}

function _run(command: Pick<Command<CommandOptions>, "script" | "permissions">): string {
  return ["deno run --no-prompt", ...Object.keys(command.permissions), command.script].join(" ");
}

function _usage(command: Pick<Command<CommandOptions>, "script" | "permissions">): string {
  return `${_run(command)} [options]`;
}

function _placeholder(option: CommandOption): string {
  if (option.kind === "flag") return "";
  if (option.kind === "integer") return " N";
  return option.kind === "choice" ? ` ${option.choices.join("|")}` : ` ${option.value}`;
}

function _twoColumns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join("\n");
}
