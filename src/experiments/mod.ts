/**
 * Experiments: declare and run them, keep their results with what they came from, and draw figures.
 *
 * @module
 */
export { linearTicks, logTicks, type Tick } from "./axis_ticks.ts";
export { canonicalJson, type Json, type JsonObject } from "./canonical_json.ts";
export { checkFigure } from "./check_figure.ts";
export { checkPanels } from "./check_panels.ts";
export { type ColorBar, colorBar, type ColorBarOptions } from "./color_bar.ts";
export { PALETTE, textColorOn, VIRIDIS, viridis } from "./color_map.ts";
export { type ColorScale, colorScale } from "./color_scale.ts";
export {
  type Checkpoint,
  defineExperiment,
  type Experiment,
  type ExperimentContext,
  type Progress,
  runExperiment,
  type RunOptions,
  type RunOutcome,
} from "./experiment.ts";
export {
  type Axis,
  type AxisScale,
  axisTitle,
  type BandSeries,
  type Figure,
  type HeatmapSeries,
  type HistogramSeries,
  type LegendPlace,
  type LineSeries,
  type PointSeries,
  type ReferenceLine,
  type Series,
  type SeriesStyle,
} from "./figure.ts";
export { type Drawing, figureFiles, type NamedFile } from "./figure_files.ts";
export {
  type Curve,
  type Domain,
  type FigureLayout,
  layoutFigure,
  stepOutline,
} from "./figure_layout.ts";
export { type PlotlyFigure, toPlotly } from "./figure_plotly.ts";
export { figureSvg, toVegaLite } from "./figure_vega.ts";
export { flowArrow, type FlowArrowOptions } from "./flow_arrow.ts";
export { groupOutline } from "./group_outline.ts";
export { checksum, resultKey, type ResultKeyParts } from "./key.ts";
export { type NotebookDisplay, showFigure } from "./notebook_display.ts";
export { svgToPng } from "./png.ts";
export { type Provenance, provenance } from "./provenance_deno.ts";
export { formatMean, formatPaper, formatQuantity, type Quantity, quantity } from "./quantity.ts";
export {
  parseReproduction,
  type ReproducedExperiment,
  type ReproducedState,
  type Reproduction,
  REPRODUCTION_SCHEMA,
  reproductionBytes,
  type ReproductionMachine,
  type ReproductionPreset,
} from "./reproduction.ts";
export {
  type FigureEntry,
  parseResult,
  type Result,
  RESULT_SCHEMA,
  resultBytes,
} from "./result.ts";
export { assertStorePath, memoryStore, type Store } from "./store.ts";
export { fileStore } from "./store_deno.ts";
export {
  escapeXml,
  type Point,
  type SvgAttributes,
  svgElement,
  svgLines,
  svgNumber,
  svgPoint,
} from "./svg.ts";
export { svgDocument, type SvgDocumentOptions } from "./svg_document.ts";
export { textWidth } from "./text_width.ts";
export { type Verdict, verdict } from "./verdict.ts";
export {
  type CellFlow,
  type CellGroup,
  drawWafers,
  type WaferDrawingOptions,
  type WaferPanel,
} from "./wafer_drawing.ts";
// Types of the wafer that the drawing speaks of.
export type { CellOrder } from "../wafer/cells.ts";
export type { ORDER, TakenAs } from "../wafer/orders.ts";
