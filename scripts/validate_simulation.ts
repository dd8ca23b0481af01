/**
 * Compares the simulation with published values.
 *
 *     deno run --no-prompt --allow-read=. --allow-write=results scripts/validate_simulation.ts
 *
 * @module
 */
import { simulate } from "../src/datasets/simulate.ts";
import { SIMULATION } from "../src/datasets/simulation/constants.ts";
import { TRIGGER_LAYERS } from "../src/datasets/simulation/layers.ts";
import {
  measureContainment,
  measureLayerProfile,
  measurePileUpEnergy,
  measureResolution,
} from "../src/datasets/simulation/measure_showers.ts";
import {
  CELL_ETAS,
  CHARGE_BIN,
  LAYER_GROUPS,
  WaferMeasures,
} from "../src/datasets/simulation/measure_wafers.ts";
import { PUBLISHED } from "../src/datasets/simulation/published_values.ts";
import {
  checksum,
  defineExperiment,
  type Experiment,
  type ExperimentContext,
  type Figure,
  PALETTE,
} from "../src/experiments/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { WORKERS_OPTION } from "./std/common_options.ts";
import { tell } from "./std/experiment_events.ts";
import { EXPERIMENT_OPTIONS, runAndReport } from "./std/run_experiment.ts";
import { type SimulationMeasures, validationRows, validationTable } from "./std/validation_rows.ts";

const OPTIONS = {
  events: { kind: "integer", describe: "Events at 200 pile-up", least: 1, default: 3000 },
  showers: {
    kind: "integer",
    describe: "Showers for each measurement without pile-up",
    least: 10,
    default: 1000,
  },
  seed: { kind: "integer", describe: "Seed of all random numbers", default: 1 },
  workers: WORKERS_OPTION,
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/validate_simulation.ts",
  summary: "Simulates showers and events and compares them with published values: layer profile, " +
    "trigger cells with charge, resolution, containment, charge sums, occupancy.",
  permissions: {
    "--allow-read=.": "this project's code, and earlier results",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--events 500",
};

/** Energies at which resolution is measured, GeV. */
const ENERGIES = [15, 30, 60, 120, 226];
/** |eta| at which pile-up's energy is measured. */
const PILE_UP_ETAS = [1.7, 2.0, 2.3, 2.6, 2.85];

if (import.meta.main) await runCommand(COMMAND, validateSimulation);

/**
 * Runs the experiment, and says how many quantities agree.
 *
 * @param options The options of the command line.
 */
export async function validateSimulation(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { events, showers, seed, workers } = options;
  const folder = await runAndReport(validationExperiment(workers), {
    script: import.meta.url,
    config: { events, showers },
    seeds: [seed],
    // A change of the constants is a change of what goes in.
    dataChecksum: await checksum(new TextEncoder().encode(JSON.stringify(SIMULATION))),
  }, options);
  const table = await Deno.readTextFile(`${folder}/validation.md`);
  const verdict = table.trimEnd().split("\n").at(-1);
  tell(`  ${verdict} The table: ${folder}/validation.md`, options);
}

/**
 * The experiment.
 *
 * @param workers Worker threads; 0 for all cores. The result does not depend on it.
 * @returns The experiment.
 */
export function validationExperiment(
  workers: number,
): Experiment<{ events: number; showers: number }> {
  return defineExperiment<{ events: number; showers: number }>({
    name: "validate_simulation",
    title: "The simulation and published values",
    run: async (context) => {
      const { events, showers } = context.config;
      const [seed] = context.seeds;
      const measures = await measureSimulation(
        { seed, events, showers, workers },
        context.progress,
      );
      _report(context, measures);
    },
  });
}

/**
 * Measures all that is compared.
 *
 * @param options Seed, how much to simulate, and worker threads (0 for all cores).
 * @param progress Told how far it is.
 * @returns What was measured.
 */
export async function measureSimulation(
  options: { seed: number; events: number; showers: number; workers: number },
  progress: (done: number, total: number, label: string) => void = () => {},
): Promise<SimulationMeasures> {
  const { seed, events, showers } = options;
  const workers = options.workers === 0 ? navigator.hardwareConcurrency : options.workers;
  const onProgress = (done: number, total: number) => progress(done, total, "events");
  const wafers = new WaferMeasures();
  for await (const table of simulate({ seed, events, workers, onProgress })) wafers.add(table);

  const steps = 4;
  progress(0, steps, "showers");
  const profile = measureLayerProfile(seed, showers);
  progress(1, steps, "showers");
  const resolution = measureResolution(seed, ENERGIES, Math.ceil(showers / 2));
  progress(2, steps, "showers");
  const containment = measureContainment(seed, Math.ceil(showers / 5));
  progress(3, steps, "showers");
  const pileUp = measurePileUpEnergy(seed, PILE_UP_ETAS, Math.ceil(showers / 5));
  progress(steps, steps, "showers");
  return { profile, resolution, containment, pileUp, wafers };
}

function _report(
  context: Pick<ExperimentContext, "addQuantity" | "addFile" | "addFigure">,
  measures: SimulationMeasures,
): void {
  const rows = validationRows(measures);
  for (const { name, unit, value, published } of rows) {
    context.addQuantity(name, unit, [value], published === undefined ? {} : { paper: published });
  }
  context.addFile("validation.md", new TextEncoder().encode(validationTable(rows)));
  context.addFigure("layer_profile", _profileFigure(measures));
  context.addFigure("cells", _cellsFigure(measures));
  context.addFigure("charge_sums", _chargeSumsFigure(measures));
  context.addFigure("resolution", _resolutionFigure(measures));
}

function _profileFigure({ profile }: SimulationMeasures): Figure {
  return {
    title: "Energy of electrons in the trigger layers",
    subtitle: "electrons with 2 to 35 GeV of transverse momentum, no pile-up",
    caption: "Share of the energy of electrons in each trigger layer, simulated and published.",
    x: { label: "layer", unit: "" },
    y: { label: "share of the energy", unit: "" },
    series: [
      { kind: "line", name: "simulated", x: TRIGGER_LAYERS, y: profile.shares },
      { kind: "points", name: "published", x: TRIGGER_LAYERS, y: PUBLISHED.layerShares },
    ],
    legend: "top-right",
  };
}

function _cellsFigure({ wafers }: SimulationMeasures): Figure {
  const simulated = wafers.meanCells();
  return {
    title: "Trigger cells with charge",
    subtitle: "mean of wafers around electrons, 200 pile-up",
    caption: "Mean number of trigger cells with charge against |eta|, for four groups of layers: " +
      "lines are simulated, points are published.",
    x: { label: "|η| of the wafer", unit: "" },
    y: { label: "trigger cells with charge", unit: "", domain: [0, 50] },
    // The lattice of layers 1 and 3 has no wafer near |eta| = 2.8, and nothing is published there.
    series: LAYER_GROUPS.flatMap(({ name }, group) => {
      const published = PUBLISHED.cells[group];
      const known = CELL_ETAS.flatMap((_, k) => Number.isFinite(published[k]) ? [k] : []);
      const color = PALETTE[group], x = known.map((k) => CELL_ETAS[k]);
      const at = (values: readonly number[]) => known.map((k) => values[k]);
      return [
        { kind: "line" as const, name: `layers ${name}`, color, x, y: at(simulated[group]) },
        { kind: "points" as const, color, x, y: at(published) },
      ];
    }),
  };
}

function _chargeSumsFigure({ wafers }: SimulationMeasures): Figure {
  const density = wafers.chargeSumDensity(), published = PUBLISHED.chargeSums;
  return {
    title: "Charge of pile-up wafers",
    subtitle: "layers 5 to 11, 200 pile-up",
    caption: "Distribution of the charge sum of wafers without energy of the generated particle.",
    x: { label: "sum of CALQ", unit: "counts" },
    y: { label: "density", unit: "1 / count" },
    series: [
      {
        kind: "histogram",
        name: "simulated",
        edges: [...density, 0].map((_, bin) => bin * CHARGE_BIN),
        counts: density,
      },
      {
        kind: "points",
        name: "published",
        x: published.map((_, bin) => (bin + 0.5) * CHARGE_BIN),
        y: published.map((value) => value * 1e-5),
      },
    ],
    legend: "top-right",
  };
}

function _resolutionFigure({ resolution }: SimulationMeasures): Figure {
  const energies = resolution.map(({ energy }) => energy);
  return {
    title: "Resolution of the 14 trigger layers",
    subtitle: "electromagnetic showers at |η| = 2, no pile-up, no constant term",
    caption: "Standard deviation over mean of the measured energy against energy.",
    x: { label: "energy", unit: "GeV", scale: "log", domain: [10, 300] },
    y: { label: "resolution", unit: "", domain: [0, 0.1] },
    series: [
      {
        kind: "line",
        name: `${PUBLISHED.stochasticTerm} / √E`,
        x: energies,
        y: energies.map((energy) => PUBLISHED.stochasticTerm / Math.sqrt(energy)),
      },
      {
        kind: "points",
        name: "simulated",
        x: energies,
        y: resolution.map(({ resolution }) => resolution),
      },
    ],
    legend: "top-right",
  };
}
