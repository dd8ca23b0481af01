/**
 * One word for the code that a module runs, so that a result tells whether its code has changed.
 *
 * @module
 */
import config from "../../deno.json" with { type: "json" };
import { checksum } from "../../src/experiments/key.ts";

const ROOT = new URL("../../", import.meta.url);
/** Tasks and settings; the version, which is all that code takes from it, stands beside the checksum. */
const CONFIGURATION = new URL("deno.json", ROOT).href;

/**
 * SHA-256 of the code that a module of this project runs: of its own file and those that it imports,
 * statically, by `import("...")` or as `new URL("...", import.meta.url)`, and those that these import,
 * each with its path from the project's root. Imports of types alone and of packages are left out;
 * packages have their version in the text. Needs permission to read the project's code, and no other.
 *
 * @param entry URL of the module, for example `import.meta.url`.
 * @returns 64 hexadecimal digits.
 */
export async function codeChecksum(entry: string | URL): Promise<string> {
  const digests = new Map<string, string>();
  const waiting = [new URL(entry).href];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (digests.has(file) || file === CONFIGURATION) continue;
    const bytes = await _read(new URL(file));
    digests.set(file, bytes === undefined ? "absent" : await checksum(bytes));
    if (bytes === undefined || !/\.m?[jt]s$/.test(file)) continue;
    for (const path of importedPaths(new TextDecoder().decode(bytes))) {
      waiting.push(new URL(path, file).href);
    }
  }
  const lines = digests.entries().map(([file, digest]) => `${_fromRoot(file)} ${digest}`);
  return await checksum(new TextEncoder().encode([...lines].sort().join("\n")));
}

/**
 * The version of the code that a module runs, for the key of its results.
 *
 * @param entry URL of the module.
 * @returns The project's version and the first twelve digits of {@linkcode codeChecksum}:
 * `"0.1.0+8f3a5b0c1d2e"`.
 */
export async function codeVersion(entry: string | URL): Promise<string> {
  return `${config.version}+${(await codeChecksum(entry)).slice(0, 12)}`;
}

/**
 * The relative paths that the text of a module names as code or data of its own.
 *
 * @param text The text.
 * @returns The paths, in their order, each once.
 *
 * @example
 * ```ts
 * import { importedPaths } from "./code_checksum.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = `
 *   import { a } from "./a.ts";
 *   import type { B } from "./b.ts";
 *   const worker = new Worker(new URL("./a_worker.ts", import.meta.url));
 *   const later = await import("../later.ts");
 * `;
 * assertEquals(importedPaths(text), ["./a.ts", "./a_worker.ts", "../later.ts"]);
 * ```
 */
export function importedPaths(text: string): string[] {
  const code = text
    .split("\n")
    .filter((line) => !/^\s*(\*|\/\*|\/\/)/.test(line))
    .join("\n")
    .replace(/\b(import|export) type \{[^}]*\} from "[^"]*"/g, "");
  const named = code.matchAll(
    /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*|\bnew URL\(\s*)"(\.{1,2}\/[^"]*)"/g,
  );
  // A URL of a folder says where something is; it is no code.
  return [...new Set([...named].map(([, path]) => path))].filter((path) => !path.endsWith("/"));
}

/** A file; `undefined` when it is absent, as where a text only speaks of an import. */
async function _read(file: URL): Promise<Uint8Array | undefined> {
  try {
    return await Deno.readFile(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function _fromRoot(file: string): string {
  return file.startsWith(ROOT.href) ? file.slice(ROOT.href.length) : file;
}
