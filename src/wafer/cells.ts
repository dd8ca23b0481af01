/**
 * The 48 trigger cells of a wafer: their numbers, and where they are.
 *
 * A wafer is cut by three seams that run from its centre: straight up, down to the left and down to
 * the right. Between two seams lies a rhombus of 4 x 4 trigger cells, and each rhombus is the one
 * before it turned by a third of a turn. So one formula places all cells, and every numbering is a
 * formula of the rhombus and of the row and column in it.
 *
 * @module
 */
import { PUBLISHED_POSITIONS_CM } from "./published_positions.ts";

/** Number of trigger cells of a wafer. */
export const CELLS = 48;

/**
 * Distance between neighbouring trigger cells inside a rhombus, in cm, as in the code published with
 * the paper. Half of it is the unit of the EMD. It is the wafer's own pitch of 16.74408 cm over
 * 4 sqrt(3).
 */
export const PITCH_CM = 2.4168015;

/**
 * The order in which an array lists the cells: `train` is that of the published CSV columns
 * (CALQ_0 to CALQ_47) and of the published code, `paper` is the numbering q of the paper's Fig. 3
 * and Table A1.
 */
export type CellOrder = "train" | "paper";

/** Sensors with 192 cells (2 x 2 in a trigger cell) or with 432 (3 x 3 in a trigger cell). */
export type Density = "low_density" | "high_density";

/** The published coordinates, or the exact ones of a sensor of either density. */
export type Geometry = "published" | Density;

/** Unit of lengths: half the pitch of trigger cells (that of the EMD), the pitch, or centimetres. */
export type LengthUnit = "half_pitch" | "pitch" | "cm";

/** A third of the wafer, named after where it lies. */
export type Rhombus = "right" | "left" | "bottom";

/** The rhombi in train order, which is anticlockwise; also the channels of encoding B. */
export const RHOMBI: readonly Rhombus[] = ["right", "left", "bottom"];

/** One trigger cell. */
export interface TriggerCell {
  /** Index in train order, 0 to 47: 16 for each rhombus before, 4 for each row, 1 for each column. */
  readonly train: number;
  /** Index in paper order (q of Fig. 3), 0 to 47. */
  readonly paper: number;
  /** First trigger-cell coordinate in CMS's numbering, 0 to 7. */
  readonly u: number;
  /** Second trigger-cell coordinate in CMS's numbering, 0 to 7. */
  readonly v: number;
  /** The rhombus in which the cell lies; encoding B's channel. */
  readonly rhombus: Rhombus;
  /** Row in the rhombus, 0 to 3, counted from the seam with the next rhombus; encoding B's row. */
  readonly row: number;
  /** Column in the rhombus, 0 to 3, counted towards the seam with the rhombus before; encoding B's column. */
  readonly column: number;
}

/** Options of {@linkcode cellPositions} and of {@linkcode waferDistances}. */
export interface WaferGeometryOptions {
  /**
   * Whose coordinates. Distances between published ones agree with `low_density` to the rounding with
   * which they were published; at `high_density` they differ by up to 0.08 pitch.
   *
   * @default {"published"}
   */
  geometry?: Geometry;
  /**
   * Unit of the lengths.
   *
   * @default {"half_pitch"}
   */
  unit?: LengthUnit;
  /**
   * Order of the cells.
   *
   * @default {"train"}
   */
  order?: CellOrder;
}

/**
 * The 48 trigger cells, in train order.
 *
 * Source: the (u, v) of CMS's trigger cells and the remapping table of the published code; paper,
 * Fig. 3.
 *
 * @example The three cells that meet at the wafer's centre
 * ```ts
 * import { TRIGGER_CELLS } from "@hexmover/hexmover/wafer";
 * import { assertEquals } from "@std/assert";
 *
 * const centre = TRIGGER_CELLS.filter((cell) => cell.row === 0 && cell.column === 3);
 * assertEquals(centre.map((cell) => cell.paper), [28, 27, 35]);
 * ```
 */
export const TRIGGER_CELLS: readonly TriggerCell[] = Array.from({ length: CELLS }, (_, train) => {
  const rhombus = RHOMBI[Math.floor(train / 16)];
  const row = Math.floor(train / 4) % 4;
  const column = train % 4;
  return { train, rhombus, row, column, ..._numbering(rhombus, row, column) };
});

function _numbering(rhombus: Rhombus, row: number, column: number) {
  switch (rhombus) {
    case "right":
      return { paper: 4 + row + 8 * column, u: 7 - column, v: 4 + row };
    case "left":
      return { paper: 24 - 8 * row + column, u: 1 + row + column, v: column };
    case "bottom":
      return { paper: 47 - row - 4 * column, u: 3 - row, v: 6 - row - column };
  }
}

/**
 * Positions of the centres of the trigger cells.
 *
 * With a and b the unit vectors along the seams of a rhombus with the next one and with the one
 * before, a trigger cell of T x T sensor cells (T = 2 at low density, 3 at high density) has its
 * centre of mass at
 *
 *     pitch * [ (3 - column + 1/2 - 1/(6 T)) a + (row + 1/2 + 1/(6 T)) b ]
 *
 * from the wafer's centre, x to the right and y up. Without the terms in T these are the middles of
 * rhombic tiles; hexagonal sensor cells do not fill such a tile evenly, whence the shift.
 *
 * The published coordinates have their origin at train cell 0 instead; distances do not see it.
 *
 * @param options Geometry, unit and order; published coordinates in half pitches and train order
 * unless told otherwise.
 * @returns x and y of each cell in turn, length 96. A fresh array.
 * @throws {RangeError} If an option has a value that is not one of those listed.
 *
 * @example Neighbours inside a rhombus lie one pitch apart
 * ```ts
 * import { cellPositions, PITCH_CM } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [x0, y0, x1, y1] = cellPositions({ geometry: "low_density", unit: "cm" });
 * assertAlmostEquals(Math.hypot(x1 - x0, y1 - y0), PITCH_CM);
 * ```
 */
export function cellPositions(options: WaferGeometryOptions = {}): Float64Array<ArrayBuffer> {
  const { geometry = "published", unit = "half_pitch", order = "train" } = options;
  if (order !== "train" && order !== "paper") {
    throw new RangeError(
      `Cannot place trigger cells: order must be train or paper, current value is ${order}`,
    );
  }
  const place = _placing(geometry);
  const unitInCm = _unitInCm(unit);
  const positions = new Float64Array(2 * CELLS);
  for (const cell of TRIGGER_CELLS) {
    const [xCm, yCm] = place(cell);
    positions[2 * cell[order]] = xCm / unitInCm;
    positions[2 * cell[order] + 1] = yCm / unitInCm;
  }
  return positions;
}

function _placing(geometry: Geometry): (cell: TriggerCell) => readonly [number, number] {
  switch (geometry) {
    case "published":
      return (cell) => PUBLISHED_POSITIONS_CM[cell.train];
    case "low_density":
      return (cell) => _centreOfMassCm(cell, 2);
    case "high_density":
      return (cell) => _centreOfMassCm(cell, 3);
    default:
      throw new RangeError(
        "Cannot place trigger cells: geometry must be published, low_density or high_density, " +
          `current value is ${geometry}`,
      );
  }
}

function _centreOfMassCm(
  { rhombus, row, column }: TriggerCell,
  sensorCellsAcross: number,
): readonly [number, number] {
  const shift = 1 / (6 * sensorCellsAcross);
  const [a, b] = _seamsAround(rhombus);
  const alongA = PITCH_CM * (3.5 - column - shift);
  const alongB = PITCH_CM * (row + 0.5 + shift);
  return [alongA * a[0] + alongB * b[0], alongA * a[1] + alongB * b[1]];
}

/** Unit vectors along the seams with the next rhombus and with the one before. */
function _seamsAround(rhombus: Rhombus): readonly [a: readonly number[], b: readonly number[]] {
  const up = [0, 1];
  const downLeft = [-Math.sqrt(3) / 2, -0.5];
  const downRight = [Math.sqrt(3) / 2, -0.5];
  switch (rhombus) {
    case "right":
      return [up, downRight];
    case "left":
      return [downLeft, up];
    case "bottom":
      return [downRight, downLeft];
  }
}

function _unitInCm(unit: LengthUnit): number {
  switch (unit) {
    case "half_pitch":
      return PITCH_CM / 2;
    case "pitch":
      return PITCH_CM;
    case "cm":
      return 1;
    default:
      throw new RangeError(
        "Cannot place trigger cells: unit must be half_pitch, pitch or cm, " +
          `current value is ${unit}`,
      );
  }
}
