/**
 * What someone downloads who imports one part of the module.
 *
 *     deno run --no-prompt --allow-run=deno scripts/download_sizes.ts
 *
 * @module
 */
import config from "../deno.json" with { type: "json" };
import { type Command, runCommand } from "./std/command.ts";

const OPTIONS = {} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/download_sizes.ts",
  summary: `\
Prints, for each sub-path of the module, what it brings: files of this project, npm packages with all
that those depend on, and bytes of both, as Deno's info tells them once they are in its cache.`,
  permissions: { "--allow-run=deno": "deno info" },
  options: OPTIONS,
  example: "",
};

/** What a sub-path brings. */
export interface DownloadSize {
  /** The sub-path, as in deno.json: `"./wafer"`. */
  readonly path: string;
  /** Files of this project. */
  readonly files: number;
  /** Their bytes. */
  readonly ownBytes: number;
  /** npm packages, those on which others depend included. */
  readonly packages: number;
  /** Bytes of all. */
  readonly bytes: number;
}

/**
 * What each sub-path of deno.json brings.
 *
 * @param paths Of these sub-paths alone; all by default.
 * @returns In deno.json's order.
 */
export async function downloadSizes(
  paths: readonly string[] = Object.keys(config.exports),
): Promise<DownloadSize[]> {
  const entries = Object.entries(config.exports).filter(([path]) => paths.includes(path));
  return await Promise.all(entries.map(([path, module]) => _size(path, module)));
}

/**
 * Sizes as a Markdown table.
 *
 * @param sizes From {@linkcode downloadSizes}.
 * @returns The lines.
 */
export function sizesTable(sizes: readonly DownloadSize[]): string[] {
  const rows = sizes.map(({ path, files, ownBytes, packages, bytes }) => [
    `\`@hexmover/hexmover${path.slice(1)}\``,
    `${files}`,
    _bytes(ownBytes),
    `${packages}`,
    _bytes(bytes),
  ]);
  const heads = ["import", "files", "of this project", "npm packages", "in all"];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}

async function _size(path: string, module: string): Promise<DownloadSize> {
  const { modules, npmPackages }: _Graph = JSON.parse(await _info("--json", module));
  const own = modules.filter(({ specifier }) => specifier.startsWith("file:"));
  const found = new Set(modules.flatMap(({ npmPackage }) => npmPackage ?? []));
  for (const name of found) npmPackages[name].dependencies.forEach((next) => found.add(next));
  const [, total, unit] = /^size: ([\d.]+)([KMG]?B)/m.exec(await _info(module)) ?? [];
  return {
    path,
    files: own.length,
    ownBytes: own.reduce((sum, { size = 0 }) => sum + size, 0),
    packages: found.size,
    bytes: Math.round(Number(total) * 1024 ** ["B", "KB", "MB", "GB"].indexOf(unit)),
  };
}

/** What `deno info --json` tells of a graph. */
interface _Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly size?: number;
    readonly npmPackage?: string;
  }[];
  readonly npmPackages: Readonly<Record<string, { readonly dependencies: readonly string[] }>>;
}

async function _info(...args: string[]): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command("deno", {
    args: ["info", "--no-lock", ...args],
    cwd: new URL("../", import.meta.url),
    env: { NO_COLOR: "1" },
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`Cannot tell sizes: ${new TextDecoder().decode(stderr)}`);
}

function _bytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

if (import.meta.main) {
  await runCommand(COMMAND, async () => {
    for (const line of sizesTable(await downloadSizes())) console.log(line);
  });
}
