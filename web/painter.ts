/// <reference lib="dom" />
import { CELLS } from "../src/wafer/cells.ts";
import { chargeFills, inkOn } from "./cell_colors.ts";
import { cellTowards } from "./cell_steps.ts";
import { chargeAfterKey } from "./charge_keys.ts";
import type { PaintedWafer } from "./presets.ts";
import { WaferView } from "./wafer_view.ts";

/** What a painter needs to know of the page. */
export interface PainterOptions {
  /** The wafer's name. */
  readonly name: string;
  /** Charge that the brush paints now, counts. */
  brush(): number;
  /** Told after each change. */
  onChange(): void;
}

/** The first cell that the keyboard reaches: the one right of the centre. */
const FIRST_CELL = 3;

/**
 * A wafer to be painted: by the pointer, which paints with the brush, or takes the charge away where it
 * begins on a cell that has just that; and by the keyboard, one cell after the other.
 */
export class Painter {
  /** The picture. */
  readonly view: WaferView;
  readonly #options: PainterOptions;
  readonly #charges: PaintedWafer = new Float64Array(CELLS);
  /** Charge that the pointer paints while it is down. */
  #stroke: number | undefined;

  /** @param options The wafer's name, the brush, and who is told of changes. */
  constructor(options: PainterOptions) {
    this.#options = options;
    this.view = new WaferView(`${options.name}: 48 trigger cells to be painted`);
    this.view.svg.setAttribute("role", "group");
    this.view.svg.classList.add("painted");
    this.view.cells.forEach((cell, index) => {
      cell.setAttribute("role", "button");
      cell.setAttribute("tabindex", index === FIRST_CELL ? "0" : "-1");
    });
    this.#listen();
    this.#show();
  }

  /** The charges of the 48 cells, train order, counts; a copy. */
  get charges(): PaintedWafer {
    return this.#charges.slice();
  }

  /**
   * Replaces all charges.
   *
   * @param charges 48 charges, counts.
   */
  set charges(charges: ArrayLike<number>) {
    this.#charges.set(charges);
    this.#show();
    this.#options.onChange();
  }

  #listen(): void {
    const { svg } = this.view;
    svg.addEventListener("pointerdown", (event) => {
      const cell = this.#cellAt(event);
      if (cell === undefined || event.button !== 0) return;
      const brush = this.#options.brush();
      this.#stroke = this.#charges[cell] === brush ? 0 : brush;
      this.#paint(cell, this.#stroke);
      this.#moveFocus(cell);
      event.preventDefault();
    });
    // A finger that is down keeps sending to where it began, so that the cell is asked by its place.
    svg.addEventListener("pointermove", (event) => {
      const cell = this.#cellAt(event);
      if (this.#stroke !== undefined && cell !== undefined) this.#paint(cell, this.#stroke);
    });
    for (const name of ["pointerup", "pointercancel"]) {
      addEventListener(name, () => this.#stroke = undefined);
    }
    svg.addEventListener("keydown", (event) => {
      const cell = this.view.cells.indexOf(event.target as SVGPolygonElement);
      if (cell < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = cellTowards(cell, event.key);
      const charge = chargeAfterKey(event.key, this.#charges[cell], this.#options.brush());
      if (next === undefined && charge === undefined) return;
      event.preventDefault();
      if (next !== undefined) this.#moveFocus(next);
      if (charge !== undefined) this.#paint(cell, charge);
    });
  }

  #cellAt({ clientX, clientY }: PointerEvent): number | undefined {
    const element = document.elementFromPoint(clientX, clientY);
    const cell = this.view.cells.indexOf(element as SVGPolygonElement);
    return cell < 0 ? undefined : cell;
  }

  #moveFocus(to: number): void {
    this.view.cells.forEach((cell, index) =>
      cell.setAttribute("tabindex", index === to ? "0" : "-1")
    );
    this.view.cells[to].focus({ preventScroll: true });
  }

  #paint(cell: number, charge: number): void {
    if (this.#charges[cell] === charge) return;
    this.#charges[cell] = charge;
    this.#show();
    this.#options.onChange();
  }

  #show(): void {
    const fills = chargeFills(this.#charges);
    this.view.fill(fills);
    this.view.write(
      Array.from(this.#charges, (charge) => charge > 0 ? String(charge) : ""),
      fills.map((fill) => fill === undefined ? "" : inkOn(fill)),
    );
    this.view.cells.forEach((element, cell) => {
      element.setAttribute("aria-label", `cell ${cell}, ${this.#charges[cell]} counts`);
      element.dataset.charge = String(this.#charges[cell]);
    });
  }
}
