/// <reference lib="dom" />
import { CELLS } from "../src/wafer/cells.ts";
import { type WaferEmd, waferEmd } from "../src/wafer/emd.ts";
import { signedFills } from "./cell_colors.ts";
import { find } from "./element.ts";
import { flowDrawing } from "./flow_drawing.ts";
import { timeOf } from "./time_of.ts";
import { WaferView } from "./wafer_view.ts";

/** The EMD of two wafers: number, arrows, and how long it takes. */
export class EmdPanel {
  readonly #view = new WaferView("The optimal flow from the first wafer to the second, as arrows");
  readonly #value = find("emd", HTMLOutputElement);
  readonly #note = find("emd-note", HTMLElement);
  readonly #showPotential = find("show-potential", HTMLInputElement);
  readonly #legend = find("flow-legend", HTMLElement);
  #pair: readonly [Float64Array, Float64Array] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    find("flow", HTMLElement).prepend(this.#view.svg);
    this.#showPotential.addEventListener("change", () => this.#pair && this.show(...this.#pair));
  }

  /**
   * Computes and draws.
   *
   * @param x Charges of the first wafer.
   * @param y Charges of the second one.
   */
  show(x: Float64Array, y: Float64Array): void {
    this.#pair = [x, y];
    clearTimeout(this.#timer);
    const hasCharge = (wafer: Float64Array) => wafer.some((charge) => charge > 0);
    if (!hasCharge(x) || !hasCharge(y)) {
      this.#showNothing();
      return;
    }
    const result = waferEmd(x, y);
    this.#value.textContent = result.value.toFixed(3);
    this.#value.dataset.value = String(result.value);
    this.#view.drawFlow(flowDrawing(result.flows));
    this.#color(x, y, result);
    this.#note.textContent = _flowNote(result);
    // Only once the hand rests, lest the timing delay the painting.
    this.#timer = setTimeout(() => {
      const microseconds = 1000 * timeOf(() => waferEmd(x, y));
      this.#note.textContent = `${_flowNote(result)}, found in ${_digits(microseconds)} µs`;
    }, 250);
  }

  #showNothing(): void {
    this.#value.textContent = "–";
    delete this.#value.dataset.value;
    this.#note.textContent = "Both wafers need charge";
    this.#view.drawFlow("");
    this.#view.fill(Array.from({ length: CELLS }, () => undefined));
  }

  /** The potential, or else what each cell has to give (blue) or to get (orange). */
  #color(x: Float64Array, y: Float64Array, { potential }: WaferEmd): void {
    const isPotential = this.#showPotential.checked;
    const middle = potential.reduce((a, b) => a + b) / CELLS;
    const sum = (wafer: Float64Array) => wafer.reduce((a, b) => a + b);
    const sx = sum(x), sy = sum(y);
    this.#view.fill(signedFills(
      isPotential
        ? potential.map((phi) => phi - middle)
        : x.map((charge, cell) => charge / sx - y[cell] / sy),
    ));
    this.#legend.textContent = isPotential
      ? "Blue: high potential, where charge has a long way to go. Orange: low potential. Down an " +
        "arrow it falls by just the arrow’s length."
      : "Blue: cells of X that give charge. Orange: cells of Y that get some. An arrow is as wide as " +
        "the charge that it moves.";
  }
}

function _flowNote({ flows }: WaferEmd): string {
  return `${flows.length} ${flows.length === 1 ? "flow" : "flows"}`;
}

function _digits(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
