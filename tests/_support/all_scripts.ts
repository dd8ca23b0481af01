/**
 * Every script of the project, found in its folder, so that none is forgotten by a test.
 *
 * @module
 */
import type { Command, CommandOptions } from "../../scripts/std/command.ts";
import { PROJECT } from "./run_script.ts";

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
  const scripts: Script[] = [];
  // One after the other: of two at once, one may see a module that they share half-evaluated.
  for (const name of names) {
    scripts.push({
      path: `scripts/${name}`,
      text: await Deno.readTextFile(new URL(`scripts/${name}`, PROJECT)),
      command: (await import(`../../scripts/${name}`)).COMMAND,
    });
  }
  return scripts;
}
