/**
 * Published values that validation compares with. Those of layers, cells and charges were read off
 * figures of the paper's public notebooks, to some 5 %.
 *
 * @module
 */

/** Values of simulated electrons, 2 to 35 GeV of transverse momentum, 200 pile-up. */
export const PUBLISHED = {
  /** Number of the layer with the largest share of the energy. */
  peakLayer: 7,
  /** Mean number of the layer, by energy. */
  meanLayer: 9.89,
  /** Share of the energy in each trigger layer. */
  // deno-fmt-ignore
  layerShares: [
    0.006, 0.069, 0.139, 0.180, 0.175, 0.144, 0.106, 0.071, 0.046, 0.029, 0.017, 0.010, 0.006, 0.003,
  ],
  /**
   * Mean number of trigger cells with charge, by group of layers (1-4, 5-9, 10-14, 20-24) and |eta|
   * (1.6, 1.8, ... 2.8); NaN where nothing is published.
   */
  cells: [
    [10, 16, 26, 34, 43, 46, NaN],
    [8, 13, 21, 30, 40, 45, 47],
    [6, 10, 16, 25, 35, 41, 46],
    [4, 6, 11, 16, 25, 32, 36],
  ],
  /** Density of the charge sum of pile-up wafers in the first nine bins of 79 counts, 1e-5. */
  chargeSums: [155, 156, 141, 124, 109, 94, 81, 69, 59],
  /** Share of pile-up wafers for each number of cells: mean over 0 to 2, and over 8 to 12. */
  fewCells: 0.0385,
  someCells: 0.034,
  /** sqrt(E) times the resolution: 0.21 of all layers (design report), sqrt(2) more for half of them. */
  stochasticTerm: 0.30,
  /** Radius that holds 90 % of an electromagnetic shower, cm (design report: Molière radius). */
  radius90: 2.8,
} as const;
