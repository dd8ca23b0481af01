/**
 * Published results of Section 5 that ours are compared with: read off the figures of the paper's public
 * notebooks, to some 5 %. Electrons of 10 to 100 GeV, 200 pile-up.
 *
 * @module
 */

/** Curves that are published: losses by their names in the registry. */
export type PublishedCurve = "no compression" | "weighted_mse" | "telescope_mse" | "emd_cnn";

/** The published numbers. */
export const PUBLISHED_TRIGGER = {
  /** Effective RMS over mean without compression, in 13 bins of |eta| of width 0.1 from 1.6. */
  // deno-fmt-ignore
  resolutionByEta: [
    0.091, 0.080, 0.071, 0.060, 0.055, 0.052, 0.0475, 0.048, 0.046, 0.0465, 0.047, 0.050, 0.053,
  ],
  /** The same against transverse momentum: centres in GeV, and the values. */
  resolutionByPt: {
    centres: [12.5, 17.5, 22.5, 27.5, 32.5, 37.5, 42.5, 52.5, 62.5, 77.5, 97.5],
    values: [0.164, 0.130, 0.106, 0.090, 0.079, 0.070, 0.062, 0.053, 0.047, 0.0425, 0.037],
  },
  /** Fig. 7: ratio to weighted MSE, in the same 13 bins. */
  // deno-fmt-ignore
  ratioToWeightedMse: {
    telescope_mse: [
      0.848, 0.805, 0.782, 0.733, 0.696, 0.686, 0.676, 0.717, 0.700, 0.768, 0.738, 0.718, 0.689,
    ],
    emd_cnn: [
      0.806, 0.750, 0.708, 0.656, 0.608, 0.611, 0.594, 0.631, 0.607, 0.659, 0.667, 0.627, 0.641,
    ],
  },
  /** Effective RMS over mean of the losses in four bins: those around the centres. */
  resolutionOfLosses: {
    centres: [1.65, 2.05, 2.45, 2.85],
    weighted_mse: [0.107, 0.093, 0.107, 0.125],
    telescope_mse: [0.091, 0.065, 0.075, 0.086],
    emd_cnn: [0.087, 0.0565, 0.065, 0.080],
  },
  /** Weights of layers 3, 5, ..., 27 without compression. */
  layerWeights: [1.55, 0.95, 1.03, 1.05, 1.01, 1.08, 1.05, 1.01, 0.96, 0.85, 1.02, 1.97, 2.00],
  /** What the line for pile-up adds at |eta| 1.5 and 3, GeV. */
  pileUpOffset: {
    "no compression": [5.05, -8.89],
    weighted_mse: [5.66, -16.45],
    telescope_mse: [5.44, -15.11],
    emd_cnn: [5.01, -15.22],
  },
  /** Mean uncalibrated pT / pT_gen of photons without pile-up. */
  photonResponse: {
    "no compression": 0.961,
    weighted_mse: 0.692,
    telescope_mse: 0.886,
    emd_cnn: 0.939,
  },
  /** Without compression: mean and relative RMS of calibrated photons, and of corrected electrons. */
  calibratedPhotons: { mean: 0.998, relativeRms: 0.041 },
  correctedElectrons: { mean: 1.000, relativeRms: 0.085 },
  /** Relative RMS of uncalibrated photons without compression. */
  rawPhotonRms: 0.038,
} as const;
