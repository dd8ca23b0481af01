import { CELLS } from "../wafer/cells.ts";
import type { WaferDrawingOptions, WaferPanel } from "./wafer_drawing.ts";

/**
 * Checks that wafers can be drawn: 48 entries in each list, charges that are finite and not
 * negative, cells that exist, and colours with a label where there are charges.
 *
 * @param panels The wafers.
 * @param options The options of the drawing.
 * @throws {TypeError} If a list does not have 48 entries, or charges come without `color`.
 * @throws {RangeError} If a charge, a cell or an option is not allowed.
 *
 * @example
 * ```ts
 * import { checkPanels } from "@hexmover/hexmover/experiments";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => checkPanels([{ title: "input", groups: [{ cells: [48] }] }], {}),
 *   RangeError,
 *   'Cannot draw wafer "input": groups[0].cells[0] must be a cell from 0 to 47, current value is 48',
 * );
 * ```
 */
export function checkPanels(panels: readonly WaferPanel[], options: WaferDrawingOptions): void {
  if (panels.length === 0) throw new RangeError("Cannot draw wafers: there must be at least one");
  const { pitch } = options;
  if (pitch !== undefined && !(pitch > 0 && pitch < Infinity)) {
    throw _wrong("Cannot draw wafers: pitch", "positive and finite", pitch);
  }
  for (const panel of panels) _checkPanel(panel, options);
}

/** In this and the following helpers, `where` is how an error message begins. */
function _checkPanel(panel: WaferPanel, options: WaferDrawingOptions): void {
  const where = `Cannot draw wafer ${JSON.stringify(panel.title)}: `;
  if (panel.charges !== undefined) {
    if (options.color === undefined) {
      throw new TypeError(`${where}charges need the option "color", which says their unit`);
    }
    _checkLength(panel.charges, `${where}charges`);
    for (let cell = 0; cell < CELLS; cell++) {
      const charge = panel.charges[cell];
      if (charge >= 0 && charge < Infinity) continue;
      throw _wrong(`${where}charge of cell ${cell}`, "finite and >= 0", charge);
    }
  }
  if (panel.labels !== undefined) _checkLength(panel.labels, `${where}labels`);
  panel.flows?.forEach(({ from, to, mass }, i) => {
    _checkCell(from, `${where}flows[${i}].from`);
    _checkCell(to, `${where}flows[${i}].to`);
    if (from === to) throw _wrong(`${where}flows[${i}].to`, "another cell than from", to);
    if (!(mass > 0 && mass < Infinity)) {
      throw _wrong(`${where}flows[${i}].mass`, "positive and finite", mass);
    }
  });
  panel.groups?.forEach(({ cells, color, opacity = 0 }, i) => {
    if (cells.length === 0) throw new RangeError(`${where}groups[${i}].cells must not be empty`);
    cells.forEach((cell, k) => _checkCell(cell, `${where}groups[${i}].cells[${k}]`));
    if (color !== undefined && !/^#[0-9a-f]{6}$/i.test(color)) {
      throw _wrong(`${where}groups[${i}].color`, "#rrggbb", color);
    }
    if (!(opacity >= 0 && opacity <= 1)) {
      throw _wrong(`${where}groups[${i}].opacity`, "in [0, 1]", opacity);
    }
  });
}

function _checkCell(cell: number, where: string): void {
  if (Number.isInteger(cell) && cell >= 0 && cell < CELLS) return;
  throw _wrong(where, `a cell from 0 to ${CELLS - 1}`, cell);
}

function _checkLength(list: ArrayLike<unknown>, where: string): void {
  if (list.length === CELLS) return;
  throw new TypeError(`${where} must have length ${CELLS}, current length is ${list.length}`);
}

function _wrong(where: string, wanted: string, value: unknown): RangeError {
  return new RangeError(`${where} must be ${wanted}, current value is ${value}`);
}
