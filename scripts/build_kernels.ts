/**
 * Builds the kernel pack of `src/tensor/kernels/` with clang 16 and its linker:
 *
 *     deno task kernels
 *
 * On Debian: `apt-get install clang-16 lld-16`. The modules are kept in the repository, so that only who
 * changes a kernel needs the compiler; a system test builds them again and compares.
 *
 * @module
 */
import { type Command, runCommand } from "./std/command.ts";

/** Where sources and modules lie. */
const FOLDER = new URL("../src/tensor/kernels/", import.meta.url);

const SOURCES = ["gemm", "conv", "rows", "batch_norm", "elements"];

/** The compiler's flags of each build; `relaxed` has fused multiply-add. */
export const BUILDS = {
  simd: ["-msimd128"],
  relaxed: ["-msimd128", "-mrelaxed-simd"],
} as const;

const OPTIONS = {
  out: {
    kind: "text",
    value: "FOLDER",
    describe: "Where the modules go",
    default: "src/tensor/kernels",
    names: "output folder",
  },
  compiler: {
    kind: "text",
    value: "CLANG",
    describe: "The compiler",
    default: "clang-16",
    names: "program",
  },
  linker: {
    kind: "text",
    value: "WASM-LD",
    describe: "The linker",
    default: "wasm-ld-16",
    names: "program",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/build_kernels.ts",
  summary: "Builds the WASM kernels of src/tensor from C, with SIMD and with relaxed SIMD.",
  permissions: {
    "--allow-write=src/tensor/kernels": "removing what the compiler leaves",
    "--allow-run=clang-16,wasm-ld-16": "the compiler and its linker, which write the modules",
  },
  options: OPTIONS,
  example: "--out /tmp/kernels",
};

if (import.meta.main) {
  await runCommand(COMMAND, async ({ out, compiler, linker }) => {
    for (const [name, features] of Object.entries(BUILDS)) {
      const objects: string[] = [];
      for (const source of SOURCES) {
        const object = `${out}/${source}.${name}.o`;
        // deno-fmt-ignore
        await _run(compiler, [
          "--target=wasm32", "-std=c11", "-O3", "-mbulk-memory", "-ffp-contract=off", "-fno-math-errno",
          "-nostdlib", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", ...features,
          "-c", "-o", object, `${FOLDER.pathname}${source}.c`,
        ]);
        objects.push(object);
      }
      // deno-fmt-ignore
      await _run(linker, [
        "--no-entry", "--import-memory", "--export=__stack_pointer", "--strip-all",
        "-o", `${out}/${name}.wasm`, ...objects,
      ]);
      for (const object of objects) await Deno.remove(object);
      console.log(`${out}/${name}.wasm`);
    }
  });
}

async function _run(program: string, args: string[]): Promise<void> {
  const { success } = await new Deno.Command(program, {
    args,
    stdout: "inherit",
    stderr: "inherit",
  })
    .output();
  if (!success) throw new Error(`Cannot build the kernels: ${program} failed`);
}
