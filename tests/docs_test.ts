/** The pages of docs/: what they show is run, what they list is complete, where they point is there. */
import { assert, assertEquals } from "@std/assert";
import { parseCommand } from "../scripts/std/command.ts";
import { lossNames } from "../src/losses/mod.ts";
import { surrogateKinds } from "../src/models/surrogates/surrogate_recipes.ts";
import { permission, testNeeding } from "./_support/skips.ts";

const ROOT = new URL("../", import.meta.url);
const NEEDS = [permission({ name: "read", path: ROOT })];

/** A Markdown page with its address. */
interface Page {
  readonly path: string;
  readonly url: URL;
  readonly text: string;
}

testNeeding(NEEDS, "every example in TypeScript is run by deno test --doc", () => {
  const shown = _pages().flatMap(({ path, text }) =>
    [...text.matchAll(/^ *```(ts\b.*|typescript.*|js.*|javascript.*)$/gm)].map(([, kind]) => ({
      path,
      kind,
    }))
  );
  assert(shown.filter(({ kind }) => kind === "ts").length >= 8);
  // Imports by URL, which tests/url_import_test.ts runs.
  assertEquals(
    shown.filter(({ kind }) => kind !== "ts").map(({ path, kind }) => `${path}: ${kind}`),
    ["README.md: ts ignore", "docs/install.md: ts ignore"],
  );
});

testNeeding(NEEDS, "commands in the pages are commands of scripts that are there", async () => {
  const commands = _pages().flatMap(({ path, text }) =>
    _commands(text).map((words) => ({ path, words }))
  );
  assert(commands.length >= 15, `${commands.length} commands`);
  for (const { path, words } of commands) {
    const at = words.findIndex((word) => /^scripts\/\w+\.ts$/.test(word));
    const { COMMAND } = await import(new URL(words[at], ROOT).href);
    const flags = words.slice(0, at).filter((word) => word.startsWith("--allow-"));
    parseCommand(COMMAND, words.slice(at + 1));
    // All that the script asks for, in its order; more may be allowed, where results go elsewhere.
    const isEnough = (flag: string, k: number) =>
      flags[k] === flag || (flags[k] ?? "").startsWith(`${flag},`);
    assert(
      Object.keys(COMMAND.permissions).every(isEnough),
      `${path}: ${words.join(" ")}: permissions must be ${Object.keys(COMMAND.permissions)}`,
    );
  }
});

testNeeding(NEEDS, "links between the pages lead somewhere", () => {
  const broken: string[] = [];
  for (const { path, url, text } of _pages()) {
    for (const [, target] of text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
      const [file, heading] = target.split("#");
      const to = file === "" ? url : new URL(file, url);
      if (!_exists(to)) broken.push(`${path}: ${target}`);
      else if (heading && !_headings(Deno.readTextFileSync(to)).includes(heading)) {
        broken.push(`${path}: ${target}`);
      }
    }
  }
  assertEquals(broken, []);
});

testNeeding(NEEDS, "docs/README.md lists every page", () => {
  const index = Deno.readTextFileSync(new URL("docs/README.md", ROOT));
  const listed = [...index.matchAll(/\]\((\w+\.\w+)\)/g)].map(([, name]) => name);
  const pages = [...Deno.readDirSync(new URL("docs/", ROOT))]
    .filter(({ name, isFile }) => isFile && name !== "README.md").map(({ name }) => name);
  assertEquals(listed.toSorted(), pages.toSorted());
});

testNeeding(NEEDS, "docs/gradients.md tells of every loss and surrogate", () => {
  const text = Deno.readTextFileSync(new URL("docs/gradients.md", ROOT));
  const rows = [...text.matchAll(/^\| `(\w+)` /gm)].map(([, name]) => name);
  for (const name of [...lossNames(), ...surrogateKinds()]) assert(rows.includes(name), name);
});

testNeeding(NEEDS, "docs/references.bib has every paper that is cited by its arXiv number", () => {
  const bib = Deno.readTextFileSync(new URL("docs/references.bib", ROOT));
  const known = [...bib.matchAll(/eprint\s*=\s*\{([\d.]+)\}/g)].map(([, number]) => number);
  assertEquals(known.length, new Set(known).size, "no paper twice");
  const cited = new Map<string, string>();
  const sources = [..._pages(), ..._files("src/", ".ts"), ..._files("scripts/", ".ts")];
  for (const { path, text } of sources) {
    for (const [, number] of text.matchAll(/arXiv[:\s]\s*(?:\*\s*)?(\d{4}\.\d{4,5})/g)) {
      cited.set(number, path);
    }
  }
  assert(cited.size >= 10);
  const missing = [...cited].filter(([number]) => !known.includes(number));
  assertEquals(missing, []);
  const entries = bib.split(/^@/m).slice(1);
  for (const entry of entries) {
    for (const field of ["author", "title", "year"]) {
      assert(new RegExp(`^  ${field} *= *\\{.+\\},?$`, "m").test(entry), `${field} of ${entry}`);
    }
  }
});

function _pages(): Page[] {
  const names = ["README.md", "CONTRIBUTING.md", "data/README.md"];
  return [...names.map(_file), ..._files("docs/", ".md")];
}

function _files(folder: string, ending: string): Page[] {
  return [...Deno.readDirSync(new URL(folder, ROOT))].flatMap(({ name, isDirectory }) => {
    if (isDirectory) return _files(`${folder}${name}/`, ending);
    return name.endsWith(ending) ? [_file(folder + name)] : [];
  });
}

function _file(path: string): Page {
  const url = new URL(path, ROOT);
  return { path, url, text: Deno.readTextFileSync(url) };
}

/** The commands `deno run ... scripts/NAME.ts ...` of a page, word by word, in and out of code blocks. */
function _commands(text: string): string[][] {
  return [...text.replace(/\\\n\s*/g, " ").matchAll(/deno run (--[^\n`]*scripts\/\w+\.ts[^\n`]*)/g)]
    .map(([, command]) => command.replace(/\s+#.*$/, "").trim().split(/\s+/));
}

/** Headings as the parts of addresses that lead to them. */
function _headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N}\s-]/gu, "").trim().replace(/\s/g, "-")
  );
}

function _exists(url: URL): boolean {
  try {
    Deno.statSync(url);
    return true;
  } catch {
    return false;
  }
}
