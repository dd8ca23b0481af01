import { phiInEndcap } from "../datasets/simulation/generated_particle.ts";
import type { WaferTable } from "../datasets/wafer_table.ts";
import { numberColumn } from "./number_column.ts";
import type { TriggerEvent } from "./types.ts";

/**
 * The events of a table: runs of wafers with the same `event` and `zside`, each endcap being an event
 * of its own, with what was generated there.
 *
 * @param table Wafers with columns `event`, `zside` (+1 or -1), `gen_pt` (GeV), `gen_eta` and
 * `gen_phi`; those of an event stand together.
 * @returns The events, in the table's order; for z < 0 mirrored into the frame of the endcap at z > 0.
 * @throws {TypeError} If a column is missing or holds texts.
 *
 * @example
 * ```ts
 * import { waferTable } from "@hexmover/hexmover/datasets";
 * import { triggerEvents } from "@hexmover/hexmover/trigger";
 * import { assertEquals } from "@std/assert";
 *
 * const table = waferTable(new Float64Array(3 * 48), {
 *   event: Float64Array.of(7, 7, 8),
 *   zside: Float64Array.of(1, 1, 1),
 *   gen_pt: Float64Array.of(20, 20, 30),
 *   gen_eta: Float64Array.of(2, 2, 1.7),
 *   gen_phi: Float64Array.of(0, 0, 1),
 * });
 * assertEquals(triggerEvents(table).map(({ event, first, end }) => [event, first, end]), [
 *   [7, 0, 2],
 *   [8, 2, 3],
 * ]);
 * ```
 */
export function triggerEvents(table: WaferTable): TriggerEvent[] {
  const [event, zside, pT, eta, phi] = ["event", "zside", "gen_pt", "gen_eta", "gen_phi"]
    .map((name) => numberColumn(table, name));
  const events: TriggerEvent[] = [];
  for (let first = 0, end = 0; first < table.count; first = end) {
    while (end < table.count && event[end] === event[first] && zside[end] === zside[first]) end++;
    events.push({
      event: event[first],
      first,
      end,
      particle: {
        pT: pT[first],
        eta: Math.abs(eta[first]),
        phi: phiInEndcap(phi[first], zside[first] < 0 ? -1 : 1),
      },
    });
  }
  return events;
}
