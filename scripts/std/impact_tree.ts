/**
 * Where an electron hits, as a hierarchy: group of layers, 4 x 4 supercell, 2 x 2 supercell, trigger
 * cell, sub-cell. Its leaves are classes.
 *
 * @module
 */
import { waferTree } from "../../src/losses/mod.ts";
import { Tree } from "../../src/transport/mod.ts";
import { CELLS } from "../../src/wafer/mod.ts";

/** Sensor cells of a trigger cell of low density. */
export const SUB_CELLS = 4;

/** How fine the classes are. */
export type ImpactLevels = {
  /** Layers of each group. */
  readonly layerGroups: readonly (readonly number[])[];
  /** Whether trigger cells are divided into their four sensor cells. */
  readonly subCells: boolean;
};

/** Edges of the tree, so that leaves that part at a level are 1, 2, 4, 8 or 16 half pitches apart. */
const TO_CELL = 0.5, TO_SQUARE = 0.5, TO_RHOMBUS = 1, TO_WAFER = 2, TO_DETECTOR = 4;

/**
 * The tree of classes. Lengths are about those in the detector: sensor cells are a half pitch apart,
 * trigger cells two, and so on, doubling; groups of layers count as one step more.
 *
 * @param levels How fine the classes are.
 * @returns The tree; its bins are leaves by group, trigger cell in train order, and sub-cell.
 */
export function impactTree({ layerGroups, subCells }: ImpactLevels): Tree {
  const toSquare = subCells ? TO_SQUARE : TO_SQUARE + TO_CELL;
  const wafer = waferTree([toSquare, ...Array(4).fill(TO_RHOMBUS), TO_WAFER]);
  const parents = [-1], weights = [0], bins: number[] = [];
  const hang = (parent: number, weight: number) => weights.push(weight) && parents.push(parent) - 1;
  for (const _ of layerGroups) {
    const first = parents.length;
    wafer.parents.forEach((parent, node) =>
      parent < 0 ? hang(0, TO_DETECTOR) : hang(first + parent, wafer.weights[node])
    );
    for (let cell = first; cell < first + CELLS; cell++) {
      if (!subCells) bins.push(cell);
      else for (let sub = 0; sub < SUB_CELLS; sub++) bins.push(hang(cell, TO_CELL));
    }
  }
  return new Tree(parents, { weights, bins });
}
