import {
  outerRadiusAt,
  thicknessAt,
  TRIGGER_LAYER_Z,
  TRIGGER_LAYERS,
} from "../datasets/simulation/layers.ts";
import { waferCentre } from "../datasets/simulation/wafer_lattice.ts";
import type { WaferTable } from "../datasets/wafer_table.ts";
import { cellPositions, CELLS } from "../wafer/cells.ts";
import { numberColumn } from "./number_column.ts";
import type { TriggerCells } from "./types.ts";
import { COUNTS_PER_MIP_T } from "./units.ts";

/** x and y of the cells around their wafer's centre, cm, by density: 0 low, 1 high. */
const _POSITIONS = [
  cellPositions({ geometry: "low_density", unit: "cm" }),
  cellPositions({ geometry: "high_density", unit: "cm" }),
];

/**
 * Places the trigger cells of wafers and brings their charges to MIP_T.
 *
 * From raw charges (tc_data), where there are some, with the exact angle of each cell:
 *
 *     charge = tc_data / (35.12 cosh eta),   1 / cosh eta = r / sqrt(r^2 + 1),   r = |(x, y)| / z
 *
 * and otherwise from transverse charges in whole counts, charge = CALQ / 35.12.
 *
 * @param table Wafers with columns `layer`, `waferu` and `waferv`; `density` (0 low, 1 high) is that of
 * the wafer's place where there is no such column.
 * @returns The cells, in the frame of the endcap at z > 0.
 * @throws {TypeError} If a column is missing or holds texts.
 * @throws {RangeError} If a layer is none that the trigger reads, or a wafer lies outside of its layer.
 *
 * @example
 * ```ts
 * import { simulate } from "@hexmover/hexmover/datasets";
 * import { triggerCells } from "@hexmover/hexmover/trigger";
 * import { assert } from "@std/assert";
 *
 * for await (const table of simulate({ seed: 1, events: 1, eta: [2, 2], pileUp: 0 })) {
 *   const { charges, x, y } = triggerCells(table);
 *   const hardest = charges.indexOf(Math.max(...charges));
 *   const eta = Math.asinh(1 / Math.hypot(x[hardest], y[hardest]));
 *   assert(Math.abs(eta - 2) < 0.1);
 * }
 * ```
 */
export function triggerCells(table: WaferTable): TriggerCells {
  const { count, charges, rawCharges } = table;
  const layers = numberColumn(table, "layer");
  const u = numberColumn(table, "waferu"), v = numberColumn(table, "waferv");
  const density = "density" in table.columns ? numberColumn(table, "density") : undefined;
  const cells: TriggerCells = {
    count,
    charges: new Float64Array(count * CELLS),
    x: new Float64Array(count * CELLS),
    y: new Float64Array(count * CELLS),
    layer: new Uint8Array(count),
  };
  for (let wafer = 0; wafer < count; wafer++) {
    const layer = cells.layer[wafer] = _layerIndex(layers[wafer], wafer);
    const z = TRIGGER_LAYER_Z[layer], [centreX, centreY] = waferCentre(u[wafer], v[wafer]);
    const radius = Math.hypot(centreX, centreY);
    if (!(radius < outerRadiusAt(z))) {
      throw new RangeError(
        `Cannot place wafer ${wafer}: its centre must be within ${
          outerRadiusAt(z).toFixed(1)
        } cm ` +
          `of the beam, current distance is ${radius.toFixed(1)}`,
      );
    }
    const positions = _POSITIONS[density?.[wafer] ?? (thicknessAt(z, radius) === 0 ? 1 : 0)];
    for (let cell = 0, k = wafer * CELLS; cell < CELLS; cell++, k++) {
      const x = cells.x[k] = (centreX + positions[2 * cell]) / z;
      const y = cells.y[k] = (centreY + positions[2 * cell + 1]) / z;
      cells.charges[k] = rawCharges === undefined
        ? charges[k] / COUNTS_PER_MIP_T
        : rawCharges[k] / COUNTS_PER_MIP_T * Math.sqrt((x * x + y * y) / (x * x + y * y + 1));
    }
  }
  return cells;
}

function _layerIndex(layer: number, wafer: number): number {
  const index = TRIGGER_LAYERS.indexOf(layer);
  if (index >= 0) return index;
  throw new RangeError(
    `Cannot place wafer ${wafer}: its layer must be one of ${TRIGGER_LAYERS.join(", ")}, ` +
      `current value is ${layer}`,
  );
}
