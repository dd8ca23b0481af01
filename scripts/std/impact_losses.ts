/**
 * The losses between which networks for the classes of a tree are compared.
 *
 * @module
 */
import { type Batch, crossEntropy, type Loss, treeEmdLoss } from "../../src/losses/mod.ts";
import type { Tree } from "../../src/transport/mod.ts";
import { treeDivergence } from "./tree_divergence.ts";

/** Losses by name. */
export const IMPACT_LOSSES = [
  "cross entropy",
  "exact tree",
  "relaxed tree",
  "relaxed tree and cross entropy",
  "Sinkhorn",
] as const;
/** One of {@linkcode IMPACT_LOSSES}. */
export type ImpactLoss = typeof IMPACT_LOSSES[number];

/** The regularisation in half pitches: that of the wafers' Sinkhorn loss. */
const EPSILON = 0.5;
/** Enough for a direction: the error of the gradient is far below that of a batch. */
const TOLERANCE = 1e-2;

/**
 * A loss for probabilities of the classes of a tree.
 *
 * @param name Which one.
 * @param tree The tree; its bins are the classes.
 * @returns The loss, for one-hot targets. The sum of two takes both as they are.
 */
export function impactLoss(name: ImpactLoss, tree: Tree): Loss {
  const classes = tree.bins.length;
  switch (name) {
    case "cross entropy":
      return crossEntropy({ classes });
    case "exact tree":
      return treeEmdLoss({ tree });
    case "relaxed tree":
      return treeEmdLoss({ tree, rho: 2 });
    case "relaxed tree and cross entropy":
      return _sum(treeEmdLoss({ tree, rho: 2 }), crossEntropy({ classes }));
    case "Sinkhorn":
      return treeDivergence(tree, { epsilon: EPSILON, tolerance: TOLERANCE });
  }
}

/** The sum of two losses. */
function _sum(one: Loss, other: Loss): Loss {
  return {
    ...one,
    name: `${one.name}+${other.name}`,
    symmetric: one.symmetric && other.symmetric,
    async valueAndGradient(target: Batch, output: Batch) {
      const a = await one.valueAndGradient(target, output);
      const b = await other.valueAndGradient(target, output);
      for (let k = 0; k < a.gradient.length; k++) a.gradient[k] += b.gradient[k];
      return { value: a.value.map((x, row) => x + b.value[row]), gradient: a.gradient };
    },
  };
}
