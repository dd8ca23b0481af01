import { assert, assertEquals } from "@std/assert";
import config from "../../../deno.json" with { type: "json" };
import { codeChecksum, codeVersion, importedPaths } from "../../../scripts/std/code_checksum.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);
const NEEDS = [permission({ name: "read", path: HERE }), permission({ name: "write", path: HERE })];

/** A script that imports in every way. */
const FILES = {
  "main.ts": `
import { a } from "./parts/a.ts";
import type { T } from "./types.ts";
export { b } from "./parts/b.ts";
import "./effect.ts";
import table from "./table.json" with { type: "json" };
// import { c } from "./comment.ts";
const worker = new Worker(new URL("./parts/a_worker.ts", import.meta.url), { type: "module" });
const later = () => import("./later.ts");
const folder = new URL("./parts/", import.meta.url);
`,
  "parts/a.ts": `import { b } from "./b.ts";\n`,
  "parts/b.ts": `import { a } from "./a.ts";\n`,
  "parts/a_worker.ts": `import "../of_worker.ts";\n`,
  "of_worker.ts": "",
  "effect.ts": `export { kernel } from "./glue.mjs";\n`,
  "glue.mjs": `import source kernel from "./kernel.wasm";\nexport { kernel };\n`,
  "kernel.wasm": "",
  "later.ts": `import "npm:left-pad@1.3.0";\n`,
  "table.json": "{}",
  "types.ts": "",
  "comment.ts": "",
};

async function inFolder(test: (folder: URL) => Promise<void>): Promise<void> {
  const folder = new URL(`_code-${crypto.randomUUID()}/`, HERE);
  await Deno.mkdir(new URL("parts/", folder), { recursive: true });
  try {
    for (const [name, text] of Object.entries(FILES)) {
      await Deno.writeTextFile(new URL(name, folder), text);
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

testNeeding(
  NEEDS,
  "codeChecksum() changes with each file that is run, and with no other",
  async () => {
    await inFolder(async (folder) => {
      const main = new URL("main.ts", folder);
      const first = await codeChecksum(main);
      assertEquals(await codeChecksum(main.href), first);
      for (const [name, text] of Object.entries(FILES)) {
        const file = new URL(name, folder);
        await Deno.writeTextFile(file, `${text} `);
        const now = await codeChecksum(main);
        if (name === "types.ts" || name === "comment.ts") assertEquals(now, first, name);
        else assert(now !== first, name);
        await Deno.writeTextFile(file, text);
      }
      assertEquals(await codeChecksum(main), first);
      await Deno.remove(new URL("of_worker.ts", folder));
      assert(await codeChecksum(main) !== first, "a file is absent");
    });
  },
);

testNeeding(NEEDS, "the same text under another name is other code", async () => {
  await inFolder(async (folder) => {
    const first = await codeChecksum(new URL("effect.ts", folder));
    assert(await codeChecksum(new URL("of_worker.ts", folder)) !== first);
  });
});

testNeeding(
  NEEDS,
  "codeVersion() begins with the project's version, and knows this script",
  async () => {
    const [version, digits] = (await codeVersion(import.meta.url)).split("+");
    assertEquals(version, config.version);
    assertEquals(digits, (await codeChecksum(import.meta.url)).slice(0, 12));
  },
);

Deno.test("importedPaths() reads imports over several lines, and leaves types out", () => {
  const text = 'import {\n  a,\n} from "./a.ts";\nexport type {\n  B,\n} from "./b.ts";\n' +
    'new URL(\n  "./c_worker.ts",\n  import.meta.url,\n);\n * import { d } from "./d.ts";\n' +
    'import { e } from "@std/assert";\nimport { type F, g } from "../f.ts";\n';
  assertEquals(importedPaths(text), ["./a.ts", "./c_worker.ts", "../f.ts"]);
});
