/// <reference lib="dom" />
import { CELLS } from "../src/wafer/cells.ts";
import type { EconAutoencoderWeights } from "../src/models/types.ts";
import { chargeFills } from "./cell_colors.ts";
import { Downloads } from "./downloads.ts";
import { find } from "./element.ts";
import { CHART_HEIGHT, lineChart } from "./line_chart.ts";
import { TrainingRun } from "./training_run.ts";
import type { TrainedLoss } from "./types.ts";
import { WaferFile } from "./wafer_file.ts";
import { WaferView } from "./wafer_view.ts";

/** The losses side by side, in the order in which they are shown. */
const LOSSES: readonly { readonly loss: TrainedLoss; readonly label: string }[] = [
  { loss: "exact_emd", label: "exact EMD" },
  { loss: "telescope_mse", label: "telescope" },
];
/** Wafers whose reconstructions are shown. */
const SHOWN = 4;

/** Two trainings beside each other, on the same wafers, from the same weights. */
export class TrainingPanel {
  readonly #file = new WaferFile();
  readonly #form = find("training-form", HTMLFormElement);
  readonly #start = find("train", HTMLButtonElement);
  readonly #stop = find("stop", HTMLButtonElement);
  readonly #status = find("training-status", HTMLElement);
  readonly #alert = find("training-error", HTMLElement);
  readonly #progress = find("training-progress", HTMLProgressElement);
  readonly #chart = find("chart", SVGSVGElement);
  readonly #rows: readonly _Row[];
  readonly #downloads = new Downloads();
  readonly #onTrained: (name: string, weights: EconAutoencoderWeights) => void;
  #runs: readonly TrainingRun[] = [];

  /** @param onTrained Told of each network that has been trained, with its name. */
  constructor(onTrained: (name: string, weights: EconAutoencoderWeights) => void) {
    this.#onTrained = onTrained;
    this.#rows = ["original", ...LOSSES.map(({ label }) => label)].map((label) => new _Row(label));
    find("reconstructions", HTMLElement).append(...this.#rows.map(({ element }) => element));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#train();
    });
    this.#stop.addEventListener("click", () => this.#runs.forEach((run) => run.stop()));
  }

  #train(): void {
    const { file, order } = this.#file;
    const values = new FormData(this.#form);
    const asked = { order, steps: Number(values.get("steps")), seed: Number(values.get("seed")) };
    this.#runs = LOSSES.map(({ loss }) =>
      new TrainingRun({ loss, ...asked, ...file && { file } }, () => this.#show())
    );
    this.#downloads.clear();
    find("results", HTMLElement).hidden = false;
    this.#show();
  }

  #show(): void {
    const runs = this.#runs, isOver = runs.every((run) => run.isOver);
    this.#start.disabled = !isOver;
    this.#stop.disabled = isOver;
    this.#alert.textContent = runs.find((run) => run.failure)?.failure ?? "";
    this.#showProgress(isOver);
    // As wide as there is room, so that its texts are as large as those of the page.
    const width = Math.min(Math.max(this.#chart.clientWidth, 320), 720);
    this.#chart.setAttribute("viewBox", `0 0 ${width} ${CHART_HEIGHT}`);
    this.#chart.innerHTML = lineChart(
      runs.map(({ points }, k) => ({ label: LOSSES[k].label, className: `series${k}`, points })),
      // The lines fill the chart from the beginning, however many steps are to come.
      {
        steps: Math.max(10, ...runs.map(({ judgement }) => judgement?.step ?? 0)),
        yTitle: "median EMD, half pitches",
        width,
      },
    );
    const shown = runs.find((run) => run.begun)?.begun?.shown;
    if (shown !== undefined) this.#rows[0].show(shown);
    runs.forEach(({ judgement }, k) =>
      judgement && this.#rows[k + 1].show(judgement.reconstructions, judgement.emd)
    );
    if (isOver) runs.forEach((run, k) => this.#handOn(run, LOSSES[k].label));
  }

  #showProgress(isOver: boolean): void {
    const runs = this.#runs, { steps } = runs[0].order;
    const done = runs.map(({ judgement }) => judgement?.step ?? 0);
    this.#progress.max = runs.length * steps;
    this.#progress.value = done.reduce((a, b) => a + b);
    this.#form.dataset.state = isOver ? "over" : "training";
    const { wafers, backend } = runs.find((run) => run.begun)?.begun ?? {};
    this.#status.textContent = wafers === undefined
      ? isOver ? "" : "Starting …"
      : `${
        isOver ? "Trained" : "Training"
      } on ${wafers.train} wafers, judged on ${wafers.heldOut} ` +
        `others; ${
          done.map((step, k) => `${LOSSES[k].label}: step ${step}`).join(", ")
        } of ${steps}; ` +
        `computed by ${backend}`;
  }

  #handOn(run: TrainingRun, label: string): void {
    if (run.weights === undefined) return;
    this.#downloads.offer(label, run.weights);
    this.#onTrained(`just trained: ${label}`, run.weights);
  }
}

/** A row of wafers, each with its EMD below. */
class _Row {
  readonly element = document.createElement("div");
  readonly #views: readonly WaferView[];
  readonly #captions: readonly HTMLElement[];

  constructor(label: string) {
    this.#views = Array.from(
      { length: SHOWN },
      (_, k) => new WaferView(`Wafer ${k + 1}, ${label}`),
    );
    this.#captions = this.#views.map(() => document.createElement("figcaption"));
    const title = document.createElement("h4");
    title.textContent = label;
    const figures = document.createElement("div");
    figures.className = "row";
    figures.append(...this.#views.map(({ svg }, k) => {
      const figure = document.createElement("figure");
      figure.append(svg, this.#captions[k]);
      return figure;
    }));
    this.element.append(title, figures);
  }

  show(rows: ArrayLike<number>, emd?: Float64Array): void {
    const charges = Float64Array.from(rows);
    this.#views.forEach((view, k) =>
      view.fill(chargeFills(charges.subarray(k * CELLS, (k + 1) * CELLS)))
    );
    this.#captions.forEach((caption, k) => {
      const row = charges.subarray(k * CELLS, (k + 1) * CELLS);
      caption.textContent = emd === undefined
        ? `${row.reduce((a, b) => a + b)} counts`
        : `EMD ${emd[k].toFixed(2)}`;
    });
  }
}
