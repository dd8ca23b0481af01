/**
 * Some wafers beside what networks made of them, for the report.
 *
 * @module
 */
import { chargesOf, selectWafers, type WaferTable } from "../../src/datasets/wafer_table.ts";
import { canonicalJson } from "../../src/experiments/canonical_json.ts";
import type { Reconstructions } from "../../src/experiments/report/reconstructions.ts";
import { waferConditions } from "../../src/models/autoencoder/conditions.ts";
import { CELLS } from "../../src/wafer/cells.ts";
import type { JudgedNetwork } from "./judged_networks.ts";

/** Number of wafers that are shown. */
const SHOWN = 24;

/**
 * Wafers that judge the first seed, from those with the fewest cells hit to those with the most, in even
 * steps, and their reconstructions.
 *
 * @param judged Networks that were judged by the same wafers.
 * @param wafers All wafers.
 * @returns The bytes of `reconstructions.json`; charge fractions to six digits.
 */
export function reconstructionsJson(
  judged: readonly JudgedNetwork[],
  wafers: WaferTable,
): Uint8Array {
  // Those of the first seed come first.
  const judges = judged[0].wafer.subarray(0, judged[0].evaluations[0].emd.length);
  const places = _evenlyByOccupancy(judges, wafers);
  const shown = selectWafers(wafers, Uint32Array.from(places, (place) => judges[place]));
  const file: Reconstructions = {
    order: "train",
    wafers: _rows(shown.charges),
    reconstructions: Object.fromEntries(judged.map(({ name, first }) => {
      const conditions = waferConditions(shown, first.architecture.conditions);
      return [name, _rows(first.reconstruct(shown.charges, conditions))];
    })),
    emd: Object.fromEntries(judged.map(({ name, evaluations }) => [
      name,
      places.map((place) => evaluations[0].emd[place]),
    ])),
  };
  return new TextEncoder().encode(canonicalJson(file) + "\n");
}

/** Places among the judges, in the order of the number of cells hit. */
function _evenlyByOccupancy(judges: Uint32Array, wafers: WaferTable): number[] {
  const hit = (wafer: number) =>
    chargesOf(wafers, wafer).reduce((count, charge) => count + (charge > 0 ? 1 : 0), 0);
  const sorted = [...judges.keys()].toSorted((a, b) => hit(judges[a]) - hit(judges[b]) || a - b);
  const count = Math.min(SHOWN, sorted.length);
  return Array.from(
    { length: count },
    (_, k) => sorted[Math.round(k * (sorted.length - 1) / Math.max(count - 1, 1))],
  );
}

function _rows(values: ArrayLike<number>): number[][] {
  return Array.from(
    { length: values.length / CELLS },
    (_, row) =>
      Array.from({ length: CELLS }, (_, cell) => Number(values[row * CELLS + cell].toPrecision(6))),
  );
}
