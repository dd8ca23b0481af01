/// <reference lib="dom" />
import { CELLS } from "../src/wafer/cells.ts";
import type { CellFill } from "./cell_colors.ts";
import { svgNode } from "./element.ts";
import { CELL_CENTRES, cellHexagon, OUTLINE, PITCH, VIEW_BOX } from "./wafer_layout.ts";

/** A picture of a wafer: 48 hexagons, with room for texts and arrows above them. */
export class WaferView {
  /** The picture. */
  readonly svg: SVGSVGElement;
  /** The hexagons, train order. */
  readonly cells: readonly SVGPolygonElement[];
  readonly #texts: readonly SVGTextElement[];
  readonly #arrows: SVGGElement;

  /** @param label What the picture shows, for who does not see it. */
  constructor(label: string) {
    const { x, y, width, height } = VIEW_BOX;
    this.svg = svgNode("svg", { viewBox: `${x} ${y} ${width} ${height}`, class: "wafer" });
    this.svg.setAttribute("role", "img");
    this.svg.setAttribute("aria-label", label);
    this.cells = Array.from(
      { length: CELLS },
      (_, cell) => svgNode("polygon", { points: cellHexagon(cell), class: "cell" }),
    );
    this.#texts = CELL_CENTRES.map(({ x, y }) =>
      svgNode("text", { x, y: y + 0.12 * PITCH, class: "count", "aria-hidden": "true" })
    );
    this.#arrows = svgNode("g", { class: "flow" });
    this.svg.append(
      svgNode("polygon", { points: OUTLINE, class: "outline" }),
      ...this.cells,
      ...this.#texts,
      this.#arrows,
    );
  }

  /**
   * Colours the cells.
   *
   * @param fills A fill for each cell; `undefined` for an empty one.
   */
  fill(fills: readonly (CellFill | undefined)[]): void {
    fills.forEach((fill, cell) => {
      const { classList } = this.cells[cell];
      classList.toggle("empty", fill === undefined);
      // Without a fill of its own a cell has that of its class.
      if (fill === undefined) {
        this.cells[cell].removeAttribute("fill");
        this.cells[cell].removeAttribute("fill-opacity");
        return;
      }
      this.cells[cell].setAttribute("fill", fill.color);
      this.cells[cell].setAttribute("fill-opacity", String(fill.opacity));
    });
  }

  /**
   * Writes on the cells.
   *
   * @param texts A text for each cell, "" for none.
   * @param colors The colour of each text.
   */
  write(texts: readonly string[], colors: readonly string[]): void {
    texts.forEach((text, cell) => {
      this.#texts[cell].textContent = text;
      this.#texts[cell].setAttribute("fill", colors[cell]);
    });
  }

  /**
   * Draws arrows over the cells.
   *
   * @param svg Elements as text, from `flowDrawing`.
   */
  drawFlow(svg: string): void {
    this.#arrows.innerHTML = svg;
  }
}
