import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { COMMAND, trainAutoencoder } from "../../scripts/train_autoencoder.ts";
import { writeWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { checksum } from "../../src/experiments/key.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { loadEconAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import {
  fromAutoencoderModule,
  readAutoencoder,
  writeAutoencoder,
} from "../../src/models/autoencoder/stored_autoencoder.ts";
import { econFormats } from "../../src/models/inference/mod.ts";
import { randomAutoencoder } from "../models/autoencoder/_stored.ts";
import { FILES, inFolder, RUN, runAsDocumented, runHere } from "../_support/run_script.ts";
import { testNeeding } from "../_support/skips.ts";

testNeeding(FILES, "train_autoencoder.ts writes a network with its provenance", async () => {
  await _inFolder(async (folder, input) => {
    const out = `${folder}/net`, module = `${folder}/net.json`;
    const said = await _train({ input, out, module, steps: "30", starts: "2", seed: "5" });
    const stored = await readAutoencoder(fileStore(out), "");
    const { provenance } = stored;
    assertEquals(stored.architecture, randomAutoencoder(1).architecture);
    assertEquals(
      [provenance.loss, provenance.seed, provenance.steps, provenance.starts, provenance.recipe],
      ["exact_emd", 5, 30, 2, "default"],
    );
    assertEquals(provenance.data, await checksum(await Deno.readFile(input)));
    assert(String(provenance.backend).startsWith("wasm"));
    assertEquals(fromAutoencoderModule(JSON.parse(await Deno.readTextFile(module))), stored);

    // 90 % of 80 wafers are trained on; the best of the two starts is kept.
    const report =
      /^8 wafers chosen by : median EMD (\d\.\d{3}) .* of 16 latents dead, .* not proved$/;
    const [, median] = said.map((line) => report.exec(line)).find((match) => match !== null)!;
    const starts = said.flatMap((line) => /^Start (\d+): median EMD (\d\.\d{3})/.exec(line) ?? []);
    assertEquals([starts[1], starts[4]], ["5000", "5001"]);
    assertEquals(median, [starts[2], starts[5]].toSorted()[0]);
    assertAlmostEquals(provenance.validationMedian as number, Number(median), 0.001);
    assertEquals(String(provenance.bestStart), median === starts[2] ? "5000" : "5001");
    assert(said.some((line) => line.startsWith("72 wafers trained on: median EMD")));

    const autoencoder = await loadEconAutoencoder(out);
    assertEquals(autoencoder.reconstruct(new Float64Array(48).fill(1)).length, 48);
  });
});

testNeeding(
  FILES,
  "one seed gives the same network, and what is complete is not trained again",
  async () => {
    await _inFolder(async (folder, input) => {
      const run = async (name: string, options: Record<string, string> = {}) => {
        const out = `${folder}/${name}`;
        const said = await _train({ input, out, steps: "4", starts: "1", ...options });
        const { weights, ...facts } = await readAutoencoder(fileStore(out), "");
        return { weights, facts, steps: said.filter((line) => line.startsWith("Step")).length };
      };
      const first = await run("a"), same = await run("b");
      assertEquals(same, first);
      assert(first.steps > 0);
      const again = await run("a");
      assertEquals(again, { ...first, steps: 0 });
      // Whatever else a network depends on, the checkpoints of another one are not taken for its own.
      const others = [
        { seed: "2" },
        { loss: "telescope_mse" },
        { "latent-bits": "5" },
        { "weight-bits": "0" },
        { recipe: "published" },
        { start: `${folder}/b` },
      ];
      const kernel = ({ weights }: typeof first) =>
        weights.get("encoder/conv/kernel")!.values.join();
      const kernels = new Set([kernel(first)]);
      for (const options of others) {
        const other = await run("a", options);
        assert(other.steps > 0, JSON.stringify(options));
        kernels.add(kernel(other));
      }
      assertEquals(kernels.size, 1 + others.length);
    });
  },
);

testNeeding(FILES, "train_autoencoder.ts builds what its options say", async () => {
  await _inFolder(async (folder, input) => {
    const out = `${folder}/net`;
    const few = { input, out, steps: "3", starts: "1" };
    await _train({ ...few, decoder: "dense", units: "12, 7", conditions: "eta, total" });
    const dense = await readAutoencoder(fileStore(out), "");
    assertEquals(dense.architecture.decoder, { kind: "dense", units: [12, 7] });
    assertEquals(dense.architecture.conditions, ["eta", "total"]);
    assertEquals(dense.weights.get("decoder/hidden0/kernel")?.shape, [18, 12]);

    await _train({ ...few, "latent-bits": "3", "weight-bits": "6", recipe: "published" });
    const { architecture, provenance } = await readAutoencoder(fileStore(out), "");
    assertEquals(architecture.formats, econFormats({ latentBits: 3, weightBits: 6 }));
    assertEquals(provenance.recipe, "published");
    await _train({ ...few, "weight-bits": "0" });
    assertEquals((await readAutoencoder(fileStore(out), "")).architecture.formats, "float");
  });
});

testNeeding(FILES, "train_autoencoder.ts says what is wrong, and writes no network", async () => {
  await _inFolder(async (folder, input) => {
    const out = `${folder}/net`, few = `${folder}/few.csv`, steps = "3";
    await writeWafers(few, [toyWafers("shower", 5, 1)]);
    const diverging = randomAutoencoder(1);
    diverging.weights.get("decoder/conv1/kernel")!.values.fill(3e38);
    await writeAutoencoder(fileStore(`${folder}/diverging`), "", diverging);
    const cases: [Record<string, string>, string][] = [
      [{ input, minutes: "1" }, "give --steps or --minutes, not both"],
      [{ input: few }, "at least 20 different ones"],
      [{ input, conditions: "eta,phi" }, "--conditions must be of total, eta, layer, density, "],
      [{ input, conditions: "layer" }, "there is no column layer"],
      [{ input, conditions: "waferu" }, "both waferu and waferv"],
      [
        { input, decoder: "dense", units: "12,many" },
        "--units must be positive integers, current value is 12,many",
      ],
      [{ input, "weight-bits": "1" }, "weightBits must be an integer >= 2, current value is 1"],
      [{ input, start: `${folder}/none` }, "there is no file autoencoder.json"],
      [{ input, surrogate: `${folder}/none` }, "/none/surrogate.json"],
      [{ input, start: "default", decoder: "dense" }, "decoder/hidden0/kernel is missing"],
      [{ input, start: `${folder}/diverging`, loss: "telescope_mse" }, "Cannot"],
    ];
    for (const [options, message] of cases) {
      await assertRejects(() => _train({ out, steps, starts: "1", ...options }), Error, message);
      await assertRejects(() => Deno.stat(`${out}/autoencoder.json`), Deno.errors.NotFound);
    }
    await assertRejects(() => _train({ input: `${folder}/no.csv`, out }), Deno.errors.NotFound);
  });
});

testNeeding(
  [...FILES, RUN],
  "train_autoencoder.ts runs with exactly the permissions that its help names",
  async () => {
    await _inFolder(async (folder, input) => {
      const args = ["--input", input, "--out", `${folder}/net`, "--steps", "3"];
      const { code, stdout, stderr } = await runAsDocumented(COMMAND, folder, args);
      assertEquals(code, 0, stderr);
      assert(stdout.includes(`Wrote ${folder}/net`), stdout);
    });
  },
);

/** A folder for one test with a file of 80 showers that have an eta. */
async function _inFolder(run: (folder: string, input: string) => Promise<void>): Promise<void> {
  const column = Float64Array.from({ length: 80 }, (_, wafer) => 1.6 + wafer / 80);
  const columns = { eta: column, waferu: column.map(Math.round) };
  await inFolder(async (folder) => {
    await writeWafers(`${folder}/wafers.csv`, [{ ...toyWafers("shower", 80, 1), columns }]);
    await run(folder, `${folder}/wafers.csv`);
  });
}

async function _train(options: Record<string, string>): Promise<string[]> {
  return await runHere(COMMAND, trainAutoencoder, options);
}
