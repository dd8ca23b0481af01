import { assertEquals, assertRejects } from "@std/assert";
import type { CellOutput } from "../../../scripts/std/notebook_file.ts";
import { NotebookKernel } from "../../../scripts/std/notebook_kernel.ts";
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
  "NotebookKernel keeps every output of a cell, whatever the kernel says",
  async () => {
    await using kernel = await _kernel();
    const shows = `await Deno.jupyter.display({ "text/plain": "shown" }, { raw: true });`;
    // The kernel is idle before the last output of any of these has been published.
    for (let round = 0; round < 10; round++) {
      assertEquals(await _run(kernel, `console.log("p"); console.error("e"); ${shows} 6 * 7`), [
        "e\n",
        "p\n",
        "result 42",
        "shown",
      ]);
      assertEquals(await _run(kernel, "6 * 7"), ["result 42"]);
      assertEquals(await _run(kernel, "const k = 1;"), []);
    }
  },
);

testNeeding(
  NEEDS,
  "NotebookKernel keeps what cells declare, and runs in the folder given",
  async () => {
    await using kernel = await _kernel();
    await kernel.execute(
      `import { codeCells } from "../../../scripts/std/notebook_file.ts"; let n = 1;`,
      1,
    );
    assertEquals(await _run(kernel, "n += await Promise.resolve(4); typeof codeCells"), [
      'result "function"',
    ]);
    assertEquals(await _run(kernel, "n"), ["result 5"]);
  },
);

testNeeding(
  NEEDS,
  "NotebookKernel reports errors, also of a cell that does not parse",
  async () => {
    await using kernel = await _kernel();
    assertEquals(await _run(kernel, `console.log("before"); throw new RangeError("boom")`), [
      "RangeError: boom",
      "before\n",
    ]);
    assertEquals(await _run(kernel, "what is this"), ["SyntaxError: the cell does not parse"]);
    assertEquals(await _run(kernel, "6 * 7"), ["result 42"], "and goes on");
  },
);

testNeeding(
  NEEDS,
  "NotebookKernel loses patience with a cell, and sees the kernel end",
  async () => {
    const endless = await _kernel(5);
    await assertRejects(() => endless.execute("while (true);", 1), Error, "no end after 5 s");
    await endless[Symbol.asyncDispose]();
    await using quitter = await _kernel();
    await assertRejects(() => quitter.execute("Deno.exit()", 1), Error, "the kernel has gone");
  },
);

function _kernel(patience = 60): Promise<NotebookKernel> {
  return NotebookKernel.start({ folder: HERE, temporary: HERE, patience });
}

/** Outputs of a cell in words, sorted: streams and values take different ways and may overtake. */
async function _run(kernel: NotebookKernel, code: string): Promise<string[]> {
  return (await kernel.execute(code, 1)).map(_words).sort();
}

function _words(output: CellOutput): string {
  switch (output.output_type) {
    case "stream":
      return String(output.text);
    case "error":
      return `${output.ename}: ${output.evalue}`;
    case "display_data":
      return String(output.data["text/plain"]);
    case "execute_result":
      return `result ${output.data["text/plain"]}`;
  }
}
