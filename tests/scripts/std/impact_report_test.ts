import { assertAlmostEquals, assertEquals } from "@std/assert";
import { IMPACT_LOSSES } from "../../../scripts/std/impact_losses.ts";
import { impactClaims, reportImpacts } from "../../../scripts/std/impact_report.ts";
import type { ImpactScores } from "../../../scripts/std/impact_scores.ts";

/** Scores of the k-th loss: each is better in Top-1, and nearer, than the one before. */
const scores = (k: number, top1: number): ImpactScores => ({
  top1,
  distance: 5 - k,
  distanceOfErrors: 6 - k,
  emd: 5,
  spreadOfRest: 4 - k,
  classesInUse: 3,
});
const OUTCOMES = new Map(
  IMPACT_LOSSES.map((name, k) => [
    name,
    [0, 0.01].map((more) => ({
      train: scores(k, 0.5 + more),
      test: scores(k, (k + 1) / 10 + more),
    })),
  ]),
);

Deno.test("impactClaims() take better from worse, seed by seed", () => {
  const claims = impactClaims(OUTCOMES);
  const differences = (begin: string) =>
    claims.find(({ claim }) => claim.startsWith(begin))!.differences;
  differences("Relaxed EMD beats cross entropy").forEach((x) => assertAlmostEquals(x, 20));
  differences("Relaxed EMD beats Sinkhorn").forEach((x) => assertAlmostEquals(x, -20));
  assertEquals(differences("With exact tree errors lie nearer"), [1, 1]);
  differences("With Sinkhorn training and test").forEach((x) => assertAlmostEquals(x, 40));
});

Deno.test("reportImpacts() says every score of every loss", () => {
  const found: Record<string, readonly number[]> = {}, figures: string[] = [];
  reportImpacts(
    {
      addQuantity: (name, _, values) => found[name] = values,
      addFigure: (name) => figures.push(name),
    },
    { layerGroups: [[1], [3]], subCells: false, perClass: { train: 1, test: 1 }, seed: 1 },
    OUTCOMES,
  );
  assertEquals(Object.keys(found).length, 5 * 8);
  assertEquals(found["96 classes: distance of predictions in the tree, Sinkhorn"], [1, 1]);
  assertEquals(figures, ["impacts"]);
});
