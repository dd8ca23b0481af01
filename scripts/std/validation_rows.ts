/**
 * What the simulation is compared with, and the verdicts.
 *
 * @module
 */
import { TRIGGER_LAYERS } from "../../src/datasets/simulation/layers.ts";
import type {
  Containment,
  LayerProfile,
  PileUpEnergy,
  Resolution,
} from "../../src/datasets/simulation/measure_showers.ts";
import {
  CELL_ETAS,
  CHARGE_BIN,
  ENERGY_CLASSES,
  LAYER_GROUPS,
  type WaferMeasures,
} from "../../src/datasets/simulation/measure_wafers.ts";
import { PUBLISHED } from "../../src/datasets/simulation/published_values.ts";

/** All that is measured. */
export interface SimulationMeasures {
  /** Electrons in depth. */
  readonly profile: LayerProfile;
  /** Resolution at several energies. */
  readonly resolution: readonly Resolution[];
  /** Lateral containment. */
  readonly containment: Containment;
  /** Energy of pile-up in the size of a cluster. */
  readonly pileUp: readonly PileUpEnergy[];
  /** Charges of wafers. */
  readonly wafers: WaferMeasures;
}

/** A measured quantity beside others' values. */
export interface ValidationRow {
  /** What was measured. */
  readonly name: string;
  /** Its unit. */
  readonly unit: string;
  /** What was measured here. */
  readonly value: number;
  /** The published value. */
  readonly published?: number;
  /** Value of another program for the same model, in Python, with constants as they were first. */
  readonly python?: number;
  /** Largest allowed difference from the published value; no verdict without it. */
  readonly tolerance?: number;
}

// Of the Python program; how it weighted wafers for charge sums and shares is not known.
const PYTHON_CELLS = [
  [11, 17, 23, 32, 39, 46, NaN],
  [11, 17, 25, 33, 40, 46, 47],
  [9, 13, 20, 29, 37, 45, 47],
  [6, 9, 13, 21, 29, 35, 43],
];
const PYTHON_CHARGE_SUMS = [147, 221, 202, 113, 115, 92, 55, 62, 40];
const PYTHON_SHARES = [[0.21, 0.40], [0.37, 0.58], [0.51, 0.72]];
const PYTHON_PILE_UP = [[0.51, 0.42], [1.26, 0.78], [2.24, 0.95], [4.13, 1.31], [7.3, 1.67]];

/**
 * All quantities.
 *
 * @param measures What was measured.
 * @returns A row for each.
 */
export function validationRows(measures: SimulationMeasures): ValidationRow[] {
  return [
    ..._showerRows(measures),
    ..._cellRows(measures),
    ..._chargeRows(measures),
    ..._pileUpRows(measures),
  ];
}

/**
 * Whether a quantity agrees with its published value.
 *
 * @param row The quantity.
 * @returns Whether it does; `undefined` where there is no verdict.
 */
export function agrees({ value, published, tolerance }: ValidationRow): boolean | undefined {
  if (published === undefined || tolerance === undefined) return undefined;
  return Math.abs(value - published) <= tolerance;
}

/**
 * The quantities as a table in Markdown.
 *
 * @param rows The quantities.
 * @returns The table, with a line that sums up the verdicts.
 */
export function validationTable(rows: readonly ValidationRow[]): string {
  const verdicts = rows.map(agrees).filter((verdict) => verdict !== undefined);
  const lines = rows.map((row) => {
    const { name, unit, value, published, python, tolerance } = row;
    const verdict = agrees(row);
    const allowed = verdict === undefined ? "" : `± ${_number(tolerance)}`;
    const cells = [name, unit, _number(value), _number(published), allowed, _number(python)];
    return `| ${[...cells, { true: "yes", false: "NO" }[`${verdict!}`] ?? ""].join(" | ")} |`;
  });
  return [
    "| quantity | unit | simulated | published | allowed | Python | agrees |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
    "",
    `${verdicts.filter(Boolean).length} of ${verdicts.length} quantities with a verdict agree.`,
    "",
  ].join("\n");
}

function _showerRows({ profile, resolution, containment }: SimulationMeasures): ValidationRow[] {
  const scaled = resolution.map(({ energy, resolution }) => resolution * Math.sqrt(energy));
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    {
      name: "layer with the largest share of electrons' energy",
      unit: "",
      value: profile.peakLayer,
      published: PUBLISHED.peakLayer,
      python: 7,
      tolerance: 0,
    },
    {
      name: "mean layer of electrons' energy",
      unit: "",
      value: profile.meanLayer,
      published: PUBLISHED.meanLayer,
      python: 9.35,
      tolerance: 0.2,
    },
    ...profile.shares.map((value, layer) => ({
      name: `share of electrons' energy in layer ${TRIGGER_LAYERS[layer]}`,
      unit: "",
      value,
      published: PUBLISHED.layerShares[layer],
    })),
    {
      name: "stochastic term, 14 layers",
      unit: "sqrt(GeV)",
      value: mean(scaled),
      published: PUBLISHED.stochasticTerm,
      python: 0.30,
      tolerance: 0.03,
    },
    {
      name: "response to electromagnetic showers",
      unit: "",
      value: mean(resolution.map(({ response }) => response)),
      python: 0.995,
    },
    {
      name: "radius that holds 90 % of a shower",
      unit: "cm",
      value: containment.all.r90,
      published: PUBLISHED.radius90,
      python: 2.85,
    },
    {
      name: "radius that holds 68 % of a shower",
      unit: "cm",
      value: containment.all.r68,
      python: 0.95,
    },
    {
      name: "radius that holds 90 % in layer 9",
      unit: "cm",
      value: containment.layer9.r90,
      python: 2.1,
    },
    {
      name: "radius that holds 68 % in layer 9",
      unit: "cm",
      value: containment.layer9.r68,
      python: 0.8,
    },
  ];
}

function _cellRows({ wafers }: SimulationMeasures): ValidationRow[] {
  return wafers.meanCells().flatMap((means, group) =>
    means.flatMap((value, bin): ValidationRow[] => {
      const eta = CELL_ETAS[bin], published: number = PUBLISHED.cells[group][bin];
      if (!Number.isFinite(published)) return [];
      const tolerance = eta >= 2 ? Math.max(0.15 * published, 2) : 4;
      const name = `cells with charge, layers ${LAYER_GROUPS[group].name}, η ${eta.toFixed(1)}`;
      const python = PYTHON_CELLS[group][bin];
      return [{ name, unit: "", value, published, python, tolerance }];
    })
  );
}

function _chargeRows({ wafers }: SimulationMeasures): ValidationRow[] {
  const density = wafers.chargeSumDensity(), shares = wafers.cellCountShares();
  const meanShare = (from: number, to: number) =>
    shares.slice(from, to + 1).reduce((sum, share) => sum + share, 0) / (to - from + 1);
  return [
    ...PUBLISHED.chargeSums.map((published, bin) => ({
      name: `pile-up wafers with a charge of ${bin * CHARGE_BIN} to ${(bin + 1) * CHARGE_BIN}`,
      unit: "1e-5 / count",
      value: density[bin] * 1e5,
      published,
      python: PYTHON_CHARGE_SUMS[bin],
    })),
    {
      name: "share of pile-up wafers for each number of cells, 0 to 2",
      unit: "",
      value: meanShare(0, 2),
      published: PUBLISHED.fewCells,
      python: 0.022,
    },
    {
      name: "share of pile-up wafers for each number of cells, 8 to 12",
      unit: "",
      value: meanShare(8, 12),
      published: PUBLISHED.someCells,
      python: 0.050,
    },
    ...wafers.occupancy().map(({ eta, median }) => ({
      name: `occupied cells of electron wafers, median at η ${eta.toFixed(2)}`,
      unit: "",
      value: median,
    })),
    {
      name: "occupied cells of electron wafers, most",
      unit: "",
      value: wafers.largestOccupancy,
      python: 36,
    },
    ...wafers.leadingShares().flatMap(({ leading, three }, index) => {
      const [least, most] = ENERGY_CLASSES[index];
      const where = most === Infinity ? `above ${least} GeV` : `of ${least} to ${most} GeV`;
      const [python, pythonThree] = PYTHON_SHARES[index];
      return [
        { name: `leading cell's share, wafers ${where}`, unit: "", value: leading, python },
        {
          name: `three leading cells' share, wafers ${where}`,
          unit: "",
          value: three,
          python: pythonThree,
        },
      ];
    }),
  ];
}

function _pileUpRows({ pileUp }: SimulationMeasures): ValidationRow[] {
  return pileUp.flatMap(({ eta, mean, spread }, index) => [
    {
      name: `pile-up within a slope of 0.015 at η ${eta}`,
      unit: "GeV",
      value: mean,
      python: PYTHON_PILE_UP[index][0],
    },
    {
      name: `its standard deviation at η ${eta}`,
      unit: "GeV",
      value: spread,
      python: PYTHON_PILE_UP[index][1],
    },
  ]);
}

function _number(value: number | undefined): string {
  return value === undefined ? "" : String(Number(value.toPrecision(3)));
}
