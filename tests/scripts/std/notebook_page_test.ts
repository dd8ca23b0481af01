import { assert, assertEquals } from "@std/assert";
import type { CellOutput, Notebook } from "../../../scripts/std/notebook_file.ts";
import { notebookPage, notebookTitle } from "../../../scripts/std/notebook_page.ts";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';

Deno.test("notebookPage() shows texts, code and outputs in their order, escaped", () => {
  const page = _page([
    { output_type: "stream", name: "stdout", text: ["a < b\n"] },
    {
      output_type: "display_data",
      data: { "image/svg+xml": SVG, "text/plain": "no" },
      metadata: {},
    },
    {
      output_type: "execute_result",
      execution_count: 1,
      data: { "text/plain": "42" },
      metadata: {},
    },
    { output_type: "error", ename: "RangeError", evalue: "boom", traceback: [] },
  ]);
  const parts = [
    "<h1>1. A &amp; B</h1>",
    "</span> &lt; <span",
    "a &lt; b</pre>",
    SVG,
    ">42</pre>",
    "RangeError: boom",
  ];
  const places = parts.map((part) => page.indexOf(part));
  assert(places.every((place) => place > 0), `${places}`);
  assertEquals(places, places.toSorted((one, other) => one - other));
  assert(page.includes("<title>1. A &amp; B</title>"));
});

Deno.test("notebookPage() takes HTML rather than SVG, SVG rather than words", () => {
  const data = { "text/plain": "words", "image/svg+xml": SVG, "text/html": "<b>html</b>" };
  const page = _page([{ output_type: "display_data", data, metadata: {} }]);
  assert(page.includes("<b>html</b>") && !page.includes(SVG) && !page.includes("words"));
});

Deno.test("notebookPage() holds Plotly exactly if there is a plot", () => {
  const plot = { "application/vnd.plotly.v1+json": { data: [], layout: {} }, "text/html": "" };
  assert(_page([]).length < 1e5);
  assert(_page([{ output_type: "display_data", data: plot, metadata: {} }]).length > 1e6);
});

Deno.test("notebookPage() needs nothing from elsewhere, and links the other pages", () => {
  const page = _page([]);
  assertEquals(page.match(/<(link|img|iframe)|src=|@import|url\(/g), null);
  assert(page.includes('<a href="1.html" aria-current="page">One</a>'));
  assert(page.includes('<a href="2.html">Two &lt;</a>'));
});

Deno.test("notebookTitle() is the first heading", () => {
  assertEquals(notebookTitle(_notebook([])), "1. A & B");
  assertEquals(notebookTitle({ ..._notebook([]), cells: [] }), "Notebook");
});

function _page(outputs: readonly CellOutput[]): string {
  const pages = [{ href: "1.html", title: "One" }, { href: "2.html", title: "Two <" }];
  return notebookPage(_notebook(outputs), pages, "1.html");
}

function _notebook(outputs: readonly CellOutput[]): Notebook {
  return {
    cells: [
      { cell_type: "markdown", id: "a", metadata: {}, source: ["# 1. A & B\n", "\n", "Text"] },
      {
        cell_type: "code",
        id: "b",
        metadata: {},
        source: "1 < 2",
        execution_count: 1,
        outputs,
      },
    ],
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  };
}
