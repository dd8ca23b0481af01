/**
 * The figures whose drawings are stored in `output/` and compared byte by byte.
 *
 * @module
 */
import type { Figure } from "../../src/experiments/figure.ts";
import { drawWafers } from "../../src/experiments/wafer_drawing.ts";
import { RandomStream } from "../../src/numerics/random.ts";
import { cellPositions } from "../../src/wafer/cells.ts";
import { TRAIN_TO_PAPER } from "../../src/wafer/orders.ts";
import { supercells2x2, supercells4x4 } from "../../src/wafer/supercells.ts";

const random = new RandomStream(1, "gallery");

/** Two made-up showers, charges in train order. */
const INPUT = _shower(-1, 1, 0.8);
const OUTPUT = _shower(0.6, 0.2, 1.1);

const EMD = { label: "EMD", unit: "half pitch" } as const;

/** Histograms, filled and open, with a reference line and a legend in a corner. */
const histogram: Figure = {
  title: "EMD of random pairs of wafers",
  subtitle: "two made-up samples of 4000 pairs",
  caption: "Histograms of two gamma distributions",
  x: EMD,
  y: { label: "pairs / bin", unit: "" },
  series: [4, 6].map((shape, i) => ({
    kind: "histogram",
    name: ["neighbouring layers", "unrelated"][i],
    edges: range(31).map((k) => k / 2),
    counts: range(30).map((k) => Math.round(1500 * _gamma((k + 0.5) / 2 / 0.9, shape))),
    filled: i === 0,
  })),
  references: [{ axis: "x", at: 13.757, label: "largest distance" }],
};

/** Points with asymmetric error bars, a band and dashed lines. */
const resolution: Figure = {
  title: "Median EMD against occupancy",
  x: { label: "occupied trigger cells (> 1 MIP_T)", unit: "" },
  y: EMD,
  series: [
    {
      kind: "band",
      name: "central 68 %, telescope",
      x: range(12).map((k) => 2 * k + 1),
      low: range(12).map((k) => 0.9 - 0.02 * k),
      high: range(12).map((k) => 1.5 - 0.04 * k),
      color: "#0072b2",
    },
    {
      kind: "line",
      name: "telescope",
      x: range(12).map((k) => 2 * k + 1),
      y: range(12).map((k) => 1.2 - 0.03 * k),
      color: "#0072b2",
    },
    {
      kind: "points",
      name: "exact EMD",
      x: range(12).map((k) => 2 * k + 1),
      y: range(12).map((k) => 0.9 - 0.025 * k + 0.03 * random.normal()),
      yError: { low: range(12).map(() => 0.15), high: range(12).map((k) => 0.2 + 0.01 * k) },
      color: "#d55e00",
    },
    {
      kind: "points",
      name: "sliced",
      x: range(12).map((k) => 2 * k + 1.4),
      y: range(12).map((k) => 1.1 - 0.025 * k + 0.03 * random.normal()),
      color: "#009e73",
    },
  ],
  references: [{ axis: "y", at: 1.23, label: "published 5-bit network" }],
};

/** Both axes logarithmic, three dashes. */
const convergence: Figure = {
  title: "Sinkhorn iterations to a marginal error of 10⁻⁶",
  x: { label: "regularisation ε", unit: "half pitch", scale: "log" },
  y: { label: "iterations", unit: "", scale: "log" },
  legend: "top-right",
  series: (["solid", "dashed", "dotted"] as const).map((dash, i) => ({
    kind: "line",
    name: ["dense", "shower", "one cell"][i],
    dash,
    x: [0.01, 0.03, 0.1, 0.3, 1, 3],
    y: [0.01, 0.03, 0.1, 0.3, 1, 3].map((eps) => (3 - i) * 20 / eps),
  })),
};

/** A logarithmic count axis with empty bins. */
const logHistogram: Figure = {
  title: "Charge of trigger cells",
  x: { label: "CALQ", unit: "ADC counts", scale: "log" },
  y: { label: "trigger cells", unit: "", scale: "log" },
  series: [{
    kind: "histogram",
    edges: range(21).map((k) => 10 ** (k / 5)),
    counts: range(20).map((k) => k === 17 || k === 19 ? 0 : Math.round(20000 * Math.exp(-k / 2))),
  }],
  references: [{ axis: "x", at: 35, label: "1 MIP_T" }],
};

/** A heat map with a line on it. */
const heatmap: Figure = {
  title: "Predicted against true EMD",
  x: { label: "true EMD", unit: "half pitch" },
  y: { label: "predicted EMD", unit: "half pitch" },
  width: 320,
  height: 320,
  series: [
    {
      kind: "heatmap",
      label: "pairs",
      unit: "",
      xEdges: range(25).map((k) => k / 2),
      yEdges: range(25).map((k) => k / 2),
      values: range(24 * 24).map((k) => {
        const [x, y] = [k % 24, Math.floor(k / 24)];
        return Math.round(400 * Math.exp(-((x - y) ** 2) / 8 - ((x - 9) ** 2) / 40));
      }),
    },
    { kind: "line", x: [0, 12], y: [0, 12], color: "#ffffff", dash: "dashed" },
  ],
};

/** A wafer, another one, and the flow between them. */
const flow: string = drawWafers([
  { title: "input", charges: INPUT, labels: INPUT.map((charge) => charge > 0 ? `${charge}` : "") },
  { title: "reconstruction", charges: OUTPUT },
  {
    title: "flow",
    subtitle: "input → reconstruction",
    charges: INPUT,
    flows: [
      { from: 27, to: 31, mass: 0.15 },
      { from: 22, to: 3, mass: 0.08 },
      { from: 18, to: 35, mass: 0.04 },
      { from: 23, to: 19, mass: 0.01 },
    ],
  },
], {
  title: "Two wafers",
  color: { label: "charge", unit: "ADC counts" },
});

/** Groups, labels and a logarithmic scale. */
const groups: string = drawWafers([
  {
    title: "three rhombi, paper order",
    labels: TRAIN_TO_PAPER.map(String),
    groups: supercells4x4().map(({ cells }) => ({ cells })),
  },
  {
    title: "supercells <2×2>",
    groups: [5, 14, 23, 30].map((k, i) => ({
      cells: supercells2x2()[k].cells,
      opacity: i / 3,
      label: `${k}`,
    })),
  },
  { title: "logarithmic", charges: INPUT.map((charge, i) => charge + i) },
], { color: { label: "charge", unit: "ADC counts", scale: "log" }, pitch: 24 });

/** Drawings of wafers by the name of their file. */
export const drawings: Readonly<Record<string, string>> = {
  wafer_flow: flow,
  wafer_groups: groups,
};

/** Figures by the name of their file. */
export const figures: Readonly<Record<string, Figure>> = {
  histogram,
  resolution,
  convergence,
  log_histogram: logHistogram,
  heatmap,
};

/** The gamma density with unit scale. */
function _gamma(x: number, shape: number): number {
  const factorial = range(shape - 1).reduce((product, k) => product * (k + 1), 1);
  return x ** (shape - 1) * Math.exp(-x) / factorial;
}

/** A round bump of charge about a place in pitches; less than 20 counts is none. */
function _shower(x: number, y: number, width: number): number[] {
  const positions = cellPositions({ geometry: "low_density", unit: "pitch" });
  return range(48).map((i) => {
    const distance = Math.hypot(positions[2 * i] - x, positions[2 * i + 1] - y);
    const charge = Math.round(1000 * Math.exp(-(distance ** 2) / (2 * width ** 2)));
    return charge < 20 ? 0 : charge;
  });
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}
