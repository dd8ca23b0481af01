import { assertEquals, assertRejects } from "@std/assert";
import { formatNotebook, type Notebook } from "../../../scripts/std/notebook_file.ts";
import { outputKinds, runNotebook } from "../../../scripts/std/notebook_run.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "run", command: "deno" }),
  permission({ name: "net", host: "127.0.0.1" }),
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

testNeeding(
  NEEDS,
  "runNotebook() replaces outputs, counts code cells and keeps all else",
  async () => {
    const notebook = _notebook(["const n: number = 6 * 7;", "n"]);
    const seen: number[][] = [];
    const executed = await _run(notebook, (cell, cells) => seen.push([cell, cells]));
    assertEquals(seen, [[1, 2], [2, 2]]);
    assertEquals(executed.cells[0], notebook.cells[0]);
    assertEquals(executed.metadata, notebook.metadata);
    const code = executed.cells.filter((cell) => cell.cell_type === "code");
    assertEquals(code.map((cell) => cell.execution_count), [1, 2]);
    assertEquals(
      code.map((cell) => cell.outputs.length),
      [0, 1],
      "outputs of an earlier run are gone",
    );
  },
);

testNeeding(
  NEEDS,
  "runNotebook() names the cell that throws, counting code cells alone",
  async () => {
    const notebook = _notebook(["1", `console.log("here"); throw new RangeError("boom")`, "2"]);
    await assertRejects(
      () => _run(notebook),
      Error,
      "Cannot run notebook test.ipynb: cell 2: RangeError: boom",
    );
  },
);

Deno.test("outputKinds() tells kinds of outputs and not their numbers", () => {
  const stream = { output_type: "stream", name: "stdout", text: "0.3 s\n" } as const;
  const shown = {
    output_type: "display_data",
    data: { "text/plain": "1", "image/svg+xml": "<svg/>" },
    metadata: {},
  } as const;
  const notebook = _notebook(["1", "2"], [[shown, stream], []]);
  assertEquals(outputKinds(notebook), ["image/svg+xml text/plain, stdout", ""]);
  const later = _notebook(["1", "2"], [[{ ...stream, text: "0.4 s\n" }, shown], []]);
  assertEquals(outputKinds(later), outputKinds(notebook));
});

function _notebook(
  codes: readonly string[],
  outputs: readonly Extract<Notebook["cells"][number], { cell_type: "code" }>["outputs"][] = [],
): Notebook {
  const old = { output_type: "stream", name: "stdout", text: "an earlier run\n" } as const;
  const cells = codes.map((source, k) => ({
    cell_type: "code" as const,
    id: `code-${k}`,
    metadata: {},
    source,
    execution_count: 9,
    outputs: outputs[k] ?? [old],
  }));
  const text = { cell_type: "markdown" as const, id: "text", metadata: {}, source: ["# Title"] };
  return { cells: [text, ...cells], metadata: { kept: true }, nbformat: 4, nbformat_minor: 5 };
}

/** Runs a notebook from a file in a folder of its own. */
async function _run(
  notebook: Notebook,
  onCell?: (cell: number, cells: number) => void,
): Promise<Notebook> {
  const folder = await Deno.makeTempDir({ dir: decodeURIComponent(HERE.pathname), prefix: "nb_" });
  const temporary = new URL(`file://${folder}/`), url = new URL("test.ipynb", temporary);
  try {
    await Deno.writeTextFile(url, formatNotebook(notebook));
    return await runNotebook(url, { temporary, patience: 60, ...onCell && { onCell } });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
