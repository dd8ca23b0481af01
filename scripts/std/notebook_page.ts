/**
 * Notebooks as web pages that need no server, no network and no Jupyter.
 *
 * @module
 */
import hljs from "npm:highlight.js@11.12.0/lib/core";
import typescript from "npm:highlight.js@11.12.0/lib/languages/typescript";
import { escapeXml } from "../../src/experiments/svg.ts";
import { plotlyScript } from "../../src/experiments/notebook_plotly.ts";
import {
  type CellOutput,
  type CodeCell,
  codeCells,
  type MimeBundle,
  type Notebook,
  textOf,
} from "./notebook_file.ts";
import { markdownHtml } from "./notebook_markdown.ts";
import style from "./notebook_page.css" with { type: "text" };

hljs.registerLanguage("typescript", typescript);

/** A page among others. */
export interface PageLink {
  /** Its file, from this page's folder. */
  readonly href: string;
  /** What it is about. */
  readonly title: string;
}

/**
 * Renders a notebook with its outputs as one HTML file. Figures are static pictures, which Plotly, when
 * it has been loaded from within the page, replaces by interactive ones.
 *
 * @param notebook The notebook, executed.
 * @param pages All pages to link to, in order.
 * @param href Which of them this one is.
 * @returns The page.
 */
export function notebookPage(
  notebook: Notebook,
  pages: readonly PageLink[],
  href: string,
): string {
  const title = escapeXml(notebookTitle(notebook));
  let number = 0;
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? _codeCell(cell, ++number) : markdownHtml(textOf(cell.source))
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${style}</style>
${_hasPlots(notebook) ? `<script>${plotlyScript()}</script>` : ""}
</head>
<body>
<nav aria-label="Notebooks">
<ol>
${pages.map((page) => _link(page, page.href === href)).join("\n")}
</ol>
</nav>
<main>
${cells.join("\n")}
</main>
</body>
</html>
`;
}

/**
 * The first heading of a notebook.
 *
 * @param notebook The notebook.
 * @returns Its text; `"Notebook"` where there is none.
 */
export function notebookTitle(notebook: Notebook): string {
  const text = notebook.cells
    .filter((cell) => cell.cell_type === "markdown")
    .map((cell) => textOf(cell.source))
    .join("\n");
  return /^# (.+)$/m.exec(text)?.[1] ?? "Notebook";
}

function _codeCell(cell: CodeCell, number: number): string {
  const code = hljs.highlight(textOf(cell.source), { language: "typescript" }).value;
  return `<section aria-label="Cell ${number}">
<pre class="code" tabindex="0"><code>${code}</code></pre>
${cell.outputs.map(_output).join("\n")}
</section>`;
}

function _output(output: CellOutput): string {
  switch (output.output_type) {
    case "stream":
      return _text(textOf(output.text), output.name);
    case "error":
      return _text(`${output.ename}: ${output.evalue}`, "stderr");
    default:
      return _shown(output.data);
  }
}

/** The best form that a page can show without help. */
function _shown(data: MimeBundle): string {
  const best = ["text/html", "image/svg+xml"].find((type) => type in data);
  if (best !== undefined) return `<figure tabindex="0">${textOf(data[best])}</figure>`;
  return _text(textOf(data["text/plain"] ?? ""), "result");
}

function _text(text: string, kind: string): string {
  return `<pre class="${kind}" tabindex="0">${escapeXml(text.trimEnd())}</pre>`;
}

function _hasPlots(notebook: Notebook): boolean {
  return codeCells(notebook).some(({ outputs }) =>
    outputs.some((output) => "data" in output && "application/vnd.plotly.v1+json" in output.data)
  );
}

function _link({ href, title }: PageLink, isHere: boolean): string {
  const current = isHere ? ' aria-current="page"' : "";
  return `<li><a href="${escapeXml(href)}"${current}>${escapeXml(title)}</a></li>`;
}
