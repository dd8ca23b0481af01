import { emd } from "../transport/emd.ts";
import { normaliseRows } from "../transport/rows.ts";
import type { TransportResult } from "../transport/types.ts";
import { type CellOrder, CELLS, type WaferGeometryOptions } from "./cells.ts";
import { sharedWaferDistances } from "./distances.ts";
import type { TakenAs } from "./orders.ts";

/** Which distances a wafer's EMD uses, and what becomes of wafers without charge. */
export interface WaferEmdOptions<O extends CellOrder = CellOrder>
  extends Omit<WaferGeometryOptions, "order"> {
  /**
   * The order of the charges.
   *
   * @default "train"
   */
  readonly order?: O;
  /**
   * The EMD when a wafer has no charge; without it that is an error.
   */
  readonly emptyValue?: number;
}

/** Charge fraction that moves from one trigger cell to another. */
export interface ChargeFlow {
  /** Cell that it leaves, 0 to 47. */
  readonly from: number;
  /** Cell that it reaches, 0 to 47. */
  readonly to: number;
  /** Fraction of the wafer's charge, in (0, 1]. */
  readonly mass: number;
}

/** The EMD of two wafers: a view of the {@linkcode TransportResult} of their charge fractions. */
export interface WaferEmd extends TransportResult {
  /**
   * The Kantorovich potential phi on all 48 cells: `|phi_i - phi_j| <= distance(i, j)` and
   * `value = sum_k phi_k (x_k / Sx - y_k / Sy)`.
   */
  readonly potential: Float64Array;
  /** The flows between different cells; what stays in its cell is not listed. */
  readonly flows: readonly ChargeFlow[];
  /**
   * Whether the potential, the gradient in the charges, is known to be the only optimal one on cells
   * that hold charge: `uniquePotentials`. The plan hardly ever is, `uniquePlan` tells: cells lie in
   * rows, and charge may go along a row in one step or in two at the same cost.
   */
  readonly unique: boolean;
}

/**
 * The exact Earth mover's distance of two wafers, with its plan and potential:
 *
 * EMD(x, y) = min over f >= 0 of sum_ij f_ij d_ij, with sum_j f_ij = x_i / Sx, sum_i f_ij = y_j / Sy
 *
 * where d is the distance of trigger cells (in half pitches as published, see
 * {@linkcode waferDistances}) and Sx, Sy are the total charges: any positive scale gives the same.
 * For many pairs {@linkcode waferEmdBatch} does without the plan and is faster.
 *
 * @param x 48 charges of the first wafer, not negative, any scale; train order unless `order` says
 * otherwise.
 * @param y 48 charges of the second wafer.
 * @param options Geometry, unit, order, and the value for wafers without charge.
 * @returns Value, plan, flows, potential and status.
 * @throws {TypeError} If a wafer does not have 48 charges.
 * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer has no charge and no
 * `emptyValue` is given.
 * @see Eq. (1) of Shenoy, Duarte et al., arXiv 2306.04712
 *
 * @example All charge moves from one cell to its neighbour
 * ```ts
 * import { waferEmd } from "@hexmover/hexmover/wafer";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const x = new Float64Array(48);
 * const y = new Float64Array(48);
 * x[0] = 70;
 * y[1] = 35;
 * const { value, flows } = waferEmd(x, y);
 * assertAlmostEquals(value, 2); // two half pitches
 * assertEquals(flows, [{ from: 0, to: 1, mass: 1 }]);
 * ```
 */
export function waferEmd<O extends CellOrder = "train">(
  x: TakenAs<NoInfer<O>>,
  y: TakenAs<NoInfer<O>>,
  options: WaferEmdOptions<O> = {},
): WaferEmd {
  const distances = sharedWaferDistances(options);
  const a = _fractions(x, "first wafer", options);
  const b = _fractions(y, "second wafer", options);
  if (a === undefined || b === undefined) return _emptyEmd(x, y, distances, options.emptyValue!);
  const result = emd(a, b, distances);
  return {
    ...result,
    potential: result.potentials.a,
    flows: _movedCharge(result.plan),
    unique: result.uniquePotentials,
  };
}

/** Charge fractions of a wafer, or `undefined` for one without charge that is let through. */
function _fractions(
  charges: ArrayLike<number>,
  name: string,
  options: WaferEmdOptions,
): Float64Array | undefined {
  if (charges?.length !== CELLS) {
    throw new TypeError(
      `Cannot compute EMD of ${name}: it must have ${CELLS} charges, current length is ${charges?.length}`,
    );
  }
  const rows = normaliseRows(charges, CELLS, {
    rowName: name,
    binName: "cell",
    numbered: false,
    allowEmpty: options.emptyValue !== undefined,
  });
  return rows.totals[0] > 0 ? rows.fractions : undefined;
}

function _movedCharge(plan: Float64Array): ChargeFlow[] {
  const flows: ChargeFlow[] = [];
  for (let from = 0; from < CELLS; from++) {
    for (let to = 0; to < CELLS; to++) {
      const mass = plan[from * CELLS + to];
      if (mass > 0 && from !== to) flows.push({ from, to, mass });
    }
  }
  return flows;
}

function _emptyEmd(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  cost: Float64Array,
  value: number,
): WaferEmd {
  const zeros = () => new Float64Array(CELLS);
  return {
    problem: { a: Float64Array.from(x), b: Float64Array.from(y), cost },
    value,
    plan: new Float64Array(CELLS * CELLS),
    potentials: { a: zeros(), b: zeros() },
    potential: zeros(),
    flows: [],
    status: "optimal",
    method: "metric_simplex",
    unique: false,
    uniquePlan: false,
    uniquePotentials: false,
    pivots: 0,
  };
}
