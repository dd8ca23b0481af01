import { assertAlmostEquals, assertThrows } from "@std/assert";
import { RandomStream } from "../../src/numerics/random.ts";
import { pileUpBins, pileUpLine } from "../../src/trigger/pile_up_correction.ts";

const random = new RandomStream(1, "pile-up correction");
const N = 4000;
const ETA = Float64Array.from({ length: N }, () => 1.6 + 1.3 * random.uniform());
const GEN = Float64Array.from({ length: N }, () => 10 + 90 * random.uniform());

Deno.test("pileUpLine() takes out a line, and no cluster is none", () => {
  const pT = GEN.map((genPt, k) => k % 5 === 0 ? NaN : genPt - (15 - 8 * ETA[k]));
  const line = pileUpLine({ genPt: GEN, eta: ETA, pT });
  for (const eta of [1.5, 2, 3]) assertAlmostEquals(line.offset(eta), 15 - 8 * eta, 1e-9);
  pT.forEach((value, k) => {
    if (k % 5 !== 0) assertAlmostEquals(line.correct(value, ETA[k]), GEN[k], 1e-9);
  });
});

Deno.test("pileUpLine() meets the normal equations where nothing fits exactly", () => {
  const pT = GEN.map((genPt) => 0.9 * genPt + 3 * random.normal());
  const line = pileUpLine({ genPt: GEN, eta: ETA, pT });
  let sum = 0, moment = 0;
  GEN.forEach((genPt, k) => {
    const rest = genPt - line.correct(pT[k], ETA[k]);
    sum += rest;
    moment += rest * ETA[k];
  });
  assertAlmostEquals(sum, 0, 1e-7);
  assertAlmostEquals(moment, 0, 1e-7);
});

Deno.test("pileUpBins() takes out a factor and an offset of each bin", () => {
  const edges = [1.6, 2, 2.9];
  const factor = (eta: number) => eta < 2 ? 0.8 : 1.1;
  const photons = { genPt: GEN, eta: ETA, pT: GEN.map((genPt, k) => genPt / factor(ETA[k])) };
  const added = (eta: number) => eta < 2 ? 1 : 6;
  const electrons = { ...photons, pT: photons.pT.map((pT, k) => pT + added(ETA[k])) };
  const bins = pileUpBins(electrons, photons, edges);
  assertAlmostEquals(bins.offset(1.7), -0.8, 1e-9);
  assertAlmostEquals(bins.offset(2.5), -6.6, 1e-9);
  electrons.pT.forEach((pT, k) => assertAlmostEquals(bins.correct(pT, ETA[k]), GEN[k], 1e-9));
  // Outside of all bins the nearest counts.
  assertAlmostEquals(bins.offset(1.2), -0.8, 1e-9);
  assertAlmostEquals(bins.offset(3), -6.6, 1e-9);
});

Deno.test("pileUpBins() leaves alone where there is nothing", () => {
  const none = { genPt: [10], eta: [1.7], pT: [NaN] };
  const bins = pileUpBins(none, none, [1.6, 2, 2.9]);
  assertAlmostEquals(bins.correct(17, 1.7), 17);
  assertAlmostEquals(bins.offset(2.5), 0);
});

Deno.test("a line needs clusters at two eta", () => {
  assertThrows(
    () => pileUpLine({ genPt: [1, 2], eta: [2, 2], pT: [1, 2] }),
    RangeError,
    "current number of clusters is 2",
  );
  assertThrows(() => pileUpLine({ genPt: [1], eta: [2], pT: [NaN] }), RangeError, "is 0");
});
