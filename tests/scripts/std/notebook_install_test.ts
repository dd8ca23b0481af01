import { assertEquals } from "@std/assert";
import { kernelCommand, writeKernelSpecification } from "../../../scripts/std/notebook_install.ts";
import { permission, testNeeding } from "../../_support/skips.ts";

const HERE = new URL(".", import.meta.url);

Deno.test("kernelCommand() names Deno where it is installed, and npx where it lies in a cache", () => {
  const rest = ["jupyter", "--kernel", "--conn", "{connection_file}"];
  const installed = [
    "/usr/bin/deno",
    "/home/me/.deno/bin/deno",
    "C:\\Users\\me\\.deno\\bin\\deno.exe",
  ];
  for (const deno of installed) assertEquals(kernelCommand(deno, "2.9.6"), [deno, ...rest]);
  const cached = [
    "/home/me/.npm/_npx/7a40be787520bede/node_modules/deno/deno",
    "/project/node_modules/deno/deno",
    "/home/me/.cache/deno/bin/deno",
    "C:\\Users\\me\\AppData\\Local\\npm-cache\\_npx\\7a40\\node_modules\\deno\\deno.exe",
  ];
  for (const deno of cached) {
    assertEquals(kernelCommand(deno, "2.9.6"), ["npx", "-y", "deno@2.9.6", ...rest]);
  }
});

testNeeding(
  [permission({ name: "read", path: HERE }), permission({ name: "write", path: HERE })],
  "writeKernelSpecification() writes a kernel by the name that the notebooks ask for",
  async () => {
    const dir = decodeURIComponent(HERE.pathname);
    const folder = await Deno.makeTempDir({ dir, prefix: "jupyter_" });
    try {
      await writeKernelSpecification(new URL(`file://${folder}/`));
      const text = await Deno.readTextFile(`${folder}/kernels/deno/kernel.json`);
      assertEquals(JSON.parse(text), {
        argv: kernelCommand(),
        display_name: "Deno",
        language: "typescript",
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
