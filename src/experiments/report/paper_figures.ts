/** What a figure or table of the paper shows, in our words. */
export interface PaperFigure {
  /** What is to be seen. */
  readonly shows: string;
  /** Its main numbers, each with what it is. */
  readonly numbers: readonly (readonly [what: string, value: string])[];
  /** What to keep in mind when comparing. */
  readonly remark?: string;
}

/**
 * What each figure and table of the paper shows, by its name as in `ReproducedExperiment.of`. Numbers
 * that the paper only plots were read off, and say so.
 */
export const PAPER_FIGURES: Readonly<Record<string, PaperFigure>> = {
  "Fig. 1": {
    shows:
      "The way of a wafer: the encoder sits in a chip on the detector and turns 48 charges into " +
      "16 codes; the decoder, off the detector, makes a wafer of them again.",
    numbers: [
      ["charges in", "48"],
      ["codes", "16"],
      ["bits of a code", "3 in the figure, 9 in the text"],
    ],
    remark: "Bits depend on how many links a wafer has; the 9 bits of the text are taken here.",
  },
  "Fig. 2": {
    shows:
      "The three scales on which the telescope loss compares wafers: single trigger cells, sums " +
      "of 2 × 2 neighbours, which overlap, and sums of 4 × 4.",
    numbers: [
      ["trigger cells", "48"],
      ["sums of 2 × 2", "36"],
      ["sums of 4 × 4", "3"],
    ],
  },
  "Fig. 3": {
    shows:
      "The numbers of the trigger cells on the hexagonal wafer, and how they become pixels: in " +
      "one image with empty corners, or as a stack of three small images, one for each rhombus.",
    numbers: [
      ["encoding A", "8 × 8 pixels, 16 of them empty"],
      ["encoding B", "4 × 4 pixels in 3 channels"],
    ],
  },
  "Fig. 4": {
    shows: "The network that estimates the EMD: two wafers stacked as channels go through " +
      "convolutions and dense layers to one number.",
    numbers: [
      ["input", "4 × 4 pixels in 6 channels"],
      ["convolutions", "3 in Table B1, 4 in the text"],
      ["filters, kernel", "32, 5 × 5"],
      ["dense units", "256"],
    ],
    remark: "Three convolutions are taken, as in the published weights.",
  },
  "Fig. 5": {
    shows:
      "Estimates of the EMD CNN against exact EMDs of pairs that it was not trained on, and how " +
      "the relative difference is spread.",
    numbers: [
      ["mean of the relative difference", "−1.3 %"],
      ["its standard deviation", "5.3 %"],
    ],
    remark:
      "Table B1 gives 7.8 % for the same network. The pairs of the paper's figure are wafers " +
      "with reconstructions of theirs, with EMDs mostly between 0.4 and 2.5 (read off).",
  },
  "Fig. 6": {
    shows:
      "Median exact EMD of wafers and their reconstructions with the interval of 68 %, against " +
      "pseudorapidity and occupancy, for autoencoders trained with each loss. The one trained with the " +
      "EMD CNN lies below the others.",
    numbers: [
      ["EMD CNN below weighted MSE, 1.8 ≤ |η| ≤ 2.0", "35 %"],
      ["EMD CNN below telescope, 1.8 ≤ |η| ≤ 2.0", "28 %"],
      ["EMD CNN at |η| = 1.7, 2.0, 2.95 (read off)", "0.90, 0.96, 0.63"],
      ["telescope at the same |η| (read off)", "1.44, 1.37, 0.84"],
    ],
    remark:
      "The paper's wafers come from the full simulation of CMS, with 200 pile-up interactions.",
  },
  "Fig. 7": {
    shows:
      "Resolution of electrons in the trigger, as effective RMS over the mean, relative to the " +
      "autoencoder trained with weighted MSE, against pseudorapidity. The less, the better.",
    numbers: [
      ["EMD CNN below telescope at |η| = 2.05", "13 %"],
      ["telescope over weighted MSE (read off)", "0.68 to 0.85"],
      ["EMD CNN over weighted MSE (read off)", "0.59 to 0.81"],
    ],
    remark: "The curves are relative to weighted MSE, the 13 % of the text to telescope.",
  },
  "Table A1": {
    shows: "The 36 sums of 2 × 2 trigger cells with their weights in the telescope loss.",
    numbers: [
      ["sums", "36"],
      ["weights that follow the rule of the text", "35"],
    ],
    remark:
      "One weight, of the cells 34, 35, 38 and 39, is printed as 1.1667/4, where the rule gives " +
      "1.0833/4.",
  },
  "Table B1": {
    shows: "Eight networks of the search for an EMD CNN: their sizes, how well each estimates " +
      "the EMD, and the EMD that an autoencoder reaches when trained with it.",
    numbers: [
      ["standard deviation of the relative difference", "0.067 to 0.086"],
      ["the same, of the network that was chosen", "0.078"],
      ["mean EMD of its autoencoder", "1.03"],
      ["mean EMD of the others' autoencoders", "1.10 to 3.43"],
    ],
    remark: "The network that estimates best is not the best loss.",
  },
};
