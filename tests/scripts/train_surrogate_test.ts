import { assert, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, trainSurrogate } from "../../scripts/train_surrogate.ts";
import { writeWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { checksum } from "../../src/experiments/key.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { loadSurrogate } from "../../src/models/surrogates/load_surrogate.ts";
import { fromSurrogateModule, readSurrogate } from "../../src/models/surrogates/surrogate_files.ts";
import { FILES, inFolder, RUN, runAsDocumented, runHere } from "../_support/run_script.ts";
import { testNeeding } from "../_support/skips.ts";

testNeeding(FILES, "train_surrogate.ts writes a surrogate with its provenance", async () => {
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

testNeeding(FILES, "train_surrogate.ts says what is wrong", async () => {
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
  [...FILES, RUN],
  "train_surrogate.ts runs with exactly the permissions that its help names",
  async () => {
    await _inFolder(async (folder, input) => {
      const args = ["--input", input, "--out", `${folder}/net`, "--steps", "3"];
      const { code, stdout, stderr } = await runAsDocumented(COMMAND, folder, args);
      assertEquals(code, 0, stderr);
      assert(stdout.includes(`Wrote ${folder}/net`), stdout);
    });
  },
);

/** A folder for one test with a file of 80 showers. */
async function _inFolder(run: (folder: string, input: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await writeWafers(`${folder}/wafers.csv`, [toyWafers("shower", 80, 1)]);
    await run(folder, `${folder}/wafers.csv`);
  });
}

async function _train(options: Record<string, string>): Promise<string[]> {
  return await runHere(COMMAND, trainSurrogate, options);
}
