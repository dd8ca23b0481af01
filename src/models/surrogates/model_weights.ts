/**
 * Weights of a model into and out of files.
 *
 * @module
 */
import { namedArrays } from "../../tensor/training/named_arrays.ts";
import type { Model, Variables } from "../../tensor/types.ts";
import { assignVariable } from "../../tensor/variables.ts";
import type { NamedWeights } from "../published/types.ts";

/**
 * The parameters and running averages of a model.
 *
 * @param model The model.
 * @returns Copies, by the names and in the order of the model.
 *
 * @example
 * ```ts
 * import { useBackend } from "@hexmover/hexmover/tensor";
 * import { assertEquals } from "@std/assert";
 * import { assignModelWeights, modelWeights } from "./model_weights.ts";
 * import { buildScaleFree } from "./scale_free.ts";
 *
 * await useBackend({ backend: "cpu" });
 * const weights = await modelWeights(buildScaleFree({ units: 2, seed: 1 }));
 * const other = buildScaleFree({ units: 2, seed: 2 });
 * assignModelWeights(other, weights);
 * assertEquals(await modelWeights(other), weights);
 * ```
 */
export async function modelWeights(model: Model): Promise<NamedWeights> {
  const variables = _variables(model), arrays = await namedArrays(variables);
  return new Map(
    [...variables].map(([name, { shape }]) => {
      return [name, { shape: [...shape], values: arrays.get(name)! }];
    }),
  );
}

/**
 * Gives a model the numbers that {@linkcode modelWeights} read.
 *
 * @param model A model of the same variables.
 * @param weights The weights; copied.
 * @throws {TypeError} If one is missing, or has not as many numbers as the model's.
 */
export function assignModelWeights(model: Model, weights: NamedWeights): void {
  for (const [name, variable] of _variables(model)) {
    const values = weights.get(name)?.values;
    if (values === undefined) {
      throw new TypeError(`Cannot assign weights to ${model.name}: ${name} is missing`);
    }
    assignVariable(variable, name, values);
  }
}

function _variables({ parameters, state }: Model): Variables {
  return new Map([...parameters, ...state]);
}
