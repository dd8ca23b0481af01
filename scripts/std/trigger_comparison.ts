/**
 * The trigger's curves, compared: calibration of each codec, resolution by eta and by transverse
 * momentum.
 *
 * @module
 */
import {
  calibrateClusters,
  type Calibration,
  type ClusterResponse,
  clusterResponse,
  ETA_EDGES,
  type Measured,
  type PairedResolution,
  pairedResolution,
  type PileUpForm,
  type TriggerSample,
  weightedPt,
} from "../../src/trigger/mod.ts";
import type { EffectiveRmsMethod } from "../../src/numerics/mod.ts";

/** How curves are compared. */
export interface ComparisonSettings {
  /** How pile-up is taken out. */
  readonly pileUp: PileUpForm;
  /** Which effective RMS. */
  readonly method: EffectiveRmsMethod;
  /** Whether the electrons are those of the published results, so that these stand beside. */
  readonly isPublishedSample: boolean;
  /** Transverse momentum from which electrons are judged, GeV; softer ones are only calibrated with. */
  readonly judgedFrom: number;
  /** Bins with fewer clusters are left out. */
  readonly leastClusters: number;
  /** Seed of the bootstrap. */
  readonly seed: number;
}

/** A codec in the comparison. */
export interface CodecResult {
  /** Photons without pile-up. */
  readonly photons: TriggerSample;
  /** Electrons with pile-up. */
  readonly electrons: TriggerSample;
  /** Its calibration. */
  readonly calibration: Calibration;
  /** Uncalibrated photons. */
  readonly rawPhotons: ClusterResponse;
  /** Photons with weighted layers. */
  readonly calibratedPhotons: ClusterResponse;
  /** Electrons with weighted layers and without pile-up. */
  readonly correctedElectrons: ClusterResponse;
  /** Corrected over generated transverse momentum of each judged electron; NaN for all others. */
  readonly ratios: Float64Array;
}

/** A curve: codecs of one name, such as networks from several seeds. */
export interface Curve {
  /** The name. */
  readonly name: string;
  /** Its codecs. */
  readonly codecs: readonly CodecResult[];
}

/** What comes out when pile-up is taken out in another way, or another effective RMS is taken. */
export interface Variant {
  /** How pile-up is taken out. */
  readonly pileUp: PileUpForm;
  /** Which effective RMS. */
  readonly method: EffectiveRmsMethod;
  /** Mean resolution over the bins of |eta|, of each curve. */
  readonly resolutions: readonly Measured[];
}

/** All curves, compared. */
export interface Comparison {
  /** The curves. */
  readonly curves: readonly Curve[];
  /** Which one the others are divided by. */
  readonly reference: number;
  /** Whether published results stand beside. */
  readonly isPublishedSample: boolean;
  /** By |eta| of the electron. */
  readonly byEta: PairedResolution;
  /** By |eta| as well, with another curve that the others are divided by. */
  readonly byEtaRelativeTo: (reference: number) => PairedResolution;
  /** By its transverse momentum. */
  readonly byPt: PairedResolution;
  /** Mean resolution over the bins of |eta| of each curve, for each form of pile-up and of the RMS. */
  readonly variants: readonly Variant[];
}

/** Edges of bins in transverse momentum, GeV: 5 wide at first, then wider, as published. */
export const PT_EDGES: readonly number[] = [
  5,
  10,
  15,
  20,
  25,
  30,
  35,
  40,
  45,
  60,
  70,
  85,
  100.001,
];

/**
 * Calibrates all codecs and compares them.
 *
 * @param photons Of each codec, photons without pile-up.
 * @param electrons Of each codec, electrons with pile-up, all codecs having the same events.
 * @param referenceName The curve that others are divided by; the first where there is none of the name.
 * @param settings How they are compared.
 * @returns The comparison.
 */
export function compareCodecs(
  photons: readonly TriggerSample[],
  electrons: readonly TriggerSample[],
  referenceName: string,
  settings: ComparisonSettings,
): Comparison {
  const curves = _curves(photons, electrons, settings);
  const reference = Math.max(curves.findIndex(({ name }) => name === referenceName), 0);
  const { genEta, genPt } = electrons[0];
  const resolution = (position: Float64Array, edges: readonly number[], reference: number) =>
    _resolution(curves, genPt, position, edges, reference, settings);
  const byEtaRelativeTo = (reference: number) => resolution(genEta, ETA_EDGES, reference);
  return {
    curves,
    reference,
    isPublishedSample: settings.isPublishedSample,
    byEta: byEtaRelativeTo(reference),
    byEtaRelativeTo,
    byPt: resolution(genPt, PT_EDGES, reference),
    variants: _variants(photons, electrons, settings),
  };
}

function _curves(
  photons: readonly TriggerSample[],
  electrons: readonly TriggerSample[],
  settings: ComparisonSettings,
): Curve[] {
  const results = electrons.map((sample, k) => _codecResult(photons[k], sample, settings));
  return [...Map.groupBy(results, ({ electrons }) => electrons.codec)]
    .map(([name, codecs]) => ({ name, codecs }));
}

/** Resolution of judged electrons in bins of something. */
function _resolution(
  curves: readonly Curve[],
  genPt: Float64Array,
  position: Float64Array,
  edges: readonly number[],
  reference: number,
  { seed, method, judgedFrom, leastClusters }: ComparisonSettings,
): PairedResolution {
  return pairedResolution(
    curves.map(({ codecs }) => codecs.map(({ ratios }) => ratios)),
    position.map((value, event) => genPt[event] >= judgedFrom ? value : NaN),
    edges,
    { seed, reference, method, leastValues: leastClusters },
  );
}

function _variants(
  photons: readonly TriggerSample[],
  electrons: readonly TriggerSample[],
  settings: ComparisonSettings,
): Variant[] {
  const { genPt, genEta } = electrons[0];
  return (["line", "bins"] as const).flatMap((pileUp) => {
    const curves = _curves(photons, electrons, { ...settings, pileUp });
    return (["published", "shortest_interval"] as const).map((method) => {
      const varied = { ...settings, method };
      const measured = _resolution(curves, genPt, genEta, ETA_EDGES, 0, varied);
      const resolutions = measured.curves.map(({ meanResolution }) => meanResolution);
      return { pileUp, method, resolutions };
    });
  });
}

function _codecResult(
  photons: TriggerSample,
  electrons: TriggerSample,
  { pileUp, judgedFrom }: ComparisonSettings,
): CodecResult {
  const calibration = calibrateClusters(photons, electrons, { pileUp });
  const ratios = _over(calibration.apply(electrons), electrons.genPt)
    .map((ratio, event) => electrons.genPt[event] >= judgedFrom ? ratio : NaN);
  return {
    photons,
    electrons,
    calibration,
    rawPhotons: clusterResponse(_over(weightedPt(photons, new Array(14).fill(1)), photons.genPt)),
    calibratedPhotons: clusterResponse(
      _over(weightedPt(photons, calibration.weights), photons.genPt),
    ),
    correctedElectrons: clusterResponse(ratios),
    ratios,
  };
}

function _over(pT: Float64Array, genPt: Float64Array): Float64Array {
  return pT.map((value, event) => value / genPt[event]);
}
