/**
 * What a report shows, read from the results of a reproduction.
 *
 * @module
 */
import {
  parseReproduction,
  type ReproducedExperiment,
} from "../../src/experiments/reproduction.ts";
import { type FigureEntry, parseResult } from "../../src/experiments/result.ts";
import type { Store } from "../../src/experiments/store.ts";
import { parseReconstructions } from "../../src/experiments/report/reconstructions.ts";
import type {
  ReportData,
  ReportFigure,
  ReportPart,
  ReportResult,
} from "../../src/experiments/report/types.ts";

/** Where the live page lies, when it has been built. */
const LIVE_PAGE = "live/index.html";

/**
 * Reads the state of a reproduction and what its finished experiments left. A result that cannot be read
 * becomes a sentence in its place: the others are still shown.
 *
 * @param store The folder of results.
 * @param name What the folder is called, for the message.
 * @returns What the report shows.
 * @throws {Error} If no reproduction has been started there.
 * @throws {RangeError | TypeError | SyntaxError} If its state cannot be read.
 */
export async function readReport(store: Store, name: string): Promise<ReportData> {
  const state = await store.read("reproduction.json");
  if (state === undefined) {
    throw new Error(
      `Cannot write the report: ${name}/reproduction.json is missing; deno task reproduce writes it`,
    );
  }
  const reproduction = parseReproduction(state);
  const parts = await Promise.all(
    reproduction.experiments.map((experiment) => _part(store, experiment)),
  );
  const hasLivePage = await store.read(LIVE_PAGE) !== undefined;
  return { reproduction, parts, ...(hasLivePage ? { livePage: LIVE_PAGE } : {}) };
}

async function _part(store: Store, experiment: ReproducedExperiment): Promise<ReportPart> {
  const { state, folder } = experiment;
  if (state !== "done" || folder === undefined) return { experiment };
  try {
    return { experiment, found: await _result(store, folder) };
  } catch (error) {
    return { experiment, problem: (error as Error).message };
  }
}

async function _result(store: Store, folder: string): Promise<ReportResult> {
  const bytes = await store.read(`${folder}/result.json`);
  if (bytes === undefined) throw new Error(`${folder}/result.json is missing`);
  const result = parseResult(bytes);
  const run = await store.read(`${folder}/run.json`);
  const reconstructions = await store.read(`${folder}/reconstructions.json`);
  return {
    result,
    run: run === undefined ? {} : JSON.parse(_text(run)),
    figures: await Promise.all(result.figures.map((entry) => _figure(store, folder, entry))),
    ...(reconstructions && { reconstructions: parseReconstructions(reconstructions) }),
  };
}

async function _figure(store: Store, folder: string, entry: FigureEntry): Promise<ReportFigure> {
  const [svg, png, plotly] = await Promise.all(
    ["svg", "png", "plotly.json"].map((end) => store.read(`${folder}/${entry.name}.${end}`)),
  );
  return {
    ...entry,
    ...(svg && { svg: _text(svg) }),
    ...(png && { png }),
    ...(plotly && { plotly: JSON.parse(_text(plotly)) }),
  };
}

function _text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
