/** Every script says which permissions it needs, in one way everywhere, and names those that it lacks. */
import { assert, assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { allScripts, type Script } from "../_support/all_scripts.ts";
import { FILES, PROJECT, RUN, runScript } from "../_support/run_script.ts";
import { permissionTable } from "../_support/permission_table.ts";
import { testNeeding } from "../_support/skips.ts";

const [READS] = FILES;
const TASKS: Readonly<Record<string, { command: string }>> = config.tasks;
const SCRIPTS = READS === undefined ? await allScripts() : [];

testNeeding([READS], "every script describes itself", () => {
  assert(SCRIPTS.length > 30);
  for (const { path, command } of SCRIPTS) assertEquals(command?.script, path);
});

testNeeding(
  [READS],
  "a script's header and its task have the permissions that its help names",
  () => {
    for (const script of SCRIPTS) {
      const { path } = script, flags = _flags(script);
      const header = script.text.slice(0, script.text.indexOf("*/"));
      const [, usage] = /^ \* {5}(deno (?:run|task) .*)$/m.exec(header) ?? [];
      assert(usage !== undefined, `${path} tells in its header how it is run`);
      const [task, { command }] = _taskOf(path) ?? ["", { command: usage }];
      assertEquals(_allowed(command, path), flags, `permissions in the task or header of ${path}`);
      if (task !== "") assert(usage.startsWith(`deno task ${task}`), `${path} names its task`);
    }
  },
);

testNeeding([READS], "docs/permissions.md tells the permissions of every script", async () => {
  const page = await Deno.readTextFile(new URL("docs/permissions.md", PROJECT));
  const table = permissionTable(SCRIPTS.map(({ command }) => command!));
  const squeezed = (text: string) => text.replaceAll(/-{3,}/g, "---").replaceAll(/ +/g, " ");
  for (const row of table) {
    assert(squeezed(page).includes(row), `docs/permissions.md has the row\n${row}`);
  }
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  assertEquals(rows.length, table.length, "rows of docs/permissions.md");
});

testNeeding(
  [READS, RUN],
  "a script without one of its permissions says which, and why",
  async () => {
    const runs = SCRIPTS.flatMap((script) =>
      _flags(script).map((missing) => ({ script, missing }))
    );
    // Two at a time, as on the smallest machine.
    const next = runs.values();
    await Promise.all([next, next].map(async (waiting) => {
      for (const { script, missing } of waiting) await _runWithout(script, missing);
    }));
  },
);

async function _runWithout(script: Script, missing: string): Promise<void> {
  const { path, command } = script;
  const flags = _flags(script).filter((flag) => flag !== missing);
  const { code, stderr } = await runScript(path, flags, []);
  assertEquals(code, 1, `${path} without ${missing}: ${stderr}`);
  const lines = stderr.trimEnd().split("\n").filter((line) =>
    !/^(Info|Check|Download) /.test(line)
  );
  assertEquals(lines.length, 1, `${path} without ${missing}: ${stderr}`);
  const needed = `needed for ${command!.permissions[missing]}`;
  assert(lines[0].startsWith(`Cannot run ${path}: may not `), lines[0]);
  assert(lines[0].includes(` without ${missing}`) && lines[0].endsWith(needed), lines[0]);
}

function _flags({ command }: Script): string[] {
  return Object.keys(command!.permissions);
}

function _taskOf(path: string): [string, { command: string }] | undefined {
  return Object.entries(TASKS).find(([, { command }]) => command.endsWith(` ${path}`));
}

/** The permissions with which a command line runs a script. */
function _allowed(command: string, path: string): string[] {
  const words = command.split(" ");
  return words.slice(0, words.indexOf(path)).filter((word) => word.startsWith("--allow-"));
}
