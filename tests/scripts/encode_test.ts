import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { COMMAND, encode } from "../../scripts/encode.ts";
import { readColumns } from "../../scripts/std/column_tables.ts";
import { readWafers, writeWafers } from "../../src/datasets/files_deno.ts";
import { concatenateWafers, toyWafers, waferTable } from "../../src/datasets/mod.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { loadEconAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import { writeAutoencoder } from "../../src/models/autoencoder/stored_autoencoder.ts";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  PUBLISHED_FORMATS,
} from "../../src/models/inference/mod.ts";
import { PAPER_TO_TRAIN } from "../../src/wafer/mod.ts";
import { readReferenceWeights } from "../models/_published.ts";
import { randomAutoencoder } from "../models/autoencoder/_stored.ts";
import { FILES, inFolder, RUN, runAsDocumented, runHere } from "../_support/run_script.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

const ROOT = new URL("../../", import.meta.url);

/** 50 showers of five events. */
const WAFERS = (() => {
  const { charges } = toyWafers("shower", 50, 1);
  const event = Float64Array.from({ length: 50 }, (_, k) => Math.floor(k / 10));
  const kind = Array.from(event, (number) => number % 2 ? "electron" : "photon");
  return waferTable(charges.map((charge) => Math.round(20 * charge)), { event, kind });
})();

testNeeding(
  FILES,
  "wafers go into codes and back, in each format, as the network reconstructs them",
  async () => {
    await _inFolder(async (folder, input) => {
      const stored = randomAutoencoder(1), network = `${folder}/net`;
      await writeAutoencoder(fileStore(network), "", stored);
      const autoencoder = await loadEconAutoencoder(stored);
      const expected = autoencoder.reconstruct(WAFERS.charges);
      const latents = autoencoder.encode(WAFERS.charges);
      for (const ending of ["csv", "parquet", "npz"]) {
        const codes = `${folder}/codes.${ending}`, out = `${folder}/out.${ending}`;
        await _encode({ input, out: codes, network });
        const [{ columns }] = await Array.fromAsync(readColumns(codes));
        for (const k of [0, 7, 15]) {
          const column = columns[`CODE_${k}`] as Float64Array;
          column.forEach((code, row) => assertEquals(code / 256, latents[16 * row + k]));
        }
        await _encode({ to: "wafers", input: codes, out, network });
        const decoded = concatenateWafers(await Array.fromAsync(readWafers(out)));
        assertEquals(decoded.columns, WAFERS.columns);
        const sums = columns.CALQ_SUM as Float64Array;
        decoded.charges.forEach((charge, k) =>
          assertAlmostEquals(charge / sums[Math.floor(k / 48)], expected[k], 1e-6)
        );
      }
    });
  },
);

testNeeding(FILES, "integers give the same file as floats, for the shipped network", async () => {
  await _inFolder(async (folder) => {
    const input = fileURLToPath(new URL("data/sample.csv", ROOT));
    await _encode({ input, out: `${folder}/a.csv` });
    await _encode({ input, out: `${folder}/b.csv`, integer: "" });
    const [one, other] = await Promise.all(
      ["a", "b"].map((name) => Deno.readTextFile(`${folder}/${name}.csv`)),
    );
    assert(one === other);
    assertEquals(one.split("\n").length, 2002);
  });
});

testNeeding(FILES, "columns in the paper's order are encoded as those in train order", async () => {
  await _inFolder(async (folder, input) => {
    const charges = WAFERS.charges.map((_, k) =>
      WAFERS.charges[k - k % 48 + PAPER_TO_TRAIN[k % 48]]
    );
    const paper = { ...WAFERS, charges };
    await writeWafers(`${folder}/paper.csv`, [paper]);
    await _encode({ input, out: `${folder}/a.csv` });
    await _encode({ input: `${folder}/paper.csv`, order: "paper", out: `${folder}/b.csv` });
    const [one, other] = await Promise.all(
      ["a", "b"].map((name) => Deno.readTextFile(`${folder}/${name}.csv`)),
    );
    assert(one === other);
  });
});

testNeeding(
  [
    ...FILES,
    referenceData("wafers/dense.csv"),
    referenceData("peer_networks/autoencoder_5bit.f32"),
  ],
  "a published network encodes real wafers as published",
  async () => {
    await _inFolder(async (folder) => {
      const of = (name: string) => fileURLToPath(new URL(name, REFERENCE_DATA));
      const network = of("peer_networks/autoencoder_5bit.json"), input = of("wafers/dense.csv");
      const out = `${folder}/codes.parquet`;
      await _encode({ input, out, network, quantised: "", integer: "" });
      const plain = econAutoencoderInference(
        econAutoencoderWeights(readReferenceWeights("autoencoder_5bit"), PUBLISHED_FORMATS),
      );
      let first = 0;
      for await (const { count, columns } of readColumns(out)) {
        const wafers = concatenateWafers(await Array.fromAsync(readWafers(input)));
        const latents = plain.encode(wafers.charges.subarray(48 * first, 48 * (first + count)));
        const codes = columns.CODE_4 as Float64Array;
        assert(codes.every((code, row) => code === 256 * latents[16 * row + 4]));
        first += count;
      }
      assertEquals(first, 4235);
    });
  },
);

testNeeding(FILES, "encode.ts says what is wrong, and writes nothing", async () => {
  await _inFolder(async (folder, input) => {
    const out = `${folder}/out/a.csv`, network = `${folder}/float`;
    await writeAutoencoder(fileStore(network), "", randomAutoencoder(2, { formats: "float" }));
    await Deno.writeTextFile(`${folder}/half.csv`, "CODE_0,CODE_1\n1,2\n");
    const header = Array.from({ length: 16 }, (_, k) => `CODE_${k}`).join();
    await Deno.writeTextFile(`${folder}/large.csv`, `${header}\n600${",0".repeat(15)}\n`);
    const cases: [Record<string, string>, string][] = [
      [{ input: `${folder}/absent.csv` }, "there is no such file"],
      [{ input: `${folder}/half.csv` }, "the header must name columns CALQ_0 to CALQ_47"],
      [{ input: `${folder}/half.csv`, to: "wafers" }, "there is no column CODE_2"],
      [{ input, to: "wafers" }, "there is no column CODE_0"],
      [
        { input: `${folder}/large.csv`, to: "wafers" },
        "row 0: CODE_0 must be an integer from 0 to 511",
      ],
      [{ input: `${folder}/large.csv`, to: "wafers", integer: "" }, "--integer is for --to codes"],
      [{ input, out: `${folder}/out/a.txt` }, "the name must end in one of"],
      [{ input, network: `${folder}/absent` }, "there is no file"],
      [{ input, network, integer: "" }, "formats"],
      [{ input, quantised: "" }, "default says its bits itself"],
    ];
    for (const [options, message] of cases) {
      await assertRejects(() => _encode({ out, ...options }), Error, message);
    }
    assertEquals(await Array.fromAsync(Deno.readDir(`${folder}/out`)), []);
  });
});

testNeeding(
  [...FILES, RUN],
  "encode.ts runs with exactly the permissions that its help names",
  async () => {
    await _inFolder(async (folder, input) => {
      for (
        const args of [
          ["--input", input, "--out", `${folder}/codes.npz`, "--integer"],
          ["--to", "wafers", "--input", `${folder}/codes.npz`, "--out", `${folder}/new/wafers.csv`],
        ]
      ) {
        const { code, stdout, stderr } = await runAsDocumented(COMMAND, folder, args);
        assertEquals(code, 0, stderr);
        assert(/^Wrote .*50 wafers/.test(stdout));
      }
    });
  },
);

async function _inFolder(use: (folder: string, input: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await writeWafers(`${folder}/wafers.csv`, [WAFERS]);
    await use(folder, `${folder}/wafers.csv`);
  });
}

async function _encode(options: Record<string, string>): Promise<void> {
  await runHere(COMMAND, encode, options);
}
