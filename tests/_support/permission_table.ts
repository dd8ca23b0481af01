import type { Command, CommandOptions } from "../../scripts/std/command.ts";

/**
 * The rows of docs/permissions.md: a script, a permission, and what it is needed for.
 *
 * @param commands The scripts.
 * @returns Rows of a Markdown table, without its head; its script is named in each.
 */
export function permissionTable(commands: readonly Command<CommandOptions>[]): string[] {
  return commands.flatMap(({ script, permissions }) => {
    const flags = Object.entries(permissions);
    if (flags.length === 0) return [`| \`${script}\` | none | |`];
    return flags.map(([flag, reason]) => `| \`${script}\` | \`${flag}\` | ${reason} |`);
  });
}
