/**
 * Notebook files, nbformat 4: cells of text and code, with the outputs of code.
 *
 * @module
 */

/** Data in several forms, by their MIME types; texts may be split into lines. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** What running a cell gave. */
export type CellOutput =
  | {
    readonly output_type: "stream";
    readonly name: "stdout" | "stderr";
    readonly text: string | string[];
  }
  | { readonly output_type: "display_data"; readonly data: MimeBundle; readonly metadata: object }
  | {
    readonly output_type: "execute_result";
    readonly data: MimeBundle;
    readonly metadata: object;
    readonly execution_count: number;
  }
  | {
    readonly output_type: "error";
    readonly ename: string;
    readonly evalue: string;
    readonly traceback: string[];
  };

/** A cell of text, in Markdown. */
export interface TextCell {
  readonly cell_type: "markdown";
  readonly id: string;
  readonly metadata: object;
  readonly source: string | string[];
}

/** A cell of code. */
export interface CodeCell {
  readonly cell_type: "code";
  readonly id: string;
  readonly metadata: object;
  readonly source: string | string[];
  readonly execution_count: number | null;
  readonly outputs: readonly CellOutput[];
}

/** A notebook. */
export interface Notebook {
  readonly cells: readonly (TextCell | CodeCell)[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

/**
 * Reads a notebook.
 *
 * @param text The file's content.
 * @param name The file's name, for errors.
 * @returns The notebook.
 * @throws {TypeError} If it is no notebook of nbformat 4.
 */
export function parseNotebook(text: string, name: string): Notebook {
  let notebook: Partial<Notebook> | null;
  try {
    notebook = JSON.parse(text);
  } catch {
    throw new TypeError(`Cannot read notebook ${name}: it is no JSON`);
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new TypeError(
      `Cannot read notebook ${name}: nbformat must be 4, current value is ${notebook?.nbformat}`,
    );
  }
  return notebook as Notebook;
}

/**
 * Writes a notebook as Jupyter does: one space of indentation, texts split into lines, so that a change
 * shows as a few lines in a comparison of files.
 *
 * @param notebook The notebook.
 * @returns The file's content.
 */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: _lines(textOf(cell.source)),
    ...cell.cell_type === "code" && { outputs: cell.outputs.map(_withLines) },
  }));
  return JSON.stringify({ ...notebook, cells }, null, 1) + "\n";
}

/**
 * A text that may be split into lines.
 *
 * @param text The text, or its lines with their ends.
 * @returns The text.
 */
export function textOf(text: unknown): string {
  return Array.isArray(text) ? text.join("") : String(text);
}

/**
 * The code cells of a notebook, in order.
 *
 * @param notebook The notebook.
 * @returns The cells; the first is the one that people call cell 1.
 */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code");
}

function _withLines(output: CellOutput): CellOutput {
  if (output.output_type === "stream") return { ...output, text: _lines(textOf(output.text)) };
  if (output.output_type === "error") return output;
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === "string" ? _lines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

/** Lines with their ends, as nbformat stores texts. */
function _lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}
