import { CELLS } from "../../wafer/cells.ts";
import { neighbourPairs } from "./closed_form_terms.ts";

/** Problems that are solved side by side: products of four do not wait for one another. */
export const LANES = 4;

/**
 * The net of neighbouring cells, with a conductor of unit conductance between each two: which
 * potentials do currents into the cells bring about?
 *
 * Cells are taken out one by one, those with few neighbours first. A star of conductors c_i around a
 * cell is as good as a mesh of conductors c_i c_j / sum c between its neighbours (the star-mesh
 * transform), when each neighbour gets the part c_i / sum c of the cell's current; and the cell's
 * potential follows from theirs. That takes a fifth of the products of a matrix of 48 x 48.
 */
export class ConductorNet {
  /** Cells in the order in which they are taken out, as places of their first lane; the last stays. */
  readonly #order = new Uint8Array(CELLS - 1);
  /** Where the neighbours of each begin in the lists below. */
  readonly #begins = new Uint16Array(CELLS);
  readonly #neighbours: Uint8Array;
  /** c_i / sum c of each neighbour. */
  readonly #parts: Float64Array;
  /** 1 / sum c of each cell. */
  readonly #resistances = new Float64Array(CELLS - 1);
  readonly #last: number;

  /** Prepares the order of elimination. */
  constructor() {
    const conductances = Array.from({ length: CELLS }, () => new Map<number, number>());
    for (const { from, to } of neighbourPairs()) {
      conductances[from].set(to, 1);
      conductances[to].set(from, 1);
    }
    const left = new Set(conductances.keys());
    const neighbours: number[] = [], parts: number[] = [];
    for (let step = 0; step < CELLS - 1; step++) {
      const cell = [...left].reduce((best, other) =>
        conductances[other].size < conductances[best].size ? other : best
      );
      const star = [...conductances[cell]];
      const sum = star.reduce((total, [, conductance]) => total + conductance, 0);
      this.#order[step] = LANES * cell;
      this.#resistances[step] = 1 / sum;
      for (const [neighbour, conductance] of star) {
        neighbours.push(LANES * neighbour);
        parts.push(conductance / sum);
        const others = conductances[neighbour];
        others.delete(cell);
        for (const [other, further] of star) {
          if (other === neighbour) continue;
          others.set(other, (others.get(other) ?? 0) + conductance * further / sum);
        }
      }
      left.delete(cell);
      this.#begins[step + 1] = neighbours.length;
    }
    this.#neighbours = Uint8Array.from(neighbours);
    this.#parts = Float64Array.from(parts);
    this.#last = LANES * [...left][0];
  }

  /**
   * Replaces currents by potentials, up to a constant: that of one cell is zero. The same leads back
   * from slopes in potentials to slopes in currents, since the net is reciprocal.
   *
   * @param numbers Currents into the cells, cell by cell, `LANES` problems side by side; those of each
   * problem sum to zero.
   */
  solve(numbers: Float64Array): void {
    const order = this.#order, begins = this.#begins, neighbours = this.#neighbours;
    const parts = this.#parts, resistances = this.#resistances;
    for (let step = 0; step < order.length; step++) {
      const k = order[step], end = begins[step + 1];
      const a0 = numbers[k], a1 = numbers[k + 1], a2 = numbers[k + 2], a3 = numbers[k + 3];
      for (let at = begins[step]; at < end; at++) {
        const i = neighbours[at], part = parts[at];
        numbers[i] += part * a0;
        numbers[i + 1] += part * a1;
        numbers[i + 2] += part * a2;
        numbers[i + 3] += part * a3;
      }
    }
    numbers.fill(0, this.#last, this.#last + LANES);
    for (let step = order.length - 1; step >= 0; step--) {
      const k = order[step], end = begins[step + 1], resistance = resistances[step];
      let a0 = resistance * numbers[k], a1 = resistance * numbers[k + 1];
      let a2 = resistance * numbers[k + 2], a3 = resistance * numbers[k + 3];
      for (let at = begins[step]; at < end; at++) {
        const i = neighbours[at], part = parts[at];
        a0 += part * numbers[i];
        a1 += part * numbers[i + 1];
        a2 += part * numbers[i + 2];
        a3 += part * numbers[i + 3];
      }
      numbers[k] = a0;
      numbers[k + 1] = a1;
      numbers[k + 2] = a2;
      numbers[k + 3] = a3;
    }
  }
}
