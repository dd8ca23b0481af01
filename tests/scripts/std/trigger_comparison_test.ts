import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { compareCodecs, PT_EDGES } from "../../../scripts/std/trigger_comparison.ts";
import {
  ratioByEta,
  resolutionByEta,
  resolutionByPt,
} from "../../../scripts/std/trigger_figures.ts";
import { publishedResolutions, triggerTables } from "../../../scripts/std/trigger_table.ts";
import { checkFigure } from "../../../src/experiments/mod.ts";
import { RandomStream } from "../../../src/numerics/mod.ts";
import { type TriggerSample, TriggerSampleBuilder } from "../../../src/trigger/mod.ts";

const SETTINGS = {
  pileUp: "line",
  method: "published",
  isPublishedSample: true,
  judgedFrom: 10,
  leastClusters: 20,
  seed: 1,
} as const;

/** Particles of which all energy is in layer 9, smeared by `width`, one of twenty not found. */
function sample(codec: string, width: number, seed: number): TriggerSample {
  const random = new RandomStream(seed, "comparison");
  const builder = new TriggerSampleBuilder(codec);
  for (let event = 0; event < 1500; event++) {
    const pT = 5 + 95 * random.uniform(), eta = 1.6 + 1.3 * random.uniform();
    const layerPt = new Float64Array(14);
    layerPt[4] = pT * (1 + width * random.normal());
    const cluster = { pT: layerPt[4], eta, phi: 0, layerPt };
    builder.add(
      { event, first: 0, end: 1, particle: { pT, eta, phi: 0 } },
      event % 20 === 0 ? { outcome: "no_match" } : { outcome: "found", cluster },
    );
  }
  builder.addBits(157, 1);
  return builder.sample();
}

const NAMES = ["no compression", "weighted_mse", "telescope_mse", "telescope_mse"];
const WIDTHS = [0.02, 0.06, 0.04, 0.05];
const comparison = compareCodecs(
  NAMES.map((name) => sample(name, 0, 1)),
  NAMES.map((name, k) => sample(name, WIDTHS[k], 2)),
  "weighted_mse",
  SETTINGS,
);

Deno.test("compareCodecs() gathers codecs of one name and divides by the reference", () => {
  assertEquals(comparison.curves.map(({ name, codecs }) => [name, codecs.length]), [
    ["no compression", 1],
    ["weighted_mse", 1],
    ["telescope_mse", 2],
  ]);
  assertEquals(comparison.reference, 1);
  const { curves } = comparison.byEta;
  // The same random numbers: the ratios are exact but for the calibration.
  assertAlmostEquals(curves[0].meanRatio.value, 1 / 3, 0.01);
  assertAlmostEquals(curves[2].meanRatio.value, 0.75, 0.01);
  assertAlmostEquals(curves[1].meanResolution.value, 0.06, 0.004);
  const toTelescope = comparison.byEtaRelativeTo(2).curves;
  assertAlmostEquals(toTelescope[1].meanRatio.value, 4 / 3, 0.02);
});

Deno.test("compareCodecs() judges from a transverse momentum on, and calibrates with all", () => {
  const [{ codecs: [{ ratios, electrons, calibratedPhotons }] }] = comparison.curves;
  for (let event = 0; event < ratios.length; event++) {
    const isJudged = electrons.genPt[event] >= 10 && event % 20 !== 0;
    assertEquals(Number.isNaN(ratios[event]), !isJudged);
  }
  assertAlmostEquals(calibratedPhotons.mean, 1, 1e-9);
  const events = comparison.byEta.bins.reduce((sum, bin) => sum + bin.events, 0);
  assertEquals(events, electrons.genPt.filter((pT) => pT >= 10).length);
  assert(comparison.byPt.bins.every(({ low }) => PT_EDGES.includes(low) && low >= 10));
});

Deno.test("compareCodecs() tells what other forms give, its own among them", () => {
  const { variants, byEta } = comparison;
  assertEquals(variants.length, 4);
  const own = variants.find(({ pileUp, method }) => pileUp === "line" && method === "published")!;
  assertEquals(own.resolutions, byEta.curves.map(({ meanResolution }) => meanResolution));
  // The shortest interval spans two gaps less.
  for (const pileUp of ["line", "bins"]) {
    const [published, shortest] = variants.filter((variant) => variant.pileUp === pileUp);
    assertEquals(shortest.method, "shortest_interval");
    shortest.resolutions.forEach(({ value }, k) => assert(value < published.resolutions[k].value));
  }
});

Deno.test("figures and tables of a comparison hold together", () => {
  for (const draw of [resolutionByEta, ratioByEta, resolutionByPt]) {
    const figure = draw(comparison, "electrons");
    checkFigure(figure);
    assert(
      figure.series.some((series) => "name" in series && series.name?.startsWith("published")),
    );
  }
  const tables = triggerTables(comparison);
  assert(!/NaN|undefined/.test(tables), tables);
  for (const line of tables.split("\n").filter((line) => line.startsWith("| mean"))) {
    assert(/0\.\d{4} ± 0\.\d{4}/.test(line), line);
  }
  assertEquals(publishedResolutions([{ low: 1.6 }, { low: 2.3 }, { low: 2.8 }]), [
    0.091,
    0.048,
    0.053,
  ]);
});

Deno.test("other electrons stand beside nothing published", () => {
  const other = { ...comparison, isPublishedSample: false };
  for (const draw of [resolutionByEta, ratioByEta, resolutionByPt]) {
    const names = draw(other, "").series.map((series) => "name" in series ? series.name : "");
    assert(!names.some((name) => name?.startsWith("published")));
  }
  const tables = triggerTables(other).replace(/Weights of layers[^#]*/, "");
  assert(!/published(,| telescope)/.test(tables), tables);
});
