import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { JudgedNetwork } from "../../../scripts/std/judged_networks.ts";
import { reconstructionsJson } from "../../../scripts/std/reconstructions.ts";
import { selectWafers, waferTable } from "../../../src/datasets/wafer_table.ts";
import { parseReconstructions } from "../../../src/experiments/report/reconstructions.ts";
import { evaluateAutoencoder } from "../../../src/models/autoencoder/evaluate_autoencoder.ts";
import { loadEconAutoencoder } from "../../../src/models/autoencoder/load_autoencoder.ts";
import { waferEmd } from "../../../src/wafer/emd.ts";

/** Wafer k has k + 1 cells hit. */
const WAFERS = waferTable(
  Float64Array.from({ length: 40 * 48 }, (_, i) => i % 48 <= Math.floor(i / 48) ? 1 + i % 7 : 0),
);

Deno.test("wafers from few cells to many stand beside their reconstructions and exact EMDs", async () => {
  const first = await loadEconAutoencoder();
  // Shuffled judges of the first seed, and others of a second one, which are not shown.
  const judges = Uint32Array.from({ length: 30 }, (_, k) => (7 * k) % 30);
  const evaluation = evaluateAutoencoder(first, selectWafers(WAFERS, judges));
  const judged: JudgedNetwork = {
    name: "shipped",
    first,
    evaluations: [evaluation, evaluation],
    emd: evaluation.emd,
    wafer: Uint32Array.of(...judges, 39, 38),
  };
  const { wafers, reconstructions, emd } = parseReconstructions(
    reconstructionsJson([judged], WAFERS),
  );
  const hit = wafers.map((charges) => charges.filter((charge) => charge > 0).length);
  assertEquals(hit.length, 24);
  assertEquals([hit[0], hit[23]], [1, 30], "judges of the first seed alone");
  assert(hit.every((count, k) => k === 0 || count >= hit[k - 1]));
  wafers.forEach((charges, k) =>
    assertAlmostEquals(waferEmd(charges, reconstructions.shipped[k]).value, emd.shipped[k], 1e-4)
  );
});
