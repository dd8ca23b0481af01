/**
 * What networks for the classes of a tree come to, as quantities, a figure, and claims.
 *
 * @module
 */
import { CELLS } from "../../src/wafer/mod.ts";
import type { MeasuredClaim } from "./claim_table.ts";
import type { ImpactSample } from "./impact_classes.ts";
import type { ImpactLoss } from "./impact_losses.ts";
import type { ImpactOutcome } from "./impact_training.ts";
import { SUB_CELLS } from "./impact_tree.ts";
import type { ReportSink } from "./sinkhorn_report.ts";
import { impactsFigure } from "./tree_figures.ts";

/** Outcomes of each loss, one a seed. */
type _Outcomes = ReadonlyMap<ImpactLoss, readonly ImpactOutcome[]>;

/** Scores with their units. */
const SCORES: Readonly<Record<string, [unit: string, of: (outcome: ImpactOutcome) => number]>> = {
  "Top-1": ["%", ({ test }) => 100 * test.top1],
  "Top-1 in training less Top-1": ["%", ({ train, test }) => 100 * (train.top1 - test.top1)],
  "distance of predictions in the tree": ["half pitch", ({ test }) => test.distance],
  "distance of wrong predictions": ["half pitch", ({ test }) => test.distanceOfErrors],
  "exact EMD of outputs": ["half pitch", ({ test }) => test.emd],
  "exact EMD of outputs less that in training": [
    "half pitch",
    ({ train, test }) => test.emd - train.emd,
  ],
  "distance of further probability from the prediction": [
    "half pitch",
    ({ test }) => test.spreadOfRest,
  ],
  "classes in use, exp(entropy)": ["", ({ test }) => test.classesInUse],
};

/**
 * Adds scores and their figure.
 *
 * @param sink Where they go.
 * @param sample Classes and rows.
 * @param outcomes Outcomes of each loss.
 */
export function reportImpacts(sink: ReportSink, sample: ImpactSample, outcomes: _Outcomes): void {
  const { layerGroups, subCells, perClass } = sample;
  const classes = layerGroups.length * CELLS * (subCells ? SUB_CELLS : 1);
  for (const [name, perSeed] of outcomes) {
    for (const [score, [unit, of]] of Object.entries(SCORES)) {
      sink.addQuantity(`${classes} classes: ${score}, ${name}`, unit, perSeed.map(of));
    }
  }
  const subtitle = `${classes} classes, ${perClass.train} wafers each`;
  sink.addFigure("impacts", impactsFigure(subtitle, outcomes));
}

/**
 * Claims on networks, by paired differences.
 *
 * @param outcomes Outcomes of each loss.
 * @returns The claims.
 */
export function impactClaims(outcomes: _Outcomes): MeasuredClaim[] {
  const claim = (
    text: string,
    source: string,
    score: string,
    better: ImpactLoss,
    worse: ImpactLoss,
    sign: 1 | -1,
  ): MeasuredClaim => {
    const [unit, of] = SCORES[score];
    const other = outcomes.get(worse)!.map(of);
    return {
      claim: text,
      source,
      measured: `${score}, ${sign > 0 ? "more" : "less"}`,
      unit,
      differences: outcomes.get(better)!.map((outcome, k) => sign * (of(outcome) - other[k])),
    };
  };
  const paper = "Martinez et al.", expected = "to be expected";
  const [entropy, exact, relaxed, both, sinkhorn] = outcomes.keys();
  return [
    claim("Relaxed EMD beats cross entropy", paper, "Top-1", relaxed, entropy, 1),
    claim("Relaxed EMD and cross entropy beat cross entropy", expected, "Top-1", both, entropy, 1),
    claim("Relaxed EMD beats exact EMD", expected, "Top-1", relaxed, exact, 1),
    claim("Relaxed EMD beats Sinkhorn", expected, "Top-1", relaxed, sinkhorn, 1),
    ...[exact, relaxed, both, sinkhorn].flatMap((loss) => [
      claim(
        `With ${loss} errors lie nearer than with cross entropy`,
        expected,
        "distance of predictions in the tree",
        loss,
        entropy,
        -1,
      ),
      claim(
        `With ${loss} training and test differ less than with cross entropy`,
        expected,
        "Top-1 in training less Top-1",
        loss,
        entropy,
        -1,
      ),
      claim(
        `With ${loss} outputs are smoother in the tree than with cross entropy`,
        expected,
        "distance of further probability from the prediction",
        loss,
        entropy,
        -1,
      ),
    ]),
  ];
}
