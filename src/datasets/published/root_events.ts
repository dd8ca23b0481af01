/**
 * Events of the published ROOT samples (Zenodo 8338608 and 8408943): where they stand in a file, and
 * which of them the paper uses.
 *
 * Their tree has an entry for each event: what was generated (`gen_...`) and every trigger cell with
 * charge (`tc_...`).
 *
 * @module
 */

/** The tree in the published files, after its folder. */
export const PUBLISHED_TREE =
  "FloatingpointThreshold0DummyHistomaxGenmatchGenclustersntuple/HGCalTriggerNtuple";

/** Branches that are read, and those that are read where they are there. */
export const ROOT_BRANCHES = {
  /** Of the generated particles. */
  generated: {
    required: ["gen_pt", "gen_eta"],
    optional: ["gen_phi", "gen_energy", "gen_pdgid"],
  },
  /** Of the trigger cells. */
  cells: {
    required: [
      "tc_zside",
      "tc_layer",
      "tc_waferu",
      "tc_waferv",
      "tc_cellu",
      "tc_cellv",
      "tc_data",
      "tc_eta",
    ],
    optional: ["tc_phi", "tc_wafertype", "tc_energy", "tc_simenergy"],
  },
} as const;

/** Branches of one event by name: a number for each generated particle or trigger cell. */
export type EventBranches = Readonly<Record<string, ArrayLike<number>>>;

/** Which events, by the first generated particle, as the paper selects them. */
export interface EventSelection {
  /** Greatest transverse momentum, GeV, included. */
  readonly ptMax: number;
  /** Least and greatest |eta|, both included. */
  readonly eta: readonly [least: number, greatest: number];
}

/**
 * Whether an event passes the selection. An event without generated particles does not.
 *
 * @param branches At least `gen_pt` and `gen_eta`; only the first particle counts.
 * @param selection The selection.
 * @returns Whether it passes.
 *
 * @example
 * ```ts
 * import { isSelectedEvent } from "./root_events.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const selection = { ptMax: 35, eta: [1.6, 3] } as const;
 * assertEquals(isSelectedEvent({ gen_pt: [20, 50], gen_eta: [2.1, -1.7] }, selection), true);
 * assertEquals(isSelectedEvent({ gen_pt: [20, 50], gen_eta: [3.1, -1.7] }, selection), false);
 * ```
 */
export function isSelectedEvent(branches: EventBranches, selection: EventSelection): boolean {
  const [least, greatest] = selection.eta;
  const eta = Math.abs(branches.gen_eta[0]);
  // False for NaN, and where there is no particle.
  return branches.gen_pt[0] <= selection.ptMax && eta >= least && eta <= greatest;
}
