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
 * Checks the types of a notebook's cells, all taken as one module.
 *
 * @param url The notebook's file.
 * @param temporary Existing folder for files that are removed again.
 * @returns What `deno check` complains of, by cell and line; `""` for nothing.
 * @throws {TypeError} If the file is no notebook.
 */
export async function checkNotebook(url: URL, temporary: URL): Promise<string> {
  const name = url.pathname.split("/").at(-1)!;
  const module = notebookModule(parseNotebook(await Deno.readTextFile(url), name), url);
  const folder = await Deno.makeTempDir({
    dir: decodeURIComponent(temporary.pathname),
    prefix: ".check_",
  });
  const file = `${folder}/notebook.ts`, config = `${folder}/deno.json`;
  try {
    await Deno.writeTextFile(file, module);
    // The project's options, but not its list of folders to leave out: this one may be among them.
    await Deno.writeTextFile(config, JSON.stringify({ compilerOptions: project.compilerOptions }));
    const { success, stderr } = await new Deno.Command("deno", {
      args: ["check", "--quiet", "--no-lock", "--config", config, file],
      env: { NO_COLOR: "1" },
    }).output();
    if (success) return "";
    const [complaints] = new TextDecoder().decode(stderr).split("\nerror: Type checking failed");
    return complaints.replace(
      new RegExp(`file://${file}:(\\d+):\\d+`, "g"),
      (_, line) => `${name}, ${_cellAndLine(module, Number(line))}`,
    ).trim();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
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
