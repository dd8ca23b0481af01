/** The kernels in the repository are those that the sources give. */
import { assert, assertEquals } from "@std/assert";
import { type Need, testNeeding } from "../_support/skips.ts";

const FOLDER = new URL("../../src/tensor/kernels/", import.meta.url);

async function needsCompiler(): Promise<Need> {
  for (const program of ["clang-16", "wasm-ld-16"]) {
    try {
      await new Deno.Command(program, { args: ["--version"], stdout: "null" }).output();
    } catch {
      return `${program} absent (on Debian: apt-get install clang-16 lld-16)`;
    }
  }
  return undefined;
}

testNeeding([await needsCompiler()], "a fresh build gives the same bytes", async () => {
  const out = await Deno.makeTempDir({ dir: new URL("../", import.meta.url).pathname });
  try {
    const { success } = await new Deno.Command("deno", {
      args: [
        "run",
        "--no-prompt",
        `--allow-write=${out}`,
        "--allow-run=clang-16,wasm-ld-16",
        "scripts/build_kernels.ts",
        "--out",
        out,
      ],
      cwd: new URL("../../", import.meta.url),
    }).output();
    assert(success);
    for (const name of ["simd", "relaxed"]) {
      assertEquals(
        await Deno.readFile(`${out}/${name}.wasm`),
        await Deno.readFile(new URL(`${name}.wasm`, FOLDER)),
        name,
      );
    }
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
