/**
 * The spectral EMD on wafers and on events of known shapes: how it agrees with the exact EMD, what it
 * does not see, how well it tells shapes apart, and, if asked for, how long it takes.
 *
 *     deno run --no-prompt --allow-read --allow-write=results scripts/spectral_shapes.ts
 *
 * @module
 */
import { randomPairs, type WaferPairs } from "../src/datasets/pairs/pairs.ts";
import {
  defineExperiment,
  type Experiment,
  type ExperimentContext,
  type Figure,
} from "../src/experiments/mod.ts";
import { type Loss, spectral, w2 } from "../src/losses/mod.ts";
import { quantiles, RandomStream, rankCorrelation } from "../src/numerics/mod.ts";
import { linearisedDistance, LinearisedTransport } from "../src/transport/mod.ts";
import {
  applySymmetry,
  type CellOrder,
  cellPositions,
  CELLS,
  normalise,
  WAFER_SYMMETRIES,
  waferEmdBatch,
} from "../src/wafer/mod.ts";
import { type Command, type CommandValues, runCommand } from "./std/command.ts";
import { speedOption, WAFER_OPTIONS } from "./std/common_options.ts";
import { type DistanceTimes, timeDistances } from "./std/distance_times.ts";
import { readDistinctWafers } from "./std/distinct_wafers.ts";
import { drawClouds } from "./std/draw_clouds.ts";
import { EXPERIMENT_OPTIONS, fileChecksum, runAndReport } from "./std/run_experiment.ts";
import { COMPARED_SHAPES, fitRow, fitShape, leads } from "./std/spectral_fits.ts";
import { drawToyEvent, TOY_SHAPES, type ToyShape } from "./std/toy_events.ts";

const OPTIONS = {
  ...WAFER_OPTIONS,
  pairs: { kind: "integer", describe: "Random pairs of wafers", least: 2, default: 2000 },
  events: { kind: "integer", describe: "Events of each known shape", least: 1, default: 50 },
  seed: { kind: "integer", describe: "Seed of pairs and events", default: 1 },
  speed: speedOption("the distances"),
  ...EXPERIMENT_OPTIONS,
} as const;

/** This script as seen from the command line. */
export const COMMAND: Command<typeof OPTIONS> = {
  script: "scripts/spectral_shapes.ts",
  summary:
    "Compares the spectral EMD with the exact EMD on random pairs of wafers and on turned wafers, " +
    "fits shapes (ring, segment, two and three prongs) to events and wafers and draws them, and, " +
    "with --speed, times it against the number of points.",
  permissions: {
    "--allow-read": "the input file, earlier results, and this project's code",
    "--allow-write=results": "results",
  },
  options: OPTIONS,
  example: "--events 50 --speed",
};

/** What the result depends on, besides seeds and data. */
type Config = {
  pairs: number;
  events: number;
  order: CellOrder;
  /** Times in milliseconds, by distance and number of points; none unless asked for. */
  milliseconds: DistanceTimes;
};

/** Standard deviation of points around the shape of their event, whose size is about one. */
const BLUR = 0.15;
/** Numbers of points that are timed. */
const SIZES = [10, 20, 50, 100, 200, 400, 800], TIMED_ROUNDS = 25;

/** What numbers and frames of the drawings say. */
const LEGEND = `Likeness; framed where it is the greatest of ${COMPARED_SHAPES.join(", ")}`;

if (import.meta.main) await runCommand(COMMAND, spectralShapes);

/**
 * Runs the experiment on a file.
 *
 * @param options The options of the command line.
 */
export async function spectralShapes(options: CommandValues<typeof OPTIONS>): Promise<void> {
  const { input, order, pairs, events, seed, speed } = options;
  const { charges } = await readDistinctWafers(input, order);
  const milliseconds = speed ? timeDistances(SIZES, seed, TIMED_ROUNDS) : {};
  await runAndReport(spectralShapesExperiment(charges), {
    script: import.meta.url,
    config: { pairs, events, order, milliseconds },
    seeds: [seed],
    dataChecksum: await fileChecksum(input),
  }, options);
}

/**
 * The experiment on wafers in memory.
 *
 * @param charges The wafers, in train order, none of them empty.
 * @returns The experiment.
 */
export function spectralShapesExperiment(
  charges: Float64Array | Float32Array,
): Experiment<Config> {
  return defineExperiment<Config>({
    name: "spectral_shapes",
    title: "The spectral EMD: agreement with the exact EMD, and fits of shapes",
    async run(context) {
      const fractions = Float64Array.from(normalise(charges, "fraction"));
      await _agreement(context, fractions);
      await _turnedWafers(context, fractions);
      _knownShapes(context);
      _shapesOfWafers(context, fractions);
      _speed(context);
    },
  });
}

/** Distances of random pairs: the spectral EMD, W_2 and its linearisation against the exact EMD. */
async function _agreement(context: ExperimentContext<Config>, fractions: Float64Array) {
  const { config, seeds } = context;
  const count = fractions.length / CELLS;
  const pairs = randomPairs(count, config.pairs, new RandomStream(seeds[0], "pairs"));
  const x = _rows(fractions, pairs.first), y = _rows(fractions, pairs.second);
  const exact = waferEmdBatch(x, y).values;
  const distances = {
    "spectral EMD": await _root(spectral({ position: 0 }), x, y),
    W2: await _root(w2(), x, y),
    "linearised W2": _linearised(fractions, pairs),
  };
  for (const [name, values] of Object.entries(distances)) {
    const correlation = rankCorrelation(values, exact);
    context.addQuantity(`rank correlation of ${name} with the exact EMD`, "", [correlation]);
  }
  const excess = distances["linearised W2"].map((linear, k) => linear / distances.W2[k] - 1);
  const [low, middle, high] = quantiles(excess, [0.16, 0.5, 0.84]).map((part) => 100 * part);
  context.addQuantity("linearised W2 over W2 less one, 16 % quantile", "%", [low]);
  context.addQuantity("linearised W2 over W2 less one, median", "%", [middle]);
  context.addQuantity("linearised W2 over W2 less one, 84 % quantile", "%", [high]);
  context.addQuantity("exact EMD of random pairs, median", "half pitch", quantiles(exact, [0.5]));
  context.addQuantity(
    "spectral EMD of random pairs, median",
    "half pitch",
    quantiles(distances["spectral EMD"], [0.5]),
  );
  context.addFigure("agreement", {
    title: "Random pairs of wafers",
    subtitle: `${config.pairs.toLocaleString("en")} pairs`,
    caption:
      "The spectral EMD compares the distances inside each wafer, the exact EMD their places.",
    x: { label: "exact EMD", unit: "half pitch" },
    y: { label: "spectral EMD", unit: "half pitch" },
    series: [{ kind: "points", x: [...exact], y: [...distances["spectral EMD"]] }],
    legend: "none",
  });
}

/** Linearised distances of pairs of wafers, seen from the mean of all wafers. */
function _linearised(fractions: Float64Array, pairs: WaferPairs): Float64Array {
  const count = fractions.length / CELLS, positions = cellPositions();
  const mean = new Float64Array(CELLS);
  fractions.forEach((part, k) => mean[k % CELLS] += part);
  const transport = new LinearisedTransport({ energies: mean, positions });
  const vectors = Array.from({ length: count }, (_, wafer) => {
    const energies = fractions.subarray(wafer * CELLS, (wafer + 1) * CELLS);
    return transport.embed({ energies, positions });
  });
  return Float64Array.from(
    pairs.first,
    (wafer, k) => linearisedDistance(vectors[wafer], vectors[pairs.second[k]]),
  );
}

/** What no spectral EMD sees: each wafer against itself, turned by a third of a turn. */
async function _turnedWafers(context: ExperimentContext<Config>, fractions: Float64Array) {
  const turned = applySymmetry(fractions, WAFER_SYMMETRIES[1]);
  const emd = waferEmdBatch(fractions, turned).values;
  const spectralEmd = await _root(spectral({ position: 0 }), fractions, turned);
  const median = (values: Float64Array) => quantiles(values, [0.5]);
  context.addQuantity("exact EMD of a wafer from itself turned, median", "half pitch", median(emd));
  context.addQuantity(
    "spectral EMD of a wafer from itself turned, largest",
    "half pitch",
    [Math.max(...spectralEmd)],
  );
}

/** How often the shape that an event was drawn from fits it best; and one event of each, drawn. */
function _knownShapes(context: ExperimentContext<Config>): void {
  const { config, seeds, progress } = context;
  const draw = (shape: ToyShape, index: number) =>
    drawToyEvent(shape, new RandomStream(seeds[0], `${shape} event`, index), BLUR);
  for (const [s, shape] of TOY_SHAPES.entries()) {
    const likeness: number[] = [];
    let best = 0;
    for (let index = 0; index < config.events; index++) {
      const event = draw(shape, index);
      likeness.push(fitShape(shape, event).likeness);
      if (leads(event)[s] > 0) best++;
      progress(s * config.events + index + 1, TOY_SHAPES.length * config.events, "fits");
    }
    const [median] = quantiles(likeness, [0.5]);
    context.addQuantity(`${shape} events: likeness to their shape, median`, "", [median]);
    if (s >= COMPARED_SHAPES.length) continue;
    const name = `${shape} events: fitted best by their shape, of ${COMPARED_SHAPES.join(", ")}`;
    context.addQuantity(name, "%", [100 * best / config.events]);
  }
  context.addFigure("known_shapes", {
    title: "Events of known shapes and their spectral fits",
    svg: drawClouds(
      "Events of known shapes (rows) and the shapes that fit their pair distances best (columns)",
      LEGEND,
      TOY_SHAPES.map((shape) => `${shape}, fitted`),
      TOY_SHAPES.map((shape) => fitRow(`${shape}, drawn`, draw(shape, 0))),
    ),
  });
}

/** How ring-like, straight and two-pronged wafers are, and those that are clearly so, drawn. */
function _shapesOfWafers(context: ExperimentContext<Config>, fractions: Float64Array): void {
  const count = fractions.length / CELLS, positions = cellPositions();
  const event = (wafer: number) => ({
    energies: fractions.slice(wafer * CELLS, (wafer + 1) * CELLS),
    positions,
  });
  const ahead = Array.from({ length: count }, (_, wafer) => leads(event(wafer)));
  const rows = COMPARED_SHAPES.map((shape, s) => {
    const own = ahead.map((leads) => leads[s]);
    const part = own.filter((lead) => lead > 0).length / count;
    context.addQuantity(`wafers fitted best by ${shape}, of ${COMPARED_SHAPES.join(", ")}`, "%", [
      100 * part,
    ]);
    return fitRow(`clearest ${shape}`, event(own.indexOf(Math.max(...own))));
  });
  context.addFigure("shapes_of_wafers", {
    title: "Wafers and their spectral fits",
    svg: drawClouds(
      "Wafers that one shape fits far better than the others (rows), and all fits (columns)",
      LEGEND,
      TOY_SHAPES.map((shape) => `${shape}, fitted`),
      rows,
    ),
  });
}

/** Times, where the configuration has some. */
function _speed(context: ExperimentContext<Config>): void {
  const entries = Object.entries(context.config.milliseconds);
  if (entries.length === 0) return;
  for (const size of SIZES) {
    const [own, exact] = ["spectral EMD", "exact EMD"].map((name) =>
      context.config.milliseconds[name][size]
    );
    context.addQuantity(`time of the exact EMD over that of the spectral one, ${size} points`, "", [
      exact / own,
    ]);
  }
  context.addFigure("speed", _speedFigure(entries));
}

function _speedFigure(entries: readonly (readonly [string, Record<string, number>])[]): Figure {
  return {
    title: "Time of a distance between two clouds of n points",
    subtitle: "one core; random clouds in the plane",
    caption: "Spectral EMD: all n (n - 1) / 2 pairs are sorted. Exact EMD: network simplex.",
    x: { label: "points", unit: "", scale: "log" },
    y: { label: "time", unit: "ms", scale: "log" },
    series: entries.map(([name, times]) => ({
      kind: "line",
      name,
      x: Object.keys(times).map(Number),
      y: Object.values(times),
      dash: name.includes("gradient") ? "dashed" : "solid",
    })),
    legend: "top-left",
  };
}

/** Square roots of the values of a loss. */
async function _root(loss: Loss, x: Float64Array, y: Float64Array): Promise<Float64Array> {
  return (await loss.valueAndGradient(x, y)).value.map(Math.sqrt);
}

function _rows(fractions: Float64Array, wafers: ArrayLike<number>): Float64Array {
  const rows = new Float64Array(wafers.length * CELLS);
  for (let k = 0; k < wafers.length; k++) {
    rows.set(fractions.subarray(wafers[k] * CELLS, (wafers[k] + 1) * CELLS), k * CELLS);
  }
  return rows;
}
