/**
 * Every script of the project, found in its folder, so that none is forgotten by a test.
 *
 * @module
 */
import type { Command, CommandOptions } from "../../scripts/std/command.ts";

/** The project. */
export const PROJECT = new URL("../../", import.meta.url);

/** A script. */
export interface Script {
  /** Its path from the project's root: "scripts/arena.ts". */
  readonly path: string;
  /** Its text. */
  readonly text: string;
  /** What it says of itself; `undefined` where it exports no `COMMAND`. */
  readonly command: Command<CommandOptions> | undefined;
}

/**
 * Finds and loads all scripts. Needs permission to read the project.
 *
 * @returns The scripts, by name.
 */
export async function allScripts(): Promise<Script[]> {
  const files = await Array.fromAsync(Deno.readDir(new URL("scripts/", PROJECT)));
  const names = files.map(({ name }) => name).filter((name) => name.endsWith(".ts")).sort();
  return await Promise.all(names.map(async (name) => ({
    path: `scripts/${name}`,
    text: await Deno.readTextFile(new URL(`scripts/${name}`, PROJECT)),
    command: (await import(`../../scripts/${name}`)).COMMAND,
  })));
}

/** How a program ended, and what it printed. */
export interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a script as its own process. Needs permission to run `deno`.
 *
 * @param path The script, from the project's root.
 * @param flags Its permissions.
 * @param args Its arguments.
 * @param folder Where it runs. Default the project.
 * @returns How it ended.
 */
export async function runScript(
  path: string,
  flags: readonly string[],
  args: readonly string[],
  folder: string | URL = PROJECT,
): Promise<Ending> {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["run", "--lock=tests/deno.lock", "--no-prompt", ...flags, path, ...args],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
