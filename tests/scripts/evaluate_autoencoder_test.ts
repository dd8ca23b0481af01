import { assert, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { COMMAND, evaluateAutoencoders } from "../../scripts/evaluate_autoencoder.ts";
import { codecsAt } from "../../src/codecs/mod.ts";
import { writeWafers } from "../../src/datasets/files_deno.ts";
import { toyWafers } from "../../src/datasets/toy/toy_wafers.ts";
import { checksum } from "../../src/experiments/key.ts";
import { fileStore } from "../../src/experiments/store_deno.ts";
import { evaluateAutoencoder } from "../../src/models/autoencoder/evaluate_autoencoder.ts";
import { loadEconAutoencoder } from "../../src/models/autoencoder/load_autoencoder.ts";
import {
  type StoredAutoencoder,
  writeAutoencoder,
} from "../../src/models/autoencoder/stored_autoencoder.ts";
import { econFormats } from "../../src/models/inference/mod.ts";
import { waferEmdBatch } from "../../src/wafer/emd_batch.ts";
import { quantiles } from "../../src/numerics/quantile.ts";
import { randomAutoencoder } from "../models/autoencoder/_stored.ts";
import { FILES, inFolder, RUN, runAsDocumented, runHere } from "../_support/run_script.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../_support/skips.ts";

/** 60 showers on both sides of the detector, the first one with six charged cells. */
const WAFERS = (() => {
  const { charges, ...table } = toyWafers("shower", 60, 1);
  charges.fill(0, 6, 48);
  const eta = Float64Array.from({ length: 60 }, (_, k) => (k % 2 ? 1 : -1) * (1.5 + k / 60));
  return { ...table, charges, columns: { eta } };
})();

testNeeding(
  FILES,
  "evaluate_autoencoder.ts judges networks side by side, and codecs of their bits",
  async () => {
    const few = randomAutoencoder(1, { formats: econFormats({ latentBits: 3 }) });
    const float = randomAutoencoder(2, { formats: "float", conditions: ["eta"] });
    await _inFolder({ few, float }, async (folder, input) => {
      const said = await _evaluate({ network: `${folder}/few,${folder}/float`, input });
      assert(said.startsWith("60 wafers;"), said);
      const [summary, byCells, byEta] = _tables(said);
      assertEquals(Object.keys(summary).slice(0, 3), ["few", "float", "sqrt_levels"]);
      for (const [name, stored] of Object.entries({ few, float })) {
        const found = evaluateAutoencoder(await loadEconAutoencoder(stored), WAFERS);
        const { median, low, high, mean, deadLatents, saturated } = found;
        const row = summary[name];
        assertEquals(row[0], name === "few" ? "48" : "float");
        assertEquals(row.slice(1, 5), [median, low, high, mean].map((emd) => emd.toFixed(3)));
        assertEquals(row[5], `${deadLatents} of 16`);
        assertEquals(row[6], `${(100 * saturated).toFixed(1)} %`);
        assertEquals(row.slice(7), ["0", "0"]);
        const sparse = found.emd.filter((_, wafer) => _charged(wafer) < 10);
        assert(sparse.length < 30);
        assertEquals(byCells[name][1], quantiles(sparse, [0.5])[0].toFixed(3));
      }
      // Codecs at 48 bits beside the quantised network, at 144 beside the float one.
      const codecs = [...codecsAt(144), ...codecsAt(48)];
      const rows = said.split("\n\n")[1].split("\n").slice(4).map(_cells);
      assertEquals(
        rows.map((row) => row.slice(0, 2)),
        codecs.map(({ name, bits }) => [name, `${bits}`]),
      );
      codecs.forEach(({ reconstruct }, k) => {
        const { values } = waferEmdBatch(WAFERS.charges, reconstruct(WAFERS.charges));
        assertEquals(rows[k][2], quantiles(values, [0.5])[0].toFixed(3));
      });
      // Bins hold all wafers, of either sign of eta.
      for (const table of [byCells, byEta]) {
        const counts = table.wafers.slice(1).map(Number);
        assertEquals(counts.reduce((a, b) => a + b), 60);
        assert(counts.length > 1);
      }
      assertEquals(byEta.wafers.slice(1).map(Number), [6, 12, 12, 12, 12, 6]);
    });
  },
);

testNeeding(
  FILES,
  "a network is judged by wafers of its file that it was not trained on",
  async () => {
    const network = randomAutoencoder(3);
    await _inFolder({ network }, async (folder, input) => {
      const data = await checksum(await Deno.readFile(input));
      const trained = { ...network, provenance: { data, seed: 4 } };
      await writeAutoencoder(fileStore(folder), "trained", trained);
      assert((await _evaluate({ network: `${folder}/network`, input })).startsWith("60 wafers"));
      for (const network of [`${folder}/trained`, `${folder}/network,${folder}/trained`]) {
        const [judging, rest] = (await _evaluate({ network, input })).split(/\n(.*)/s);
        assert(judging.startsWith("Judging by 6 of 60 different wafers"), judging);
        assert(rest.startsWith("6 wafers"), rest);
      }
    });
  },
);

testNeeding(FILES, "evaluate_autoencoder.ts says what is wrong", async () => {
  const network = randomAutoencoder(3, { conditions: ["layer"] });
  await _inFolder({ network }, async (folder, input) => {
    const empty = `${folder}/empty.csv`;
    await writeWafers(empty, [{ ...WAFERS, charges: new Float64Array(60 * 48) }]);
    const cases: [Record<string, string>, string][] = [
      [{ network: ",", input }, "at least one must be named"],
      [{ network: "default,default", input }, "two are called default"],
      [{ network: `${folder}/absent`, input }, "there is no file"],
      [{ network: `${folder}/network`, input }, "there is no column layer"],
      [{ network: "default:quantised", input }, "default says its bits itself"],
      [{ input: empty }, "holds no wafer to judge by"],
      [{ input: `${folder}/absent.csv` }, "there is no such file"],
    ];
    for (const [options, message] of cases) {
      await assertRejects(() => _evaluate(options), Error, message);
    }
  });
});

testNeeding(
  [referenceData("wafers/dense.csv"), referenceData("peer_networks/autoencoder_float.f32")],
  "the published networks have their medians",
  async () => {
    const of = (name: string) => fileURLToPath(new URL(name, REFERENCE_DATA));
    const [float, fiveBits] = ["autoencoder_float", "autoencoder_5bit"].map((name) =>
      of(`peer_networks/${name}.json`)
    );
    const input = of("wafers/dense.csv");
    const [summary] = _tables(
      await _evaluate({ network: `${float},${fiveBits}:quantised`, input }),
    );
    const [one, other] = Object.values(summary).map(([, median]) => Number(median));
    assert(Math.abs(one / 1.019 - 1) < 0.005, `${one}`);
    assert(Math.abs(other / 1.229 - 1) < 0.005, `${other}`);
    const [all] = _tables(await _evaluate({ network: fiveBits, input, quantised: "" }));
    assertEquals(Object.values(all)[0], Object.values(summary)[1]);
  },
);

testNeeding(
  [FILES[0], RUN],
  "evaluate_autoencoder.ts runs with exactly the permissions that its help names",
  async () => {
    const { code, stdout, stderr } = await runAsDocumented(COMMAND, "", []);
    assertEquals(code, 0, stderr);
    assert(/\n\| default .*\n/.test(stdout));
  },
);

function _charged(wafer: number): number {
  const charges = WAFERS.charges.subarray(48 * wafer, 48 * wafer + 48);
  return charges.filter((charge) => charge > 0).length;
}

/** What the script prints. */
async function _evaluate(options: Record<string, string>): Promise<string> {
  return (await runHere(COMMAND, evaluateAutoencoders, options)).join("\n");
}

/** The rows of each table by their first cell; of several rows of one name, the last one. */
function _tables(text: string): Record<string, string[]>[] {
  const tables = text.split("\n\n").filter((part) => part.startsWith("|"));
  return tables.map((table) =>
    Object.fromEntries(
      table.split("\n").slice(2).map((line) => {
        const [name, ...cells] = _cells(line);
        return [name, cells];
      }),
    )
  );
}

function _cells(line: string): string[] {
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}

/** A folder for one test, with networks by their names and a file of wafers. */
async function _inFolder(
  networks: Readonly<Record<string, StoredAutoencoder>>,
  use: (folder: string, input: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    for (const [name, network] of Object.entries(networks)) {
      await writeAutoencoder(fileStore(folder), name, network);
    }
    await writeWafers(`${folder}/wafers.csv`, [WAFERS]);
    await use(folder, `${folder}/wafers.csv`);
  });
}
