import type { Charges, WaferTable } from "../../datasets/wafer_table.ts";
import { summarise, type Summary } from "../../numerics/summary.ts";
import { CELLS } from "../../wafer/cells.ts";
import { waferEmdBatch } from "../../wafer/emd_batch.ts";
import { waferConditions } from "./conditions.ts";
import type { LoadedAutoencoder } from "./load_autoencoder.ts";
import { LATENTS } from "./architecture.ts";

export { summarise as summariseEmd, type Summary as EmdSummary } from "../../numerics/summary.ts";

/** How good an autoencoder is on some wafers, and whether all of it is alive. */
export interface AutoencoderEvaluation extends Summary {
  /** Exact EMD of each wafer and its reconstruction, in half trigger-cell pitches. */
  readonly emd: Float64Array;
  /** Latents that are zero for every wafer. */
  readonly deadLatents: number;
  /** The part of all latents that stand at their largest code, 0 to 1; 0 for a float encoder. */
  readonly saturated: number;
  /** Reconstructions without charge; each is judged as an even wafer. */
  readonly zeroOutputs: number;
  /** EMDs that the solver did not prove optimal. */
  readonly unproved: number;
}

/**
 * Compares wafers with their reconstructions by the exact EMD.
 *
 * @param autoencoder The autoencoder.
 * @param wafers The wafers, none empty, with the columns that its conditions need.
 * @returns EMDs, their spread, and the state of the latents.
 * @throws {RangeError} If a wafer is empty, or a reconstruction is not a number.
 *
 * @example
 * ```ts
 * import { toyWafers } from "@hexmover/hexmover/datasets";
 * import { evaluateAutoencoder, loadEconAutoencoder } from "@hexmover/hexmover/models";
 * import { assert } from "@std/assert";
 *
 * const autoencoder = await loadEconAutoencoder();
 * const { median, deadLatents } = evaluateAutoencoder(autoencoder, toyWafers("shower", 50, 1));
 * assert(median > 0 && deadLatents < 16);
 * ```
 */
export function evaluateAutoencoder(
  autoencoder: Pick<LoadedAutoencoder, "architecture" | "encode" | "decode">,
  wafers: WaferTable<Charges>,
): AutoencoderEvaluation {
  const { architecture: { conditions, formats } } = autoencoder;
  const latents = autoencoder.encode(wafers.charges);
  const outputs = Float64Array.from(
    autoencoder.decode(latents, waferConditions(wafers, conditions)),
  );
  const zeroOutputs = _evenWhereEmpty(outputs);
  const { values: emd, certified } = waferEmdBatch(wafers.charges, outputs, { certify: true });
  return {
    emd,
    ...summarise(emd),
    deadLatents: _dead(latents),
    saturated: formats === "float" ? 0 : _saturated(latents, formats.latent),
    zeroOutputs,
    unproved: emd.length - certified!,
  };
}

function _evenWhereEmpty(rows: Float64Array): number {
  let empty = 0;
  for (let begin = 0; begin < rows.length; begin += CELLS) {
    const row = rows.subarray(begin, begin + CELLS);
    if (row.some((charge) => charge !== 0)) continue;
    row.fill(1 / CELLS);
    empty++;
  }
  return empty;
}

function _dead(latents: Float32Array): number {
  const alive = new Set<number>();
  latents.forEach((latent, k) => latent > 0 && alive.add(k % LATENTS));
  return LATENTS - alive.size;
}

function _saturated(
  latents: Float32Array,
  { bits, integer }: { readonly bits: number; readonly integer: number },
): number {
  const largest = 2 ** integer - 2 ** (integer - bits);
  return latents.reduce((count, latent) => count + (latent >= largest ? 1 : 0), 0) / latents.length;
}
