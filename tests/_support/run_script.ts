/**
 * Running scripts: as users do, in a process of its own, or in this one, which is quicker.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import {
  type Command,
  type CommandOptions,
  type CommandValues,
  parseCommand,
} from "../../scripts/std/command.ts";
import { type Need, permission } from "./skips.ts";

/** The project. */
export const PROJECT = new URL("../../", import.meta.url);

/** What {@linkcode inFolder} and scripts that run there need. */
export const FILES: readonly Need[] = [
  permission({ name: "read", path: PROJECT }),
  permission({ name: "write", path: new URL("tests/scripts/", PROJECT) }),
];

/** What {@linkcode runScript} needs. */
export const RUN: Need = permission({ name: "run", command: "deno" });

/** How a program ended, and what it printed. */
export interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a script in a process of its own. Needs permission to run `deno`.
 *
 * @param path The script, from the project's root.
 * @param flags Its permissions.
 * @param args Its arguments.
 * @param project The project, or a copy of it.
 * @returns How it ended.
 */
export async function runScript(
  path: string,
  flags: readonly string[],
  args: readonly string[],
  project: URL = PROJECT,
): Promise<Ending> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["run", "--lock=tests/deno.lock", "--no-prompt", ...flags, path, ...args],
    cwd: project,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/**
 * Runs a script with exactly the permissions that it names; in place of `results` it may write to
 * another folder.
 *
 * @param command The script.
 * @param folder The folder.
 * @param args Its arguments.
 * @returns How it ended.
 */
export async function runAsDocumented(
  command: Pick<Command<CommandOptions>, "script" | "permissions">,
  folder: string,
  args: readonly string[],
): Promise<Ending> {
  const flags = Object.keys(command.permissions)
    .map((flag) => flag === "--allow-write=results" ? `--allow-write=${folder}` : flag);
  return await runScript(command.script, flags, args);
}

/**
 * Runs a script's function in this process.
 *
 * @param command The script.
 * @param main Its function.
 * @param options Its options; a flag has an empty text.
 * @returns The lines that it printed, to standard output and standard error.
 */
export async function runHere<const O extends CommandOptions>(
  command: Command<O>,
  main: (values: CommandValues<O>) => unknown,
  options: Readonly<Record<string, string>>,
): Promise<string[]> {
  const { log, error } = console, lines: string[] = [];
  const args = Object.entries(options)
    .flatMap(([name, value]) => value === "" ? [`--${name}`] : [`--${name}`, value]);
  try {
    console.log = console.error = (line: string) => void lines.push(line);
    await main(parseCommand(command, args)!);
  } finally {
    Object.assign(console, { log, error });
  }
  return lines;
}

/**
 * Makes a folder for one test of scripts, and removes it. Needs permission to write there.
 *
 * @param run What is done in the folder.
 */
export async function inFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const dir = fileURLToPath(new URL("tests/scripts/", PROJECT));
  const folder = await Deno.makeTempDir({ dir, prefix: "_folder_" });
  try {
    await run(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
