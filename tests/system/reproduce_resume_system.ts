/**
 * A reproduction that is killed goes on where it was, and ends in the results of one that was not: killed
 * at seeded moments, and inside each kind of file write, by the kernel (`strace`), when a file that has
 * been written is about to get its name.
 */
import { assert, assertEquals } from "@std/assert";
import { COMMAND } from "../../scripts/reproduce.ts";
import { parseReproduction } from "../../src/experiments/mod.ts";
import { RandomStream } from "../../src/numerics/mod.ts";
import { testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
/** Without networks, with pairs of wafers, with networks. */
const ONLY = ["fig2_telescope", "emd_of_wafers", "conditional_decoder"];

/** Files of which one is about to be given its name when the process is killed. */
const KINDS = {
  "a figure": /\.svg$/,
  "a picture": /\.png$/,
  "an interactive figure": /\.plotly\.json$/,
  "when and where": /\/run\.json$/,
  "a result": /\/result\.json$/,
  "weights": /\/weights\.f32$/,
  "a network": /\/autoencoder\.json$/,
  "a checkpoint": /checkpoint/,
  "the state of the reproduction": /\/reproduction\.json$/,
  "the report": /\/report\.html$/,
};

let expected: Promise<Map<string, string>> | undefined;

/** The results of a run that nothing disturbs. */
function undisturbed(): Promise<Map<string, string>> {
  return expected ??= inFolder(async (results) => {
    await finish(results);
    return await checksums(results);
  });
}

Deno.test("killed at three moments, and restarted each time, it ends in the same results", async () => {
  const stream = new RandomStream(9, "moments");
  const whole = await undisturbed();
  await inFolder(async (results) => {
    for (let k = 0; k < 3; k++) {
      const child = start(["--results", results]);
      await new Promise((resolve) => setTimeout(resolve, 1000 + 8000 * stream.uniform()));
      await killGroup(child);
    }
    await finish(results);
    assertEquals(await checksums(results), whole);
  });
});

const strace = await new Deno.Command("strace", { args: ["-V"] }).output()
  .then(({ success }) => success, () => false);

testNeeding(
  [strace ? undefined : "no strace"],
  "killed inside each kind of file write, it ends in the same results",
  async () => {
    const whole = await undisturbed();
    await inFolder(async (results) => {
      for (const [kind, name] of Object.entries(KINDS)) {
        const before = await partialFiles(results);
        const isKilled = await killedWhileWriting(results, name);
        if (!isKilled) {
          // Nothing of this kind was left to write: begin anew.
          await Deno.remove(new URL(results, ROOT), { recursive: true });
          assert(await killedWhileWriting(results, name), `${kind} is written`);
        }
        const left = await partialFiles(results);
        assert(left.some((file) => !before.includes(file)), `${kind}: a half-written file is left`);
      }
      await finish(results);
      assertEquals(await checksums(results), whole);
    });
  },
);

/** Runs until a file of this name is written, and kills all processes there. */
async function killedWhileWriting(results: string, name: RegExp): Promise<boolean> {
  // Renaming takes long, so that there is time to kill everything before the file has its name.
  const slow = ["-f", "-qq", "-e", "trace=rename,renameat,renameat2"]
    .concat("-e", "inject=rename,renameat,renameat2:delay_enter=300000", "-s", "4096");
  const child = start(["--results", results, "--quiet"], ["strace", ...slow]);
  let isKilled = false, rest = "";
  for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of [...lines, rest]) {
      const target = /rename\w*\(.*"([^"]+)\.[0-9a-f-]{36}\.partial"/.exec(line)?.[1];
      if (isKilled || target === undefined || !name.test(`/${target}`)) continue;
      isKilled = true;
      await killGroup(child);
    }
  }
  await child.status;
  return isKilled;
}

/** Begins a reproduction in a process group of its own. */
function start(args: readonly string[], before: readonly string[] = []): Deno.ChildProcess {
  const run = ["deno", "run", "--no-prompt", ...Object.keys(COMMAND.permissions), COMMAND.script];
  const [program, ...rest] = [...before, ...run, "--only", ONLY.join(","), ...args];
  return new Deno.Command(program, {
    args: rest,
    cwd: ROOT,
    detached: true,
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: before.length > 0 ? "piped" : "null",
  }).spawn();
}

/** Kills a process with all that it has started: nobody can answer. */
async function killGroup({ pid, status }: Deno.ChildProcess): Promise<void> {
  await new Deno.Command("kill", { args: ["-KILL", "--", `-${pid}`] }).output();
  await status;
}

async function finish(results: string): Promise<void> {
  assertEquals((await start(["--results", results]).status).code, 0);
  const record = parseReproduction(
    Deno.readFileSync(new URL(`${results}/reproduction.json`, ROOT)),
  );
  const done = record.experiments.filter(({ name }) => ONLY.includes(name));
  assertEquals(done.map(({ state }) => state), ONLY.map(() => "done"));
}

/** SHA-256 of each file that experiments leave, but for what tells times, and what was half-written. */
async function checksums(results: string): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (const file of await files(results)) {
    if (/(run\.json|reproduction\.json|report\.html|\.partial|checkpoint[^/]*)$/.test(file)) {
      continue;
    }
    const bytes = await Deno.readFile(new URL(`${results}/${file}`, ROOT));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    sums.set(file, digest.toHex());
  }
  assert(sums.size > 20, `${sums.size} files`);
  return sums;
}

async function partialFiles(results: string): Promise<string[]> {
  return (await files(results)).filter((file) => file.endsWith(".partial"));
}

async function files(folder: string): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(new URL(folder, ROOT))) {
      const inside = isDirectory ? await files(`${folder}/${name}`) : undefined;
      found.push(...inside?.map((file) => `${name}/${file}`) ?? [name]);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

async function inFolder<T>(test: (results: string) => Promise<T>): Promise<T> {
  const results = `results/test-${crypto.randomUUID()}`;
  try {
    return await test(results);
  } finally {
    await Deno.remove(new URL(results, ROOT), { recursive: true }).catch(() => {});
  }
}
