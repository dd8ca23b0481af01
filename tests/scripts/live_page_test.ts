import { assert, assertEquals } from "@std/assert";
import { COMMAND, workerScript } from "../../scripts/live_page.ts";
import { helpText } from "../../scripts/std/command.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);

/** Runs a script with a global object of its own. */
function run(script: string, place: Record<string, unknown>): void {
  new Function("globalThis", "document", script)(place, place.document);
}

Deno.test("a worker's script runs in a worker, and leaves its function in a page", () => {
  const script = workerScript("some_worker", "globalThis.runs = (globalThis.runs ?? 0) + 1;");
  const worker: Record<string, unknown> = {};
  run(script, worker);
  assertEquals(worker.runs, 1);

  const page: Record<string, unknown> = { document: {} };
  run(script, page);
  assertEquals(page.runs, undefined);
  // What a page makes a worker of.
  run(`(${page.some_worker})()`, worker);
  assertEquals(worker.runs, 2);
});

Deno.test("help names the permissions", () => {
  const text = helpText(COMMAND);
  for (const flag of ["--allow-read=web,results", "--allow-write=results", "--allow-run=deno"]) {
    assert(text.includes(flag), flag);
  }
});

testNeeding(
  [permission({ name: "read", path: ROOT })],
  "the task has just the permissions of the script",
  async () => {
    const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT)));
    const flags = tasks.live.command.split(" ").filter((word: string) => /^--allow/.test(word));
    assertEquals(flags, Object.keys(COMMAND.permissions));
  },
);

testNeeding(
  [permission({ name: "read", path: ROOT })],
  "the page has the elements that its scripts look for, and asks nobody else for anything",
  async () => {
    const html = await Deno.readTextFile(new URL("web/index.html", ROOT));
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for await (const { name } of Deno.readDir(new URL("web/", ROOT))) {
      if (!name.endsWith(".ts")) continue;
      const source = await Deno.readTextFile(new URL(`web/${name}`, ROOT));
      assert(!/\bDeno\./.test(source), `${name} names Deno`);
      assert(!/"\.\.\/(scripts|tests)\//.test(source), `${name} imports what is no part of a page`);
      for (const [, id] of source.matchAll(/\bfind\("([^"]+)"/g)) assert(ids.has(id), id);
    }
    const links = [...html.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, link]) => link);
    const allowed = /^(#|main\.js$|style\.css$|data:,$|https:\/\/arxiv\.org\/)/;
    assertEquals(links.filter((link) => !allowed.test(link)), []);
  },
);
