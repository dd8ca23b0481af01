/** The published networks on real wafers, as an independent program has judged them. */
import { assertAlmostEquals } from "@std/assert";
import {
  chargesOf,
  concatenateWafers,
  randomPairs,
  readWafers,
  selectWhere,
  type WaferSelection,
} from "../../../src/datasets/mod.ts";
import { pairedWafers } from "../../../src/datasets/pairs/pairs.ts";
import { emdCnnInference, emdCnnWeights } from "../../../src/models/mod.ts";
import { relativeDifference } from "../../../src/models/surrogates/relative_difference.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { waferEmdBatch } from "../../../src/wafer/mod.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";

/**
 * Bias and sigma on 600 pairs of wafers with six or more cells each, by sample and network. Electrons
 * are left out: far outliers move the sigma of 600 of their pairs by more than is allowed here.
 */
const JUDGED = {
  dense: { pair_mse: [-0.007, 0.044], pair_msle: [0.012, 0.053], ae_mse: [-0.118, 0.088] },
  ttbar_0pu: { pair_mse: [0.008, 0.065], pair_msle: [0.073, 0.092], ae_mse: [-0.112, 0.140] },
} as const;

const hasSixCells: WaferSelection = (table) => (wafer) =>
  chargesOf(table, wafer).filter((charge) => charge > 0).length >= 6;

for (const [sample, networks] of Object.entries(JUDGED)) {
  for (const [name, [bias, sigma]] of Object.entries(networks)) {
    const needs = [
      referenceData(`wafers/${sample}.csv`),
      referenceData(`peer_networks/emd_cnn_${name}.f32`),
    ];
    testNeeding(needs, `bias and sigma of the published ${name} on ${sample}`, async () => {
      const tables = readWafers(new URL(`wafers/${sample}.csv`, REFERENCE_DATA));
      const wafers = concatenateWafers(
        await Array.fromAsync(selectWhere(tables, hasSixCells)),
      );
      const stream = new RandomStream(1, "pairs to judge published networks");
      const { x, y } = pairedWafers(wafers, randomPairs(wafers.count, 600, stream));
      const network = emdCnnInference(emdCnnWeights(readReferenceWeights(`emd_cnn_${name}`)));
      const found = relativeDifference(network.predict(x, y), waferEmdBatch(x, y).values);
      assertAlmostEquals(found.bias, bias, 0.02);
      assertAlmostEquals(found.sigma, sigma, 0.02);
    });
  }
}
