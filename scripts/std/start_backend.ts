/**
 * Choosing what computes tensors, from a script.
 *
 * @module
 */
import { type BackendName, useBackend } from "../../src/tensor/backend.ts";

/**
 * Starts a backend and says on the terminal which one, and why.
 *
 * @param backend The one that was asked for.
 * @returns What computes, for results.
 */
export async function startBackend(backend: BackendName): Promise<string> {
  const { description, reason } = await useBackend({ backend });
  console.log(`Backend: ${description}. ${reason}.`);
  return description;
}
