import { assert, assertEquals } from "@std/assert";
import { COMMAND, writeReport } from "../../scripts/report.ts";
import { reproductionBytes } from "../../src/experiments/mod.ts";
import { reportData } from "../experiments/report/_parts.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: new URL("results/", ROOT) }),
  permission({ name: "run", command: "deno" }),
];

testNeeding(NEEDS, "the report is one file, which a later state replaces", async () => {
  await _inFolder(async (results) => {
    const { reproduction } = reportData();
    const waiting = reproduction.experiments.filter(({ state }) => state !== "done");
    const write = (experiments: typeof waiting) =>
      Deno.writeFile(
        new URL(`${results}/reproduction.json`, ROOT),
        reproductionBytes({ ...reproduction, experiments }),
      );
    await write(waiting);
    await writeReport({ results });
    await write(waiting.slice(0, 1));
    const file = await writeReport({ results });
    assertEquals(file, `${results}/report.html`);
    const page = await Deno.readTextFile(new URL(file, ROOT));
    assert(page.startsWith("<!doctype html>") && page.includes("0 of 1 experiments"));
    const names = [...Deno.readDirSync(new URL(results, ROOT))].map(({ name }) => name);
    assertEquals(names.sort(), ["report.html", "reproduction.json"], "nothing else is left");
  });
});

testNeeding(NEEDS, "the script needs its permissions and no others", async () => {
  await _inFolder(async (results) => {
    const missing = await _report(results);
    assertEquals(missing.code, 1);
    assert(missing.stderr.includes("reproduction.json is missing"), missing.stderr);
    const { reproduction } = reportData();
    const bytes = reproductionBytes({ ...reproduction, experiments: [] });
    await Deno.writeFile(new URL(`${results}/reproduction.json`, ROOT), bytes);
    const { code, stdout, stderr } = await _report(results);
    assertEquals(code, 0, stderr);
    assert(stdout.includes(`${results}/report.html`));
  });
});

async function _inFolder(test: (results: string) => Promise<void>): Promise<void> {
  const results = `results/test-${crypto.randomUUID()}`;
  await Deno.mkdir(new URL(results, ROOT), { recursive: true });
  try {
    await test(results);
  } finally {
    await Deno.remove(new URL(results, ROOT), { recursive: true });
  }
}

async function _report(results: string) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: [
      "run",
      "--lock=tests/deno.lock",
      "--no-prompt",
      ...Object.keys(COMMAND.permissions),
      COMMAND.script,
      "--results",
      results,
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
