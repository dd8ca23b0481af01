import type { JsonObject } from "../canonical_json.ts";
import type { PlotlyFigure } from "../figure_plotly.ts";
import type { ReproducedExperiment, Reproduction } from "../reproduction.ts";
import type { Result } from "../result.ts";
import type { Reconstructions } from "./reconstructions.ts";

/** A figure of a result with what its files hold. */
export interface ReportFigure {
  /** Name without extension. */
  readonly name: string;
  /** Title, in words. */
  readonly title: string;
  /** Names of its files in the result's folder. */
  readonly files: readonly string[];
  /** The static picture. */
  readonly svg?: string;
  /** The same as PNG. */
  readonly png?: Uint8Array;
  /** The figure as Plotly takes it; absent for a drawing. */
  readonly plotly?: PlotlyFigure;
}

/** When, where and by what a result was made: what its `run.json` says. */
export interface RunRecord extends JsonObject {
  /** Start of the run, ISO 8601 in UTC. */
  readonly time?: string;
  /** Name of the machine. */
  readonly host?: string;
  /** Operating system and processor architecture. */
  readonly platform?: string;
  /** Number of logical processors. */
  readonly cores?: number;
  /** Version of Deno. */
  readonly deno?: string;
  /** Commit of the code. */
  readonly commit?: string;
  /** How long it took. */
  readonly seconds?: number;
}

/** What a finished experiment left. */
export interface ReportResult {
  /** Its numbers and what they came from. */
  readonly result: Result;
  /** When and where it ran. */
  readonly run: RunRecord;
  /** Its figures. */
  readonly figures: readonly ReportFigure[];
  /** Wafers beside their reconstructions, where it has some. */
  readonly reconstructions?: Reconstructions;
}

/** An experiment of the report. */
export interface ReportPart {
  /** Its row of the reproduction. */
  readonly experiment: ReproducedExperiment;
  /** What it left, once it is done. */
  readonly found?: ReportResult;
  /** Why what it left cannot be shown. */
  readonly problem?: string;
}

/** What the report shows. */
export interface ReportData {
  /** The state of the reproduction. */
  readonly reproduction: Reproduction;
  /** Its experiments. */
  readonly parts: readonly ReportPart[];
  /** Address of the live page from the report's folder, where there is one. */
  readonly livePage?: string;
}
