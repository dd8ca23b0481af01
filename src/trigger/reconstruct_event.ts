import { CELLS } from "../wafer/cells.ts";
import { clustersAround } from "./clusters.ts";
import { matchedCluster } from "./matching.ts";
import { SeedMap } from "./seed_map.ts";
import type { Cluster, TriggerCells, TriggerEvent } from "./types.ts";

/** Why an event has no cluster of its particle, or `found`. */
export type EventOutcome =
  /** There is a cluster. */
  | "found"
  /** The particle is outside of the |eta| that is looked at, or too soft. */
  | "outside_acceptance"
  /** The table has no wafer of the event. */
  | "no_wafer"
  /** No cell has charge. */
  | "no_charge"
  /** No place has enough charge for a seed. */
  | "no_seed"
  /** No cluster is near the particle. */
  | "no_match"
  /** The cluster has too little transverse energy. */
  | "soft_cluster";

/** Names of all outcomes, the good one first. */
export const EVENT_OUTCOMES: readonly EventOutcome[] = [
  "found",
  "outside_acceptance",
  "no_wafer",
  "no_charge",
  "no_seed",
  "no_match",
  "soft_cluster",
];

/** Which events are looked at. */
export interface EventCuts {
  /**
   * |eta| of the particle, from and up to.
   *
   * @default {[1.6, 2.9]}
   */
  readonly eta?: readonly [least: number, most: number];
  /**
   * Transverse momentum of the particle, at least, GeV.
   *
   * @default {5}
   */
  readonly leastPt?: number;
  /**
   * Transverse energy of its cluster, uncalibrated, at least, GeV.
   *
   * @default {3}
   */
  readonly leastClusterPt?: number;
}

/** What became of an event: a cluster if the outcome is `found`. */
export interface ReconstructedEvent {
  /** The outcome. */
  readonly outcome: EventOutcome;
  /** The particle's cluster. */
  readonly cluster?: Cluster;
}

/**
 * Whether a particle is looked at.
 *
 * @param particle |eta| and transverse momentum.
 * @param cuts Which are.
 * @returns Whether eta is in [least, most) and the transverse momentum not below its cut.
 */
export function isAccepted(
  particle: { readonly eta: number; readonly pT: number },
  cuts: EventCuts = {},
): boolean {
  const { eta: [least, most] = [1.6, 2.9], leastPt = 5 } = cuts;
  return particle.eta >= least && particle.eta < most && particle.pT >= leastPt;
}

/**
 * Reconstructs events one after the other: seeds, clusters, and the cluster of the generated particle.
 * It keeps arrays from event to event, so that one takes no new memory.
 */
export class EventReconstruction {
  readonly #seedMap = new SeedMap();
  readonly #cuts: EventCuts;
  #hits = _hitArrays(4096);

  /**
   * Makes room for events.
   *
   * @param cuts Which events are looked at.
   */
  constructor(cuts: EventCuts = {}) {
    this.#cuts = cuts;
  }

  /**
   * Reconstructs an event.
   *
   * @param event The event: rows of wafers.
   * @param cells The cells of the table that it is in.
   * @param charges Charges of these cells as the trigger got them, MIP_T.
   * @returns The outcome.
   */
  reconstruct(
    event: TriggerEvent,
    cells: TriggerCells,
    charges: ArrayLike<number>,
  ): ReconstructedEvent {
    if (!isAccepted(event.particle, this.#cuts)) return { outcome: "outside_acceptance" };
    if (event.end === event.first) return { outcome: "no_wafer" };
    const hits = this.#gather(event, cells, charges);
    if (hits.count === 0) return { outcome: "no_charge" };
    const seeds = this.#seedMap.seeds(hits);
    if (seeds.length === 0) return { outcome: "no_seed" };
    const cluster = matchedCluster(clustersAround(hits, seeds), event.particle);
    if (cluster === undefined) return { outcome: "no_match" };
    if (cluster.pT < (this.#cuts.leastClusterPt ?? 3)) return { outcome: "soft_cluster" };
    return { outcome: "found", cluster };
  }

  /** The cells with charge. */
  #gather({ first, end }: TriggerEvent, cells: TriggerCells, charges: ArrayLike<number>) {
    const needed = (end - first) * CELLS;
    if (needed > this.#hits.x.length) this.#hits = _hitArrays(2 * needed);
    const { x, y, charge, layer } = this.#hits;
    let count = 0;
    for (let wafer = first, k = first * CELLS; wafer < end; wafer++) {
      for (let cell = 0; cell < CELLS; cell++, k++) {
        if (!(charges[k] > 0)) continue;
        x[count] = cells.x[k];
        y[count] = cells.y[k];
        charge[count] = charges[k];
        layer[count++] = cells.layer[wafer];
      }
    }
    return { count, x, y, charge, layer };
  }
}

function _hitArrays(length: number) {
  return {
    x: new Float64Array(length),
    y: new Float64Array(length),
    charge: new Float64Array(length),
    layer: new Uint8Array(length),
  };
}
