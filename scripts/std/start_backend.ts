/**
 * Choosing what computes tensors, from a script.
 *
 * @module
 */
import { type BackendName, useBackend } from "../../src/tensor/backend.ts";
import { tell, type Telling } from "./experiment_events.ts";

/**
 * Starts a backend and says on the terminal which one, and why.
 *
 * @param backend The one that was asked for.
 * @param telling How much is said. Default: for people.
 * @returns What computes, for results.
 */
export async function startBackend(
  backend: BackendName,
  telling: Telling = {},
): Promise<string> {
  const { description, reason } = await useBackend({ backend });
  tell(`Backend: ${description}. ${reason}.`, telling);
  return description;
}
