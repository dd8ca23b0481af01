/** The whole reproduction with its quick presets, as a user runs it. */
import { assert, assertEquals } from "@std/assert";
import { COMMAND } from "../../scripts/reproduce.ts";
import { helpText } from "../../scripts/std/command.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("deno task reproduce runs every experiment, and then finds each complete", async () => {
  const results = `results/test-${crypto.randomUUID()}`;
  const names = [...helpText(COMMAND).matchAll(/^ {2}([a-z]\w+) +\S/gm)].map(([, name]) => name);
  try {
    const { code, stdout, stderr } = await _reproduce("--results", results);
    assertEquals(code, 0, stderr);
    for (const name of names) {
      assert(stdout.includes(`${results}/${name}/`), `${name} is told of`);
    }
    const again = await _reproduce("--results", results);
    assert(again.stdout.split("found complete").length - 1 >= names.length, again.stdout);
  } finally {
    await Deno.remove(new URL(results, ROOT), { recursive: true });
  }
});

async function _reproduce(...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["task", "reproduce", ...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
