/**
 * Spaces of classes with a closed form of the EMD, small enough for every other distance.
 *
 * @module
 */
import { RandomStream } from "../../src/numerics/mod.ts";
import { chainEmd, type ClosedFormEmd, Tree, treeEmd } from "../../src/transport/mod.ts";

/** Classes with a ground distance. */
export interface OutputSpace {
  /** Its name. */
  readonly name: "chain" | "tree";
  /** Number of classes. */
  readonly size: number;
  /** Distances between classes, row-major. */
  readonly distances: Float64Array;
  /** The EMD and its gradient in p; relaxed for an exponent above 1. */
  closedForm(p: ArrayLike<number>, q: ArrayLike<number>, rho: number): ClosedFormEmd;
}

/** Each node of the tree has so many children. */
const CHILDREN = 4;

/**
 * A chain, and a tree with as many leaves.
 *
 * @param depth Levels of the tree below its root; both have 4^depth classes.
 * @returns The chain, with steps of 1; the tree, whose edges double from level to level, from 1/2 at
 * the leaves.
 */
export function outputSpaces(depth: number): readonly OutputSpace[] {
  const size = CHILDREN ** depth, tree = _tree(depth);
  const chain = Float64Array.from(
    { length: size * size },
    (_, k) => Math.abs(Math.floor(k / size) - k % size),
  );
  return [
    { name: "chain", size, distances: chain, closedForm: (p, q, rho) => chainEmd(p, q, { rho }) },
    {
      name: "tree",
      size,
      distances: tree.distances(),
      closedForm: (p, q, rho) => treeEmd(p, q, tree, { rho }),
    },
  ];
}

/**
 * A histogram in which a few classes have most of the mass: the part of each is as the fourth power of
 * an exponential number.
 *
 * @param size Number of classes.
 * @param seed Seed.
 * @param purpose What it is for.
 * @returns Fractions, all positive.
 */
export function peakedHistogram(size: number, seed: number, purpose: string): Float64Array {
  const random = new RandomStream(seed, purpose);
  const masses = Float64Array.from({ length: size }, () => random.exponential() ** 4);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}

/** The mean distance of two classes: in its units regularisations are given. */
export function meanDistance({ distances }: OutputSpace): number {
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

/**
 * Softmax of logits.
 *
 * @param logits Any numbers.
 * @returns Fractions.
 */
export function softmax(logits: Float64Array): Float64Array {
  const top = logits.reduce((most, z) => Math.max(most, z), -Infinity);
  const parts = logits.map((z) => Math.exp(z - top));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** Nodes level by level, so that the children of node k are 4 k + 1 to 4 k + 4. */
function _tree(depth: number): Tree {
  const parents = [-1], weights = [0];
  for (let level = 1; level <= depth; level++) {
    for (let k = 0; k < CHILDREN ** level; k++) {
      parents.push(Math.floor((parents.length - 1) / CHILDREN));
      weights.push(0.5 * 2 ** (depth - level));
    }
  }
  const leaves = CHILDREN ** depth, first = parents.length - leaves;
  return new Tree(parents, {
    weights,
    bins: Array.from({ length: leaves }, (_, leaf) => first + leaf),
  });
}
