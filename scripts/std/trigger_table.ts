/**
 * The trigger's numbers as tables, beside the published ones.
 *
 * @module
 */
import { EVENT_OUTCOMES, type Measured, PUBLISHED_TRIGGER } from "../../src/trigger/mod.ts";
import type { CodecResult, Comparison } from "./trigger_comparison.ts";

/**
 * All numbers of a comparison in Markdown: cost and outcomes, response and calibration, resolution by
 * |eta| and by transverse momentum, ratios to the reference.
 *
 * @param comparison The comparison.
 * @returns The text.
 */
export function triggerTables(comparison: Comparison): string {
  const { curves, reference, byEta, byPt, isPublishedSample } = comparison;
  const names = curves.map(({ name }) => name);
  const codecs = curves.flatMap((curve) => curve.codecs);
  return [
    "## Cost and outcomes",
    _table([
      ["codec", "bits a wafer", "events", ...EVENT_OUTCOMES.map((name) => name.replace("_", " "))],
      ...codecs.map(_outcomes),
    ]),
    "## Response and calibration",
    "Mean and relative RMS: of photons without pile-up before and after the weights of layers, of " +
    "electrons after all. What is added for pile-up, in GeV.",
    _table([
      ["codec", "photons, raw", "calibrated", "electrons", "at \\|eta\\| 1.5", "at 3.0"],
      ...isPublishedSample ? [["published, no compression", ..._publishedCalibration()]] : [],
      ...codecs.map(_calibration),
    ]),
    "Weights of layers 3, 5, ..., 27:",
    _table([
      ["codec", ...Array.from({ length: 13 }, (_, k) => String(2 * k + 3))],
      ["published, no compression", ...PUBLISHED_TRIGGER.layerWeights.map((w) => w.toFixed(2))],
      ...codecs.map((codec) => [
        codec.electrons.codec,
        ...Array.from(codec.calibration.weights.subarray(1), (weight) => weight.toFixed(2)),
      ]),
    ]),
    "## Resolution by \\|eta\\|",
    _resolutions(byEta, names, isPublishedSample ? _publishedAtEta(byEta) : undefined),
    `## Ratio to ${names[reference]} by \\|eta\\|`,
    _ratios(comparison),
    "## Resolution by transverse momentum",
    _resolutions(byPt, names),
    "## Other forms",
    "Mean resolution over the bins of \\|eta\\|, with pile-up taken out by one line or in bins, and with " +
    "either effective RMS.",
    _table([
      ["pile-up", "RMS", ...names],
      ...comparison.variants.map(({ pileUp, method, resolutions }) => [
        pileUp,
        method.replace("_", " "),
        ...resolutions.map(_plusMinus),
      ]),
    ]),
  ].join("\n\n") + "\n";
}

function _outcomes({ electrons }: CodecResult): string[] {
  const counts = EVENT_OUTCOMES.map((name) => electrons.outcomes[name]);
  const events = counts.reduce((sum, count) => sum + count, 0);
  return [electrons.codec, electrons.bitsPerWafer.toFixed(1), ...[events, ...counts].map(String)];
}

function _publishedCalibration(): string[] {
  const { photonResponse, rawPhotonRms, calibratedPhotons, correctedElectrons, pileUpOffset } =
    PUBLISHED_TRIGGER;
  return [
    _response({ mean: photonResponse["no compression"], relativeRms: rawPhotonRms }),
    _response(calibratedPhotons),
    _response(correctedElectrons),
    ...pileUpOffset["no compression"].map((offset) => offset.toFixed(2)),
  ];
}

function _calibration(codec: CodecResult): string[] {
  return [
    codec.electrons.codec,
    _response(codec.rawPhotons),
    _response(codec.calibratedPhotons),
    _response(codec.correctedElectrons),
    ...[1.5, 3].map((eta) => codec.calibration.pileUp.offset(eta).toFixed(2)),
  ];
}

function _response({ mean, relativeRms }: { mean: number; relativeRms: number }): string {
  return `${mean.toFixed(3)}, ${relativeRms.toFixed(3)}`;
}

function _resolutions(
  measured: Comparison["byEta"],
  names: readonly string[],
  published?: readonly string[],
): string {
  const beside = published === undefined ? [] : ["published, no compression"];
  return _table([
    ["bin", "events", ...beside, ...names],
    ...measured.bins.map(({ low, high, events }, bin) => [
      `${low} to ${Math.round(10 * high) / 10}`,
      String(events),
      ...published === undefined ? [] : [published[bin]],
      ...measured.curves.map(({ resolution }) => _plusMinus(resolution[bin])),
    ]),
    [
      "mean",
      "",
      ...published === undefined ? [] : [published.at(-1)!],
      ...measured.curves.map(({ meanResolution }) => _plusMinus(meanResolution)),
    ],
  ]);
}

/** Ratios to the reference, with the published ones to weighted MSE where it is the reference. */
function _ratios({ curves, reference, byEta, isPublishedSample }: Comparison): string {
  const isPublished = isPublishedSample && curves[reference].name === "weighted_mse";
  const published = isPublished ? Object.entries(PUBLISHED_TRIGGER.ratioToWeightedMse) : [];
  const bins = byEta.bins.map(({ low }) => publishedBin(low));
  const mean = (ratios: readonly number[]) =>
    bins.reduce((sum, bin) => sum + ratios[bin], 0) / bins.length;
  return _table([
    [
      "\\|eta\\|",
      ...published.map(([name]) => `published ${name}`),
      ...curves.map(({ name }) => name),
    ],
    ...byEta.bins.map(({ low, high }, bin) => [
      `${low} to ${high}`,
      ...published.map(([, ratios]) => ratios[bins[bin]].toFixed(3)),
      ...byEta.curves.map(({ ratio }) => _plusMinus(ratio[bin])),
    ]),
    [
      "mean",
      ...published.map(([, ratios]) => mean(ratios).toFixed(3)),
      ...byEta.curves.map(({ meanRatio }) => _plusMinus(meanRatio)),
    ],
  ]);
}

/**
 * Which of the published bins of |eta| begins at a number.
 *
 * @param low The number, among 1.6, 1.7, ..., 2.8.
 * @returns Index of the bin.
 */
export function publishedBin(low: number): number {
  return Math.round(10 * low) - 16;
}

/** Published values in the bins that were measured, and their mean. */
function _publishedAtEta({ bins }: Comparison["byEta"]): string[] {
  const values = publishedResolutions(bins);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [...values, mean].map((value) => value.toFixed(4));
}

/**
 * Published effective RMS over mean without compression in bins of |eta|.
 *
 * @param bins The bins: some of those of width 0.1 from 1.6 to 2.9.
 * @returns Their values.
 */
export function publishedResolutions(bins: readonly { readonly low: number }[]): number[] {
  return bins.map(({ low }) => PUBLISHED_TRIGGER.resolutionByEta[publishedBin(low)]);
}

function _plusMinus({ value, error }: Measured): string {
  return `${value.toFixed(4)} ± ${error.toFixed(4)}`;
}

function _table(rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}
