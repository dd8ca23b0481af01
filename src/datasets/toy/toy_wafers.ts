/**
 * Toy wafers: quick, seeded stand-ins for real ones, to test, time and try things on.
 *
 * They follow no physics beyond the rough shape of a shower in pile-up: no depth, no angle, no
 * detector. Nothing measured on them says anything about a detector.
 *
 * @module
 */
import { RandomStream } from "../../numerics/random.ts";
import { cellPositions, CELLS } from "../../wafer/cells.ts";
import { degeneratePair } from "./toy_degenerate.ts";
import { type WaferTable, waferTable } from "../wafer_table.ts";

/**
 * What kind of toy wafers:
 *
 * - `shower`: a compact shower at a random place among soft hits, in integer counts. About 18 of 48
 *   cells hold charge, as in high pile-up, and none of the wafers is empty.
 * - `dense`: all cells hold charge, independent and uniform in (0, 1].
 * - `degenerate`: cases that are hard on a solver, in pairs: wafers 2k and 2k + 1 belong together.
 *   The column `family` says which of {@linkcode DEGENERATE_FAMILIES} it is.
 */
export type ToyKind = "shower" | "dense" | "degenerate";

/**
 * Makes toy wafers. A wafer depends on kind, seed and its number only, not on how many are made.
 *
 * A `shower` wafer has soft hits in random cells and spots of a shower around a random place. The
 * numbers of both are Poisson with a log-normal mean, as wafers near the beam see far more pile-up
 * than those far from it, and showers differ in energy; charges of hits and spots are exponential.
 * The lateral density of spots is a sum of two exponentials, a core and a tail:
 *
 *     f(r) = c exp(-r / r_c) / (2 pi r_c^2) + (1 - c) exp(-r / r_t) / (2 pi r_t^2)
 *
 * @param kind What kind of wafers.
 * @param count Number of wafers, an integer >= 0.
 * @param seed Seed of all random numbers, a safe integer.
 * @returns The wafers, in train order.
 * @throws {RangeError} If the kind is not a known one, count is not an integer >= 0, or seed is not a
 * safe integer.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const table = toyWafers("shower", 100, 7);
 * assertEquals(table.count, 100);
 * assertEquals(toyWafers("shower", 3, 7).charges, table.charges.slice(0, 3 * 48));
 * ```
 */
export function toyWafers(kind: ToyKind, count: number, seed: number): WaferTable {
  if (!Number.isInteger(count) || count < 0) {
    throw new RangeError(
      `Cannot make toy wafers: count must be an integer >= 0, current value is ${count}`,
    );
  }
  switch (kind) {
    case "shower":
      return _eachWafer(count, seed, "toy shower", _shower);
    case "dense":
      return _eachWafer(count, seed, "toy dense", _dense);
    case "degenerate":
      return _degenerate(count, seed);
    default:
      throw new RangeError(
        "Cannot make toy wafers: kind must be shower, dense or degenerate, " +
          `current value is ${kind}`,
      );
  }
}

function _eachWafer(
  count: number,
  seed: number,
  purpose: string,
  fill: (charges: Float64Array, stream: RandomStream) => void,
): WaferTable {
  const charges = new Float64Array(count * CELLS);
  for (let wafer = 0; wafer < count; wafer++) {
    const row = charges.subarray(wafer * CELLS, (wafer + 1) * CELLS);
    fill(row, new RandomStream(seed, purpose, wafer));
  }
  return waferTable(charges);
}

function _degenerate(count: number, seed: number): WaferTable {
  const charges = new Float64Array(count * CELLS);
  const family: string[] = [];
  for (let wafer = 0; wafer < count; wafer++) {
    const pair = Math.floor(wafer / 2);
    const made = degeneratePair(pair, new RandomStream(seed, "toy degenerate", pair));
    charges.set(wafer % 2 === 0 ? made.x : made.y, wafer * CELLS);
    family.push(made.family);
  }
  return waferTable(charges, { family });
}

function _dense(charges: Float64Array, stream: RandomStream): void {
  for (let cell = 0; cell < CELLS; cell++) charges[cell] = 1 - stream.uniform();
}

// Chosen so that the number of cells with charge, the sum of charges and the share of the leading
// cell are spread over wafers like those of a full simulation in high pile-up; a test compares them.
const HITS_PER_CELL = 0.34; // soft hits, median over wafers
const HITS_SPREAD = 1.2; // of the logarithm
const HIT_CHARGE = 20; // mean, in counts
const SPOTS = 3; // of a shower, median over wafers
const SPOTS_SPREAD = 1.5; // of the logarithm
const SPOT_CHARGE = 40; // mean, in counts
const CORE_SHARE = 0.8; // c
const CORE_RADIUS = 0.15; // r_c, in pitches
const TAIL_RADIUS = 0.8; // r_t, in pitches

/** The wafer's centre is the origin here, y up; lengths are in pitches. */
const POSITIONS = cellPositions({ geometry: "low_density", unit: "pitch" });
/** A spot farther than this from every cell's centre has missed the wafer. */
const CELL_RADIUS = 0.65;

function _shower(charges: Float64Array, stream: RandomStream): void {
  do {
    charges.fill(0);
    const hitsPerCell = HITS_PER_CELL * Math.exp(HITS_SPREAD * stream.normal());
    for (let hit = _poisson(CELLS * hitsPerCell, stream); hit > 0; hit--) {
      charges[stream.integer(CELLS)] += HIT_CHARGE * stream.exponential();
    }
    _addShower(charges, stream);
    for (let cell = 0; cell < CELLS; cell++) charges[cell] = Math.floor(charges[cell]);
  } while (charges.every((charge) => charge === 0));
}

function _addShower(charges: Float64Array, stream: RandomStream): void {
  const middle = stream.integer(CELLS);
  const x = POSITIONS[2 * middle] + stream.uniform() - 0.5;
  const y = POSITIONS[2 * middle + 1] + stream.uniform() - 0.5;
  const spots = SPOTS * Math.exp(SPOTS_SPREAD * stream.normal());
  for (let spot = _poisson(spots, stream); spot > 0; spot--) {
    const scale = stream.uniform() < CORE_SHARE ? CORE_RADIUS : TAIL_RADIUS;
    // Density exp(-r / scale) in the plane: r is the sum of two exponential numbers.
    const radius = scale * (stream.exponential() + stream.exponential());
    const azimuth = 2 * Math.PI * stream.uniform();
    const cell = _cellAt(x + radius * Math.cos(azimuth), y + radius * Math.sin(azimuth));
    if (cell !== undefined) charges[cell] += SPOT_CHARGE * stream.exponential();
  }
}

/** The cell whose centre is nearest, if it is near enough. */
function _cellAt(x: number, y: number): number | undefined {
  let nearest: number | undefined;
  let least = CELL_RADIUS;
  for (let cell = 0; cell < CELLS; cell++) {
    const distance = Math.hypot(POSITIONS[2 * cell] - x, POSITIONS[2 * cell + 1] - y);
    if (distance < least) {
      least = distance;
      nearest = cell;
    }
  }
  return nearest;
}

/** A Poisson number: how many exponential waiting times fit into the mean. */
function _poisson(mean: number, stream: RandomStream): number {
  let arrivals = 0;
  for (let time = stream.exponential(); time < mean; time += stream.exponential()) arrivals++;
  return arrivals;
}
