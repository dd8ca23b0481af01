import { assert, assertEquals } from "@std/assert";
import { checkNotebooks, notebookModule } from "../../../scripts/std/notebook_check.ts";
import { formatNotebook, type Notebook } from "../../../scripts/std/notebook_file.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "run", command: "deno" }),
  permission({ name: "read", path: HERE }),
  permission({ name: "write", path: HERE }),
];

Deno.test("notebookModule() joins cells, and makes what they import independent of the place", () => {
  const notebook = _notebook([
    'import { a } from "../mod.ts";\nimport "./b.ts";',
    'const c = await import("../c.ts"), d = "./d.ts"',
  ]);
  assertEquals(
    notebookModule(notebook, new URL("file:///project/notebooks/n.ipynb")),
    `// cell 1
import { a } from "file:///project/mod.ts";
import "file:///project/notebooks/b.ts";
;
// cell 2
const c = await import("file:///project/c.ts"), d = "./d.ts"
;
export {};
`,
  );
});

testNeeding(NEEDS, "checkNotebooks() finds nothing in cells that fit together", async () => {
  const importing = 'import { textOf } from "../../../scripts/std/notebook_file.ts";';
  assertEquals(
    await _check([importing, "const text: string = textOf(await Promise.resolve(1));"]),
    "",
  );
});

testNeeding(NEEDS, "checkNotebooks() names cell and line of what does not fit", async () => {
  const complaint = await _check(["const n = 1;", 'const m = n;\nconst text: string = m;\n"";']);
  assert(complaint.includes("TS2322"), complaint);
  assert(complaint.includes("test.ipynb, cell 2, line 2"), complaint);
});

testNeeding(NEEDS, "checkNotebooks() takes the project's compiler options", async () => {
  const complaint = await _check(["const o: { k?: number } = { k: undefined };"]);
  assert(complaint.includes("exactOptionalPropertyTypes"), complaint);
});

function _notebook(codes: readonly string[]): Notebook {
  const cells = codes.map((source, k) => ({
    cell_type: "code" as const,
    id: `code-${k}`,
    metadata: {},
    source,
    execution_count: null,
    outputs: [],
  }));
  return { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

async function _check(codes: readonly string[]): Promise<string> {
  const folder = await Deno.makeTempDir({ dir: decodeURIComponent(HERE.pathname), prefix: "nb_" });
  const temporary = new URL(`file://${folder}/`), url = new URL("test.ipynb", temporary);
  try {
    const text = formatNotebook(_notebook(codes)).replaceAll("../../../", "../../../../");
    await Deno.writeTextFile(url, text);
    return await checkNotebooks([url], temporary);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
