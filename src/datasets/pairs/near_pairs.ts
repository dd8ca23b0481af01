/**
 * Pairs of a wafer and a slightly distorted copy of it: what a loss sees near its minimum, and random
 * pairs leave out.
 *
 * @module
 */
import type { RandomStream } from "../../numerics/random.ts";
import { CELLS, TRIGGER_CELLS } from "../../wafer/cells.ts";
import type { PairedWafers } from "./pairs.ts";
import { blurWafers } from "../toy/toy_distortions.ts";
import { type Charges, chargesOf, type WaferTable } from "../wafer_table.ts";

/**
 * How a copy is distorted:
 *
 * - `smeared`: every cell passes up to half of its charge to a neighbour ({@linkcode blurWafers});
 * - `shifted`: all charge moves by one trigger cell in one of the six directions of the lattice, but
 *   for charge at the edge that would leave the wafer, which stays;
 * - `thinned`: every count is kept with a probability between 0.7 and 1, then cells below a threshold
 *   of up to 5 % of the largest charge are emptied.
 */
export type NearKind = "smeared" | "shifted" | "thinned";

/** All kinds, in the order of their description. */
const KINDS: readonly NearKind[] = ["smeared", "shifted", "thinned"];

/** What {@linkcode nearPairs} may be told. */
export interface NearPairsOptions {
  /**
   * The kinds to draw from, each as likely as the others.
   *
   * @default {["smeared", "shifted", "thinned"]}
   */
  readonly kinds?: readonly NearKind[];
}

/** Wafers and distorted copies: `y` holds the copies. */
export interface NearPairs extends PairedWafers {
  /** Number of each wafer in the table. */
  readonly first: Uint32Array;
  /** How each copy was distorted. */
  readonly kinds: readonly NearKind[];
}

/**
 * Draws wafers of a table, each as likely as the others, and distorts a copy of each. No copy is
 * empty.
 *
 * EMDs of smeared copies are at most 1 half pitch, those of shifted ones at most 2.291 (the longest
 * step, across a seam). Those of thinned copies are small but have no such bound; such a copy may equal
 * its wafer, as it must where one cell holds all charge.
 *
 * Pairs drawn in two calls with one stream are those drawn in one.
 *
 * @param table Wafers to draw from, none empty. Charges may have any scale; thinning takes them as
 * counts, what is left beyond whole counts as one more.
 * @param count Number of pairs, an integer >= 0.
 * @param stream Where the random numbers come from.
 * @param options The kinds of distortion.
 * @returns The pairs.
 * @throws {RangeError} If count is not an integer >= 0, there is no wafer, a wafer drawn is empty, or
 * there is no kind or an unknown one.
 *
 * @example
 * ```ts
 * import { nearPairs, toyWafers } from "@hexmover/hexmover/datasets";
 * import { RandomStream } from "@hexmover/hexmover/numerics";
 * import { waferEmdBatch } from "@hexmover/hexmover/wafer";
 * import { assert } from "@std/assert";
 *
 * const wafers = toyWafers("shower", 50, 7);
 * const kinds = ["smeared", "shifted"] as const;
 * const { x, y } = nearPairs(wafers, 200, new RandomStream(7, "near pairs"), { kinds });
 * assert(waferEmdBatch(x, y).values.every((emd) => emd > 0 && emd < 2.3));
 * ```
 */
export function nearPairs(
  table: WaferTable<Charges>,
  count: number,
  stream: RandomStream,
  options: NearPairsOptions = {},
): NearPairs {
  const { kinds = KINDS } = options;
  _check(table, count, kinds);
  const first = new Uint32Array(count);
  const chosen: NearKind[] = [];
  const x = new Float64Array(count * CELLS);
  const y = new Float64Array(count * CELLS);
  for (let pair = 0; pair < count; pair++) {
    first[pair] = stream.integer(table.count);
    chosen.push(kinds[stream.integer(kinds.length)]);
    const wafer = Float64Array.from(chargesOf(table, first[pair]));
    if (!wafer.some((charge) => charge > 0)) {
      throw new RangeError(`Cannot distort wafer ${first[pair]}: it has no charge`);
    }
    x.set(wafer, pair * CELLS);
    y.set(_DISTORT[chosen[pair]](wafer, stream), pair * CELLS);
  }
  return { count, x, y, first, kinds: chosen };
}

/** A distorted copy of one wafer that has charge; the copy has charge too. */
const _DISTORT: Readonly<
  Record<NearKind, (wafer: Float64Array, stream: RandomStream) => Float64Array>
> = { smeared: blurWafers, shifted: _shifted, thinned: _thinned };

/** Steps to the six neighbours in trigger-cell coordinates (u, v). */
const DIRECTIONS = [[1, 0], [1, 1], [0, 1], [-1, 0], [-1, -1], [0, -1]] as const;

/** For each direction the cell that charge of a cell moves to: itself at the edge. */
const TARGETS: readonly (readonly number[])[] = DIRECTIONS.map(([du, dv]) =>
  TRIGGER_CELLS.map(({ train, u, v }) =>
    TRIGGER_CELLS.find((cell) => cell.u === u + du && cell.v === v + dv)?.train ?? train
  )
);

function _shifted(wafer: Float64Array, stream: RandomStream): Float64Array {
  while (true) {
    const targets = TARGETS[stream.integer(TARGETS.length)];
    // All charge may lie at one edge: then another direction.
    if (!wafer.some((charge, cell) => charge > 0 && targets[cell] !== cell)) continue;
    const copy = new Float64Array(CELLS);
    wafer.forEach((charge, cell) => copy[targets[cell]] += charge);
    return copy;
  }
}

/** Least probability that a count is kept. */
const LEAST_KEPT = 0.7;
/** Highest threshold as a part of the largest charge. */
const HIGHEST_THRESHOLD = 0.05;

function _thinned(wafer: Float64Array, stream: RandomStream): Float64Array {
  while (true) {
    const kept = LEAST_KEPT + (1 - LEAST_KEPT) * stream.uniform();
    const copy = wafer.map((charge) => _keptCounts(charge, kept, stream));
    const largest = Math.max(...copy);
    if (largest === 0) continue;
    const threshold = HIGHEST_THRESHOLD * stream.uniform() * largest;
    return copy.map((charge) => charge < threshold ? 0 : charge);
  }
}

/** From here on a normal number stands in for a binomial one: drawing each count would take long. */
const MANY_COUNTS = 64;

/** What is left of a charge when each count is kept with a probability. */
function _keptCounts(charge: number, probability: number, stream: RandomStream): number {
  if (charge >= MANY_COUNTS) {
    const spread = Math.sqrt(charge * probability * (1 - probability));
    const counts = Math.round(charge * probability + spread * stream.normal());
    return Math.min(Math.max(counts, 0), charge);
  }
  const whole = Math.floor(charge);
  let left = 0;
  for (let k = 0; k < whole; k++) if (stream.uniform() < probability) left++;
  const rest = charge - whole;
  return rest > 0 && stream.uniform() < probability ? left + rest : left;
}

function _check(table: WaferTable<Charges>, count: number, kinds: readonly NearKind[]): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(
      `Cannot draw near pairs: number of pairs must be an integer >= 0, current value is ${count}`,
    );
  }
  if (table.count === 0) throw new RangeError("Cannot draw near pairs: there is no wafer");
  const unknown = kinds.find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined || kinds.length === 0) {
    throw new RangeError(
      `Cannot draw near pairs: kinds must be some of ${KINDS.join(", ")}, ` +
        `current value is ${unknown ?? "an empty list"}`,
    );
  }
}
