/**
 * Notebooks executed from clean, on Deno's own kernel. (`jupyter nbconvert --execute` loses outputs:
 * it believes the kernel, which reports to be idle too early.)
 *
 * @module
 */
import {
  type CellOutput,
  type CodeCell,
  codeCells,
  type Notebook,
  parseNotebook,
  textOf,
} from "./notebook_file.ts";
import { NotebookKernel } from "./notebook_kernel.ts";

/** Options of {@linkcode runNotebook}. */
export interface RunNotebookOptions {
  /** Existing folder for a file that is removed again. */
  readonly temporary: URL;
  /** How long each cell may take, seconds. @default {300} */
  readonly patience?: number;
  /** Told of each code cell before it runs, counted from 1, and how many there are. */
  readonly onCell?: (cell: number, cells: number) => void;
}

/**
 * Executes a notebook in a new kernel, in the notebook's folder. It may do all that its user may.
 *
 * @param url The notebook's file, which stays as it is.
 * @param options Where to put a temporary file, and how long to wait.
 * @returns The notebook with the outputs of this run.
 * @throws {TypeError} If the file is no notebook.
 * @throws {Error} If a cell throws or takes too long; the error names file, cell and reason.
 */
export async function runNotebook(url: URL, options: RunNotebookOptions): Promise<Notebook> {
  const name = url.pathname.split("/").at(-1)!;
  const notebook = parseNotebook(await Deno.readTextFile(url), name);
  const count = codeCells(notebook).length;
  await using kernel = await NotebookKernel.start({ ...options, folder: new URL(".", url) });
  let number = 0;
  const cells: Notebook["cells"][number][] = [];
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") {
      cells.push(cell);
      continue;
    }
    number++;
    options.onCell?.(number, count);
    const outputs = await kernel.execute(textOf(cell.source), number).catch((error: Error) => {
      throw new Error(`Cannot run notebook ${name}: cell ${number}: ${error.message}`);
    });
    const failed = outputs.find((output) => output.output_type === "error");
    if (failed) {
      const { ename, evalue } = failed;
      throw new Error(`Cannot run notebook ${name}: cell ${number}: ${ename}: ${evalue}`);
    }
    cells.push({ ...cell, execution_count: number, outputs });
  }
  return { ...notebook, cells };
}

/**
 * What kinds of outputs a notebook's cells have, in words: for each code cell, in order, the streams and
 * the MIME types of what it shows. Runs that differ in numbers alone are equal in kind.
 *
 * @param notebook The notebook.
 * @returns For example `["stdout", "", "image/svg+xml text/html text/plain"]`.
 */
export function outputKinds(notebook: Notebook): string[] {
  return codeCells(notebook).map(({ outputs }: CodeCell) => outputs.map(_kind).sort().join(", "));
}

function _kind(output: CellOutput): string {
  switch (output.output_type) {
    case "stream":
      return output.name;
    case "error":
      return output.ename;
    default:
      return Object.keys(output.data).sort().join(" ");
  }
}
