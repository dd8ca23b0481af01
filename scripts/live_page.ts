/**
 * The live page: static files for any web server, made from web/.
 *
 *     deno task live
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeWholeFile } from "../src/datasets/formats/whole_file_deno.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";

const OPTIONS = {
  out: {
    kind: "text",
    value: "FOLDER",
    describe: "Where to write",
    default: "results/live",
    names: "output folder",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/live_page.ts",
  summary: `\
Makes the live page: a visitor paints two wafers and sees their exact EMD with its flow, encodes one by
the integer encoder, and trains a quantised autoencoder in the browser. docs/live.md says more.

It writes index.html, style.css, main.js, and two scripts that the page loads when they are needed:
train_worker.js with tfjs and the simulated wafers, keras_worker.js with a writer of HDF5. Any web server
can offer them as they are; opened from disk, index.html works too.

deno bundle downloads its bundler and the packages of the page once.`,
  permissions: {
    "--allow-read=web,results": "the page's sources, and to name files when complete",
    "--allow-write=results": "the page",
    "--allow-run=deno": "deno bundle",
  },
  options: OPTIONS,
  example: "--out results/live",
};

const ROOT = new URL("../", import.meta.url);

/** Files that are taken as they are. */
const PAGES = ["index.html", "style.css"];
/** Scripts that are bundled; those of workers also run within a page. */
const SCRIPTS = ["main", "train_worker", "keras_worker"];

if (import.meta.main) await runCommand(COMMAND, livePage);

/**
 * Makes the live page.
 *
 * @param options Where to write it.
 * @throws {Error} If a script cannot be bundled.
 */
export async function livePage({ out }: CommandValues<typeof OPTIONS>): Promise<void> {
  await Deno.mkdir(out, { recursive: true });
  for (const name of PAGES) {
    await _write(join(out, name), await Deno.readTextFile(new URL(`web/${name}`, ROOT)));
  }
  for (const name of SCRIPTS) await _write(join(out, `${name}.js`), await _script(name));
}

async function _write(path: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  await writeWholeFile(path, [bytes], "the live page");
  console.log(`Wrote ${path}, ${Math.ceil(bytes.length / 1000)} kB`);
}

async function _script(name: string): Promise<string> {
  const code = await _bundle(`web/${name}.ts`);
  return name.endsWith("_worker") ? workerScript(name, code) : code;
}

/**
 * A worker's script that can also be loaded into a page: there it leaves its function and does not run.
 * web/start_worker.ts says what for.
 *
 * @param name Name of the function.
 * @param code What the worker does, as a classic script.
 * @returns The script.
 */
export function workerScript(name: string, code: string): string {
  return `globalThis.${name} = function () {
${code}
};
if (typeof document === "undefined") globalThis.${name}();
`;
}

async function _bundle(path: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("deno", {
    // deno-fmt-ignore
    args: [
      "bundle", "--quiet", "--platform=browser", "--format=iife", "--minify",
      // Bytes of WebAssembly are imported in web/wasm_modules.mjs alone.
      "--unstable-raw-imports", "--import-map=web/import_map.json", "--lock=web/deno.lock", path,
    ],
    cwd: fileURLToPath(ROOT),
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new Error(`Cannot bundle ${path}: deno bundle says\n${decoder.decode(stderr)}`);
}
