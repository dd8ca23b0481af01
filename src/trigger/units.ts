/**
 * Units of the trigger.
 *
 * @module
 */
import { SIMULATION } from "../datasets/simulation/constants.ts";

const { countsPerMip, gevPerMip } = SIMULATION.electronics;

/** Counts (CALQ) of the transverse charge that a minimum-ionising particle leaves at eta = 0: 35.12. */
export const COUNTS_PER_MIP_T: number = countsPerMip;

/**
 * Transverse energy in GeV for which a charge of 1 MIP_T in a trigger layer stands: 14.2 MeV for the
 * layer itself and as much for the one behind it, which the trigger does not read.
 */
export const GEV_PER_MIP_T: number = 2 * gevPerMip;
