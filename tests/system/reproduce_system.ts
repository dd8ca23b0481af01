/** The whole reproduction with its quick preset, as a user runs it. */
import { assert, assertEquals } from "@std/assert";
import { EXPERIMENTS } from "../../scripts/std/reproduced_experiments.ts";
import { parseReproduction } from "../../src/experiments/mod.ts";

const ROOT = new URL("../../", import.meta.url);

Deno.test("deno task reproduce runs every experiment, and then finds each complete", async () => {
  const results = `results/test-${crypto.randomUUID()}`;
  const names = EXPERIMENTS.map(({ name }) => name);
  try {
    const { code, stdout, stderr } = await _reproduce("--results", results);
    assertEquals(code, 0, stderr);
    for (const name of names) assert(stderr.includes(` ${name}: done in `), `${name} is told of`);
    assert(/^experiment +preset +quantity +paper +ours +verdict$/m.test(stdout), stdout);
    const again = await _reproduce("--results", results);
    assertEquals(again.stderr.split("found complete").length - 1, names.length, again.stderr);
    assertEquals(again.stdout, stdout);
    const record = Deno.readFileSync(new URL(`${results}/reproduction.json`, ROOT));
    const { experiments } = parseReproduction(record);
    assertEquals(
      experiments.map(({ name, state }) => [name, state]),
      names.map((n) => [n, "done"]),
    );
    const seconds = experiments.map((row) => row.seconds!);
    console.log(experiments.map(({ name }, k) => `${name} ${seconds[k]} s`).join("\n"));
    assert(Deno.statSync(new URL(`${results}/report.html`, ROOT)).size > 1e5);
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
