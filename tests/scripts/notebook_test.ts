import { assert, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, notebookNames } from "../../scripts/notebook.ts";
import { helpText } from "../../scripts/std/command.ts";
import { checkNotebooks } from "../../scripts/std/notebook_check.ts";
import { codeCells, parseNotebook, textOf } from "../../scripts/std/notebook_file.ts";
import { notebookTitle } from "../../scripts/std/notebook_page.ts";
import { outputKinds, runNotebook } from "../../scripts/std/notebook_run.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL(".", import.meta.url);
const NOTEBOOKS = new URL("notebooks/", ROOT);
const CAN_READ = permission({ name: "read", path: ROOT });
const NEEDS = [
  CAN_READ,
  permission({ name: "write", path: HERE }),
  permission({ name: "run", command: "deno" }),
  permission({ name: "net", host: "127.0.0.1" }),
];

/** tests/system/notebooks_system.ts executes and checks all. */
const QUICK = ["01_wafer_and_encodings.ipynb", "02_exact_emd.ipynb"];

for (const name of QUICK) {
  testNeeding(NEEDS, `${name}, executed from clean, gives outputs of the kinds kept`, async () => {
    const url = new URL(name, NOTEBOOKS);
    const executed = await runNotebook(url, { temporary: HERE });
    const kept = parseNotebook(await Deno.readTextFile(url), name);
    assertEquals(outputKinds(executed), outputKinds(kept));
  });
}

testNeeding(
  [CAN_READ],
  "each notebook has a title, figures of both kinds, exercises, no errors",
  async () => {
    const names = await notebookNames();
    assert(names.length >= 6);
    for (const name of names) {
      const text = await Deno.readTextFile(new URL(name, NOTEBOOKS));
      const notebook = parseNotebook(text, name);
      assert(notebookTitle(notebook).startsWith(`${Number(name.slice(0, 2))}. `), name);
      const last = notebook.cells.findLast((cell) => cell.cell_type === "markdown")!;
      assert(/^## Exercises$/m.test(textOf(last.source)), name);
      const kinds = outputKinds(notebook).join("\n");
      assert(/plotly\S* image\/svg\+xml text\/html/.test(kinds), `${name} has plots`);
      assert(!/Error/.test(kinds), name);
      const codes = codeCells(notebook);
      assertEquals(codes.map((cell) => cell.execution_count), codes.map((_, k) => k + 1), name);
      assert(text.length < 400_000, `${name} has ${text.length} bytes`);
      assert(!text.includes("Plotly.js v") && !text.includes("plotly.js/LICENSE"), name);
    }
  },
);

testNeeding(NEEDS, "the types in the quick notebooks fit", async () => {
  const urls = QUICK.map((name) => new URL(name, NOTEBOOKS));
  assertEquals(await checkNotebooks(urls, HERE), "");
});

testNeeding(
  [CAN_READ],
  "deno task notebook has exactly the permissions that --help tells",
  async () => {
    const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
    const flags = tasks.notebook.command.match(/--allow-\S+/g);
    assertEquals(flags, Object.keys(COMMAND.permissions));
    assert(helpText(COMMAND).includes("--html"));
  },
);

testNeeding([CAN_READ], "notebookNames() refuses a beginning that no name has", async () => {
  assertEquals((await notebookNames("01")).length, 1);
  await assertRejects(() => notebookNames("99"), RangeError, "begins with 99");
});
