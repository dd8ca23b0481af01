import { assertEquals, assertThrows } from "@std/assert";
import {
  codeCells,
  formatNotebook,
  type Notebook,
  parseNotebook,
  textOf,
} from "../../../scripts/std/notebook_file.ts";

const NOTEBOOK: Notebook = {
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: "# Title\n\ntext" },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      source: "1;\n2",
      execution_count: 1,
      outputs: [
        { output_type: "stream", name: "stdout", text: "x\ny\n" },
        {
          output_type: "display_data",
          data: { "text/plain": "a\nb", "application/json": { k: [1] } },
          metadata: {},
        },
      ],
    },
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};

Deno.test("formatNotebook() splits texts into lines, as nbformat stores them", () => {
  const written = JSON.parse(formatNotebook(NOTEBOOK));
  assertEquals(written.cells[0].source, ["# Title\n", "\n", "text"]);
  assertEquals(written.cells[1].source, ["1;\n", "2"]);
  assertEquals(written.cells[1].outputs[0].text, ["x\n", "y\n"]);
  const data = { "text/plain": ["a\n", "b"], "application/json": { k: [1] } };
  assertEquals(written.cells[1].outputs[1].data, data);
});

Deno.test("what formatNotebook() wrote reads back, and is written the same again", () => {
  const text = formatNotebook(NOTEBOOK), read = parseNotebook(text, "n.ipynb");
  assertEquals(textOf(codeCells(read)[0].source), "1;\n2");
  assertEquals(formatNotebook(read), text);
});

Deno.test("parseNotebook() names the file that is no notebook of nbformat 4", () => {
  const message = (text: string) => assertThrows(() => parseNotebook(text, "n.ipynb"), TypeError);
  assertEquals(message("{").message, "Cannot read notebook n.ipynb: it is no JSON");
  assertEquals(
    message('{"nbformat": 3, "worksheets": []}').message,
    "Cannot read notebook n.ipynb: nbformat must be 4, current value is 3",
  );
  assertEquals(
    message("null").message,
    "Cannot read notebook n.ipynb: nbformat must be 4, current value is undefined",
  );
});
