import { TRIGGER_LAYERS } from "../datasets/simulation/layers.ts";
import type { HitCells, Seed } from "./seed_map.ts";
import type { Cluster } from "./types.ts";
import { GEV_PER_MIP_T } from "./units.ts";

/** Cells with charge, and the layer of each. */
export interface HitCellsOfLayers extends HitCells {
  /** Index of the trigger layer of each, 0 to 13. */
  readonly layer: ArrayLike<number>;
}

/** Options of {@linkcode clustersAround}. */
export interface ClusterOptions {
  /**
   * Cells nearer than this to a seed may join it, in (x/z, y/z).
   *
   * @default {0.015}
   */
  readonly radius?: number;
  /**
   * Clusters with more transverse energy than this are kept, GeV.
   *
   * @default {0.5}
   */
  readonly leastPt?: number;
}

/**
 * Gathers cells into clusters: each cell of any layer joins the nearest seed, if that is nearer than the
 * radius in (x/z, y/z); of seeds at one distance, the first. A cluster's transverse energy is 28.4 MeV
 * times its charge in MIP_T, its place the centroid of its charge.
 *
 * @param cells The cells with charge.
 * @param seeds The seeds.
 * @param options Radius, and which clusters are kept.
 * @returns The clusters, in the order of their seeds.
 *
 * Source: CMS's trigger emulation; paper, Section 5.
 *
 * @example
 * ```ts
 * import { clustersAround } from "@hexmover/hexmover/trigger";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const cells = { count: 2, x: [0.2, 0.21], y: [0, 0], charge: [60, 40], layer: [2, 3] };
 * const [cluster] = clustersAround(cells, [{ x: 0.2, y: 0, charge: 100 }]);
 * assertAlmostEquals(cluster.pT, 100 * 0.0284);
 * assertAlmostEquals(cluster.eta, Math.asinh(1 / 0.204));
 * assertEquals(cluster.phi, 0);
 * ```
 */
export function clustersAround(
  cells: HitCellsOfLayers,
  seeds: readonly Seed[],
  options: ClusterOptions = {},
): Cluster[] {
  const { radius = 0.015, leastPt = 0.5 } = options;
  const sums = seeds.map(() => ({
    charge: 0,
    chargeX: 0,
    chargeY: 0,
    layers: new Float64Array(TRIGGER_LAYERS.length),
  }));
  for (let k = 0; k < cells.count; k++) {
    const nearest = _nearestWithin(radius, seeds, cells.x[k], cells.y[k]);
    if (nearest < 0) continue;
    const sum = sums[nearest], charge = cells.charge[k];
    sum.charge += charge;
    sum.chargeX += charge * cells.x[k];
    sum.chargeY += charge * cells.y[k];
    sum.layers[cells.layer[k]] += charge * GEV_PER_MIP_T;
  }
  return sums
    .filter(({ charge }) => charge * GEV_PER_MIP_T > leastPt)
    .map(({ charge, chargeX, chargeY, layers }) => ({
      pT: charge * GEV_PER_MIP_T,
      eta: Math.asinh(charge / Math.hypot(chargeX, chargeY)),
      phi: Math.atan2(chargeY, chargeX),
      layerPt: layers,
    }));
}

/** Index of the nearest seed that is nearer than the radius, or -1. */
function _nearestWithin(radius: number, seeds: readonly Seed[], x: number, y: number): number {
  let nearest = -1, least = radius * radius;
  for (let k = 0; k < seeds.length; k++) {
    const dx = x - seeds[k].x, dy = y - seeds[k].y, squared = dx * dx + dy * dy;
    if (squared >= least) continue;
    least = squared;
    nearest = k;
  }
  return nearest;
}
