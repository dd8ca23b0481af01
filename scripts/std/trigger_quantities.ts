/**
 * The trigger's numbers as quantities of a result, beside the published ones.
 *
 * @module
 */
import type { ExperimentContext } from "../../src/experiments/mod.ts";
import { PUBLISHED_TRIGGER } from "../../src/trigger/mod.ts";
import type { Comparison } from "./trigger_comparison.ts";
import { publishedBin, publishedResolutions } from "./trigger_table.ts";

type _Quantities = Pick<ExperimentContext, "addQuantity">;

/**
 * Adds the numbers of a comparison to a result: of each curve its cost, the electrons found, its mean
 * resolution over the bins of |eta|, and its mean ratio to the reference; where there are such curves,
 * the ratio of the EMD's to telescope's; and how far the first curve is from the published one.
 *
 * @param context What takes the numbers.
 * @param comparison The comparison, with the curve without compression first.
 */
export function addTriggerQuantities(context: _Quantities, comparison: Comparison): void {
  const { curves, reference, byEta, isPublishedSample } = comparison;
  const published = publishedResolutions(byEta.bins);
  const publishedMean = published.reduce((sum, value) => sum + value, 0) / published.length;
  curves.forEach(({ name, codecs }, k) => {
    const { value, error } = byEta.curves[k].meanResolution;
    const paper = k === 0 && isPublishedSample ? { paper: publishedMean } : {};
    context.addQuantity(
      `${name}: bits a wafer`,
      "",
      codecs.map(({ electrons }) => electrons.bitsPerWafer),
    );
    context.addQuantity(
      `${name}: electrons found`,
      "%",
      codecs.map(({ electrons }) => _foundShare(electrons.outcomes)),
    );
    context.addQuantity(`${name}: mean RMS_eff / mean`, "", [value], paper);
    context.addQuantity(`${name}: error of the mean`, "", [error]);
  });
  _addRatios(context, comparison, reference, curves.map(({ name }) => name));
  const telescope = curves.findIndex(({ name }) => name === "telescope_mse");
  if (telescope >= 0 && telescope !== reference) {
    _addRatios(context, comparison, telescope, ["emd_cnn", "exact_emd"]);
  }
  if (!isPublishedSample) return;
  const deviations = byEta.curves[0].resolution
    .map(({ value }, bin) => 100 * (value / published[bin] - 1));
  context.addQuantity(
    "no compression: deviation from the published resolution, bin by bin",
    "%",
    deviations,
    { paper: 0 },
  );
}

/** Mean ratios over the bins to one curve, each with its paired error. */
function _addRatios(
  context: _Quantities,
  { curves, byEtaRelativeTo, isPublishedSample }: Comparison,
  reference: number,
  names: readonly string[],
): void {
  const relative = byEtaRelativeTo(reference), to = curves[reference].name;
  curves.forEach(({ name }, k) => {
    if (k === reference || !names.includes(name)) return;
    const { value, error } = relative.curves[k].meanRatio;
    const paper = isPublishedSample ? _publishedRatio(relative, name, to) : undefined;
    const what = `${name}: mean ratio to ${to}`;
    context.addQuantity(what, "", [value], paper === undefined ? {} : { paper });
    context.addQuantity(`${what}, its error`, "", [error]);
  });
}

/** Published ratio of one loss to another: mean over the bins that were measured. */
function _publishedRatio(
  { bins }: Comparison["byEta"],
  name: string,
  to: string,
): number | undefined {
  const published: Readonly<Record<string, readonly number[]>> = {
    ...PUBLISHED_TRIGGER.ratioToWeightedMse,
    weighted_mse: new Array(13).fill(1),
  };
  if (!(name in published && to in published)) return undefined;
  const ratios = bins.map(({ low }) => publishedBin(low))
    .map((bin) => published[name][bin] / published[to][bin]);
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

/** Found of those that are inside the acceptance, per cent. */
function _foundShare(outcomes: Readonly<Record<string, number>>): number {
  const all = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  const inside = all - outcomes.outside_acceptance;
  return inside > 0 ? 100 * outcomes.found / inside : 0;
}
