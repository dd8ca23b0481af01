/**
 * Whether what options name can be written where it shall be.
 *
 * @module
 */
import { dirname } from "node:path";
import type { Command, CommandOptions } from "./command.ts";

/**
 * Finds an option that names a folder to write where there is something else, before hours of work.
 *
 * @param command The script.
 * @param values The values of its options. What may not be read is let be.
 * @returns What is wrong, in a sentence; `undefined` if nothing is.
 */
export async function misplacedOutput(
  command: Command<CommandOptions>,
  values: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  for (const [name, option] of Object.entries(command.options)) {
    const value = values[name];
    if (option.kind !== "text" || typeof value !== "string" || value === "") continue;
    if (option.names !== "output folder" && option.names !== "output file") continue;
    const folder = option.names === "output file" ? dirname(value) : value;
    if (await _canBeFolder(folder)) continue;
    return `Cannot run ${command.script}: --${name} is to be written in ${folder}, ` +
      `which is a file or lies in one`;
  }
  return undefined;
}

/** Whether it is a folder, or can be made. */
async function _canBeFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    return (error as { code?: string }).code !== "ENOTDIR";
  }
}
