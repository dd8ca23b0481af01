/**
 * The kinds of surrogates: how each is trained, and made anew of its weights.
 *
 * @module
 */
import type { Charges, WaferTable } from "../../datasets/wafer_table.ts";
import type { CheckpointOptions } from "../../tensor/training/training_options.ts";
import type { StoredSurrogate } from "./surrogate_files.ts";
import type { PairTrainingProgress } from "./train_on_pairs.ts";
import type { Surrogate, SurrogateKind } from "./types.ts";

/** What a recipe is given to train with. */
export interface SurrogateTraining {
  /** Wafers to learn from, none empty. */
  readonly wafers: WaferTable<Charges>;
  /** Seed of all random numbers. */
  readonly seed: number;
  /** Steps of the training. @default those of the recipe */
  readonly steps?: number;
  /** Where to store the run; recipes that take seconds need no such place. */
  readonly checkpoint?: CheckpointOptions;
  /** Ends the run after its current step, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Told of each step. */
  readonly onProgress?: (progress: PairTrainingProgress) => void;
}

/** What training gives: {@linkcode StoredSurrogate} but for what only the caller knows. */
export interface TrainedSurrogate {
  /** What the surrogate is built with. */
  readonly options: StoredSurrogate["options"];
  /** Its weights. */
  readonly weights: StoredSurrogate["weights"];
  /** What there is to say of the training: steps, pairs a step, losses. */
  readonly facts: StoredSurrogate["provenance"];
}

/** How surrogates of a kind come about. */
export interface SurrogateRecipe {
  /** Steps of a training by default; 0 where there are none, as in a fit. */
  readonly steps: number;
  /** Whether `useBackend` must have been called before. */
  readonly needsBackend: boolean;
  /**
   * Trains a surrogate.
   *
   * @param training Wafers, seed, steps.
   * @returns Its weights.
   */
  train(training: SurrogateTraining): Promise<TrainedSurrogate>;
  /**
   * Makes a surrogate of its weights.
   *
   * @param stored The weights, and what it is built with.
   * @returns The surrogate, frozen.
   */
  restore(stored: StoredSurrogate): Surrogate | Promise<Surrogate>;
  /** The one in `data/surrogates`, where there is one. */
  shipped?(): Promise<{ readonly default: unknown }>;
}

/** The recipes, loaded when asked for: who needs a closed form shall not load tensors. */
const RECIPES: Partial<Record<SurrogateKind, () => Promise<SurrogateRecipe>>> = {
  closed_form: async () => (await import("./closed_form_recipe.ts")).closedFormRecipe,
  dual_potential: async () => (await import("./dual_potential_recipe.ts")).dualPotentialRecipe,
  emd_cnn: async () => (await import("./emd_cnn_recipe.ts")).emdCnnRecipe,
  scale_free: async () => (await import("./scale_free_recipe.ts")).scaleFreeRecipe,
};

/**
 * The kinds that have a recipe.
 *
 * @returns Their names.
 */
export function surrogateKinds(): SurrogateKind[] {
  return Object.keys(RECIPES) as SurrogateKind[];
}

/**
 * The recipe of a kind.
 *
 * @param kind The kind.
 * @returns Its recipe.
 * @throws {RangeError} If the kind has none.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { surrogateRecipe } from "./surrogate_recipes.ts";
 *
 * assert((await surrogateRecipe("scale_free")).steps > 1000);
 * ```
 */
export async function surrogateRecipe(kind: SurrogateKind): Promise<SurrogateRecipe> {
  const recipe = Object.hasOwn(RECIPES, kind) ? RECIPES[kind] : undefined;
  if (recipe !== undefined) return await recipe();
  throw new RangeError(
    `Cannot use a surrogate: its kind must be one of ${surrogateKinds().join(", ")}, ` +
      `current value is ${kind}`,
  );
}
