/**
 * Figures of the trigger's resolution.
 *
 * @module
 */
import { type Figure, PALETTE, type Series } from "../../src/experiments/mod.ts";
import { ETA_EDGES, type Measured, PUBLISHED_TRIGGER } from "../../src/trigger/mod.ts";
import type { Comparison } from "./trigger_comparison.ts";

/** Centres of the published bins of |eta|. */
const ETA_CENTRES = ETA_EDGES.slice(1).map((edge) => edge - 0.05);
const GREY = "#777777";

/**
 * Effective RMS over mean against |eta|, with the published values without compression.
 *
 * @param comparison The curves.
 * @param sample The electrons, in words.
 * @returns The figure.
 */
export function resolutionByEta(comparison: Comparison, sample: string): Figure {
  return {
    title: "Resolution of electrons",
    subtitle: sample,
    caption:
      "Effective RMS over mean of corrected over generated transverse momentum, in bins of " +
      "|eta|, with bootstrap errors.",
    x: { label: "|η|", unit: "", domain: [1.6, 2.9] },
    y: { label: "RMS_eff / mean", unit: "" },
    series: [
      ..._published(comparison, ETA_CENTRES, PUBLISHED_TRIGGER.resolutionByEta),
      ..._curves(comparison, comparison.byEta, ({ resolution }) => resolution),
    ],
  };
}

/**
 * Fig. 7: the ratio of each curve to the reference against |eta|.
 *
 * @param comparison The curves.
 * @param sample The electrons, in words.
 * @returns The figure.
 */
export function ratioByEta(comparison: Comparison, sample: string): Figure {
  const { curves, reference } = comparison;
  const published = Object.entries(PUBLISHED_TRIGGER.ratioToWeightedMse)
    .filter(() => comparison.isPublishedSample && curves[reference].name === "weighted_mse")
    .map(([name, y], k): Series => ({
      kind: "line",
      name: `published, ${name}`,
      dash: k === 0 ? "dotted" : "dashed",
      color: GREY,
      x: ETA_CENTRES,
      y,
    }));
  return {
    title: `Resolution relative to ${curves[reference].name}`,
    subtitle: sample,
    caption: "Ratio of effective RMS over mean to that of the reference, in bins of |eta|; the " +
      "errors are those of pairs, from the same resampled events.",
    x: { label: "|η|", unit: "", domain: [1.6, 2.9] },
    y: { label: `ratio to ${curves[reference].name}`, unit: "" },
    series: [
      ...published,
      ..._curves(comparison, comparison.byEta, ({ ratio }) => ratio)
        .filter((_, k) => k !== reference),
    ],
    references: [{ axis: "y", at: 1, label: "" }],
  };
}

/**
 * Effective RMS over mean against transverse momentum, with the published values without compression.
 *
 * @param comparison The curves.
 * @param sample The electrons, in words.
 * @returns The figure.
 */
export function resolutionByPt(comparison: Comparison, sample: string): Figure {
  const { centres, values } = PUBLISHED_TRIGGER.resolutionByPt;
  return {
    title: "Resolution of electrons",
    subtitle: sample,
    caption:
      "Effective RMS over mean of corrected over generated transverse momentum, in bins of " +
      "the generated one, with bootstrap errors.",
    x: { label: "generated transverse momentum", unit: "GeV" },
    y: { label: "RMS_eff / mean", unit: "", domain: [0, 0.3] },
    series: [
      ..._published(comparison, centres, values),
      ..._curves(comparison, comparison.byPt, ({ resolution }) => resolution),
    ],
  };
}

/** The published curve without compression, if it is one of such electrons. */
function _published(
  { isPublishedSample }: Comparison,
  x: readonly number[],
  y: readonly number[],
): Series[] {
  if (!isPublishedSample) return [];
  return [{ kind: "line", name: "published, no compression", dash: "dotted", color: GREY, x, y }];
}

/** Points with error bars for each curve, a little apart from the others. */
function _curves(
  { curves }: Comparison,
  measured: Comparison["byEta"],
  pick: (curve: Comparison["byEta"]["curves"][number]) => readonly Measured[],
): Series[] {
  return curves.map(({ name }, k): Series => {
    const values = pick(measured.curves[k]);
    const errors = values.map(({ error }) => error);
    const shift = 0.03 * (k - (curves.length - 1) / 2) / Math.max(curves.length - 1, 1);
    return {
      kind: "points",
      name,
      color: PALETTE[k % PALETTE.length],
      x: measured.bins.map(({ low, high }) => (low + high) / 2 + shift * (high - low) / 0.1),
      y: values.map(({ value }) => value),
      yError: { low: errors, high: errors },
    };
  });
}
