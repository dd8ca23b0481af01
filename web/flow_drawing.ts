import { flowArrow } from "../src/experiments/flow_arrow.ts";
import type { ChargeFlow } from "../src/wafer/emd.ts";
import { CELL_CENTRES, PITCH } from "./wafer_layout.ts";

/**
 * The optimal flow as arrows, as wide as the charge that they move; the widest is drawn last.
 *
 * @param flows Flows of `waferEmd`.
 * @returns SVG elements in `currentColor`, in the pixels of `VIEW_BOX`; empty without flows.
 */
export function flowDrawing(flows: readonly ChargeFlow[]): string {
  const widest = Math.max(0, ...flows.map(({ mass }) => mass));
  return flows
    .toSorted((one, other) => one.mass - other.mass)
    .map(({ from, to, mass }) =>
      flowArrow(CELL_CENTRES[from], CELL_CENTRES[to], {
        width: (0.03 + 0.22 * mass / widest) * PITCH,
        gap: 0.1 * PITCH,
        color: "currentColor",
        opacity: 0.5 + 0.4 * mass / widest,
      })
    )
    .join("");
}
