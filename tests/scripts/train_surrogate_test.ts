import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { helpText, parseCommand } from "../../scripts/std/command.ts";
import { COMMAND, trainSurrogate } from "../../scripts/train_surrogate.ts";
import { writeWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { checksum } from "../../src/experiments/key.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { loadSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import { fromSurrogateModule, readSurrogate } from "../../src/models/surrogates/surrogate_files.ts";
import { permission, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);
const HERE = new URL(".", import.meta.url);
const NEEDS = [
  permission({ name: "read", path: ROOT }),
  permission({ name: "write", path: HERE }),
];
const RUN = permission({ name: "run", command: "deno" });

testNeeding(NEEDS, "train_surrogate.ts writes a surrogate with its provenance", async () => {
  await _inFolder(async (folder, input) => {
    const out = `${folder}/net`, module = `${folder}/net.json`;
    const said = await _train({ input, out, module, steps: "30", seed: "5", backend: "wasm" });
    assert(
      said.some((line) => /^Random pairs of 24 other wafers: bias -?\d/.test(line)),
      said.join(),
    );
    const surrogate = await readSurrogate(fileStore(out), "");
    const { provenance } = surrogate;
    assertEquals([surrogate.kind, provenance.seed, provenance.steps], ["scale_free", 5, 30]);
    assertEquals(provenance.data, await checksum(await Deno.readFile(input)));
    assert(String(provenance.backend).startsWith("wasm"));
    assertEquals(fromSurrogateModule(JSON.parse(await Deno.readTextFile(module))), surrogate);
    const estimate = await loadSurrogate(surrogate);
    const x = new Float64Array(48).with(0, 1), y = new Float64Array(48).with(9, 1);
    assert((await estimate.value(x, y))[0] > 0);
    estimate.dispose();

    // What is complete is read from its checkpoint: no step is told of.
    const again = await _train({ input, out, steps: "30", seed: "5", backend: "wasm" });
    assertEquals(again.filter((line) => line.startsWith("Step")), []);
    assertEquals(await readSurrogate(fileStore(out), ""), surrogate);
  });
});

testNeeding(NEEDS, "train_surrogate.ts says what is wrong", async () => {
  await _inFolder(async (folder, input) => {
    const out = `${folder}/net`;
    const both = { input, out, steps: "3", minutes: "1" };
    await assertRejects(() => _train(both), RangeError, "not both");
    await assertRejects(() => _train({ input: `${folder}/no.csv`, out }), Deno.errors.NotFound);
    const few = `${folder}/few.csv`;
    await writeWafers(few, [toyWafers("shower", 5, 1)]);
    await assertRejects(() => _train({ input: few, out }), RangeError, "at least 20");
  });
});

testNeeding(
  [...NEEDS, RUN],
  "train_surrogate.ts runs with exactly the permissions that its help names",
  async () => {
    await _inFolder(async (folder, input) => {
      const flags = Object.keys(COMMAND.permissions)
        .map((flag) => flag === "--allow-write=results" ? `--allow-write=${folder}` : flag);
      const script = fileURLToPath(new URL("scripts/train_surrogate.ts", ROOT));
      const { code, stdout, stderr } = await _deno([
        ...flags,
        script,
        ...["--input", input, "--out", `${folder}/net`, "--steps", "3"],
      ]);
      assertEquals(code, 0, stderr);
      assert(stdout.includes(`Wrote ${folder}/net`), stdout);
      const usage = /deno run .*\.ts/.exec(helpText(COMMAND))![0];
      assert((await Deno.readTextFile(script)).includes(` *     ${usage}\n`));
    });
  },
);

/** Runs the script's function in this process; returns the lines that it printed. */
async function _train(options: Record<string, string>): Promise<string[]> {
  const { log, error } = console, lines: string[] = [];
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  try {
    console.log = console.error = (line: string) => void lines.push(line);
    await trainSurrogate(parseCommand(COMMAND, args)!);
  } finally {
    Object.assign(console, { log, error });
  }
  return lines;
}

async function _deno(args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command("deno", {
    args: ["run", "--lock=tests/deno.lock", "--no-prompt", ...args],
    cwd: ROOT,
  }).output();
  const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out, stderr: error };
}

/** A folder for one test with a file of 80 showers. */
async function _inFolder(run: (folder: string, input: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ dir: fileURLToPath(HERE), prefix: "surrogate_" });
  try {
    await writeWafers(`${folder}/wafers.csv`, [toyWafers("shower", 80, 1)]);
    await run(folder, `${folder}/wafers.csv`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
