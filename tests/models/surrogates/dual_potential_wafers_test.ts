/** The shipped dual-potential network, trained on simulated wafers, on real ones that it never saw. */
import { assert, assertEquals } from "@std/assert";
import { pairedWafers, randomPairs, type WaferTable } from "../../../src/datasets/mod.ts";
import { readWafers } from "../../../src/datasets/files_deno.ts";
import {
  econAutoencoderInference,
  econAutoencoderWeights,
  PUBLISHED_FORMATS,
} from "../../../src/models/inference/mod.ts";
import type { DualPotential } from "../../../src/models/surrogates/dual_potential.ts";
import { loadSurrogate } from "../../../src/models/surrogates/load_surrogate.ts";
import { relativeDifference } from "../../../src/models/surrogates/relative_difference.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { useBackend } from "../../../src/tensor/mod.ts";
import { CELLS, normalise, waferEmdBatch } from "../../../src/wafer/mod.ts";
import { REFERENCE_DATA, referenceData, testNeeding } from "../../_support/skips.ts";
import { readReferenceWeights } from "../_published.ts";

const WAFERS = "wafers/dense.csv";
const PAIRS: Record<string, (wafers: WaferTable) => { x: Float64Array; y: Float64Array }> = {
  "random pairs": (wafers) =>
    pairedWafers(wafers, randomPairs(wafers.count, 1500, new RandomStream(3, "judged"))),
  "outputs of the published float autoencoder": (wafers) => reconstructed(wafers, "float"),
  "outputs of the published 5-bit autoencoder": (wafers) => reconstructed(wafers, "5bit"),
};

function reconstructed({ charges }: WaferTable, network: "float" | "5bit") {
  const weights = econAutoencoderWeights(
    readReferenceWeights(`autoencoder_${network}`),
    network === "5bit" ? PUBLISHED_FORMATS : undefined,
  );
  const x = charges.slice(0, 1500 * CELLS);
  return { x, y: Float64Array.from(econAutoencoderInference(weights).reconstruct(x)) };
}

const NEEDS = [
  referenceData(WAFERS),
  ...["float", "5bit"].map((network) => referenceData(`peer_networks/autoencoder_${network}.f32`)),
];

for (const [name, draw] of Object.entries(PAIRS)) {
  testNeeding(
    NEEDS,
    `${name} of real wafers: estimates, bounds and gradients are near`,
    async () => {
      await useBackend({ backend: "wasm" });
      const estimate = await loadSurrogate("dual_potential") as DualPotential;
      const tables = await Array.fromAsync(readWafers(new URL(WAFERS, REFERENCE_DATA)));
      const pairs = draw(tables[0]);
      const x = normalise(pairs.x, "fraction"), y = normalise(pairs.y, "fraction");
      const exact = waferEmdBatch(x, y, { gradients: true });
      const { value, gradient, diagnostics } = await estimate.valueAndGradient(x, y);
      estimate.dispose();

      const { bias, sigma } = relativeDifference(value, exact.values);
      assert(Math.abs(bias) <= 0.01 && sigma <= 0.015, `bias ${bias}, sigma ${sigma}`);
      const gaps = relativeDifference(diagnostics!.lower_bound, exact.values);
      assert(gaps.bias < 0 && gaps.bias >= -0.03, `mean gap ${gaps.bias}`);
      assertEquals(gaps.differences.findIndex((difference) => difference > 1e-5), -1);
      const cosine = _meanCosine(x, y, gradient, exact.gradients!);
      assert(cosine >= 0.95, `mean cosine ${cosine}`);
    },
  );
}

/** Of the gradients at the cells where x and y differ, centred there: elsewhere there are many. */
function _meanCosine(x: Float64Array, y: Float64Array, a: Float64Array, b: Float64Array): number {
  const rows = x.length / CELLS;
  let mean = 0;
  for (let row = 0; row < rows; row++) {
    const cells: number[] = [];
    for (let k = row * CELLS; k < (row + 1) * CELLS; k++) if (x[k] !== y[k]) cells.push(k);
    const centred = (g: Float64Array) => {
      const middle = cells.reduce((sum, k) => sum + g[k], 0) / cells.length;
      return cells.map((k) => g[k] - middle);
    };
    const [p, q] = [centred(a), centred(b)];
    const product = (u: number[], v: number[]) => u.reduce((sum, uk, k) => sum + uk * v[k], 0);
    mean += product(p, q) / Math.sqrt(product(p, p) * product(q, q)) / rows;
  }
  return mean;
}
