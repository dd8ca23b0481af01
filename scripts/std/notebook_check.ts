/**
 * Types in notebooks: the kernel ignores them, and `deno check` does not read notebooks.
 *
 * @module
 */
import project from "../../deno.json" with { type: "json" };
import { codeCells, type Notebook, parseNotebook, textOf } from "./notebook_file.ts";

/** Begins the line before a cell, which ends with the cell's number. */
const CELL = "// cell ";

/**
 * A notebook's cells as one module, which means the same wherever it lies.
 *
 * @param notebook The notebook.
 * @param url Its file, for what its imports are relative to.
 * @returns TypeScript. Each cell comes after a comment with its number.
 */
export function notebookModule(notebook: Notebook, url: URL): string {
  const cells = codeCells(notebook).map(({ source }, k) =>
    `${CELL}${k + 1}\n${_withAbsoluteImports(textOf(source), url)}\n;`
  );
  return [...cells, "export {};\n"].join("\n");
}

/**
 * Checks the types of notebooks, the cells of each taken as one module, all in one run.
 *
 * @param urls The notebooks' files, of different names.
 * @param temporary Existing folder for files that are removed again.
 * @returns What `deno check` complains of, by notebook, cell and line; `""` for nothing.
 * @throws {TypeError} If a file is no notebook.
 */
export async function checkNotebooks(urls: readonly URL[], temporary: URL): Promise<string> {
  const modules = new Map<string, string>();
  for (const url of urls) {
    const name = url.pathname.split("/").at(-1)!;
    modules.set(name, notebookModule(parseNotebook(await Deno.readTextFile(url), name), url));
  }
  const dir = decodeURIComponent(temporary.pathname);
  const folder = await Deno.makeTempDir({ dir, prefix: ".check_" });
  try {
    for (const [name, module] of modules) await Deno.writeTextFile(`${folder}/${name}.ts`, module);
    const complaints = await _complaints(folder, [...modules.keys()].map((name) => `${name}.ts`));
    return complaints.replace(
      new RegExp(`file://${folder}/(\\S+?)\\.ts:(\\d+):\\d+`, "g"),
      (_, name, line) => `${name}, ${_cellAndLine(modules.get(name)!, Number(line))}`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function _complaints(folder: string, files: readonly string[]): Promise<string> {
  // The project's options, but not its list of folders to leave out: this one may be among them.
  const { compilerOptions } = project;
  await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ compilerOptions }));
  const { success, stderr } = await new Deno.Command("deno", {
    args: ["check", "--quiet", "--no-lock", "--config", "deno.json", ...files],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  if (success) return "";
  return new TextDecoder().decode(stderr).split("\nerror: Type checking failed")[0].trim();
}

/** Where in the notebook a line of the module stands, both counted from 1. */
function _cellAndLine(module: string, line: number): string {
  const above = module.split("\n").slice(0, line);
  const first = above.findLastIndex((text) => text.startsWith(CELL));
  return `cell ${above[first].slice(CELL.length)}, line ${line - 1 - first}`;
}

/** `from "../mod.ts"` as the full address of the module. */
function _withAbsoluteImports(code: string, url: URL): string {
  return code.replace(
    /(\bfrom\s*|\bimport\s*\(?\s*)"(\.{1,2}\/[^"]+)"/g,
    (_, before, specifier) => `${before}"${new URL(specifier, url).href}"`,
  );
}
