/**
 * The notebooks: opened in Jupyter, executed, or rendered as pages.
 *
 *     deno task notebook
 *
 * @module
 */
import { formatNotebook, type Notebook, parseNotebook } from "./std/notebook_file.ts";
import { findJupyter, installCommand, writeKernelSpecification } from "./std/notebook_install.ts";
import { notebookPage, notebookTitle } from "./std/notebook_page.ts";
import { runNotebook } from "./std/notebook_run.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";

const OPTIONS = {
  html: {
    kind: "flag",
    describe: "Execute the notebooks and render them as results/notebooks/*.html; needs no Jupyter",
  },
  execute: {
    kind: "flag",
    describe: "Execute the notebooks and keep their outputs in notebooks/; needs no Jupyter",
  },
  only: {
    kind: "text",
    value: "NAME",
    describe: "Only the notebooks whose names begin so, for example 02",
    default: "",
  },
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/notebook.ts",
  summary: `\
Opens the first notebook in Jupyter, with a kernel for this project alone. With --html it makes pages of
all notebooks, with --execute it renews their outputs; both run them on Deno's own kernel, which may do
all that you may: a kernel knows no permissions.`,
  permissions: {
    "--allow-read=.,/etc/debian_version": "notebooks; whether Jupyter comes by apt-get",
    "--allow-write=results,notebooks": "pages and the kernel's files; with --execute the notebooks",
    "--allow-run=deno,jupyter": "the kernel; Jupyter, unless --html or --execute is given",
    "--allow-net=127.0.0.1": "talking to the kernel",
  },
  options: OPTIONS,
  example: "--html --only 02",
};

const ROOT = new URL("../", import.meta.url);
const NOTEBOOKS = new URL("notebooks/", ROOT);
const PAGES = new URL("results/notebooks/", ROOT);
const JUPYTER_DATA = new URL("results/jupyter/", ROOT);

if (import.meta.main) await runCommand(COMMAND, notebook);

/**
 * Does what the command line says.
 *
 * @param options Its options.
 * @throws {RangeError} If no notebook has such a name.
 * @throws {Error} If a cell throws, or Jupyter is missing.
 */
export async function notebook(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const names = await notebookNames(options.only);
  if (options.html || options.execute) await _runAll(names, options);
  else await _open(names[0]);
}

/**
 * The notebooks of this project.
 *
 * @param beginning How their names begin. Default all.
 * @returns Names with their ending, sorted.
 * @throws {RangeError} If there is none.
 */
export async function notebookNames(beginning = ""): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(NOTEBOOKS));
  const names = files
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb") && name.startsWith(beginning))
    .sort();
  if (names.length > 0) return names;
  throw new RangeError(`Cannot find notebooks: none has a name that begins with ${beginning}`);
}

/** Executes notebooks one after the other, and puts each away before the next one. */
async function _runAll(
  names: readonly string[],
  { html, execute }: { readonly html: boolean; readonly execute: boolean },
): Promise<void> {
  await Deno.mkdir(PAGES, { recursive: true });
  const pages = html ? await Promise.all(names.map(_pageLink)) : [];
  for (const [k, name] of names.entries()) {
    const begin = performance.now();
    const url = new URL(name, NOTEBOOKS);
    const executed = await runNotebook(url, { temporary: PAGES });
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    if (execute) await Deno.writeTextFile(url, formatNotebook(executed));
    if (html) {
      const { href } = pages[k];
      await Deno.writeTextFile(new URL(href, PAGES), notebookPage(executed, pages, href));
    }
    console.log(`${name}: ${seconds} s${html ? `, results/notebooks/${pages[k].href}` : ""}`);
  }
}

async function _pageLink(name: string) {
  const title = notebookTitle(await _read(name));
  return { href: name.replace(/\.ipynb$/, ".html"), title };
}

async function _read(name: string): Promise<Notebook> {
  return parseNotebook(await Deno.readTextFile(new URL(name, NOTEBOOKS)), name);
}

async function _open(name: string): Promise<void> {
  const jupyter = await findJupyter();
  if (jupyter === undefined) {
    throw new Error(
      `Cannot open notebooks: Jupyter is not installed. This installs it:\n\n` +
        `  ${await installCommand()}\n\n` +
        "Without it, `deno task notebook --html` makes pages of all notebooks",
    );
  }
  await writeKernelSpecification(JUPYTER_DATA);
  const { code } = await new Deno.Command("jupyter", {
    args: [jupyter, `notebooks/${name}`],
    cwd: ROOT,
    env: { JUPYTER_PATH: decodeURIComponent(JUPYTER_DATA.pathname) },
  }).spawn().status;
  Deno.exitCode = code;
}
