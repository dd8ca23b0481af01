import { CELLS } from "../../wafer/cells.ts";
import { econEncoderInference } from "../inference/econ_autoencoder_inference.ts";
import { econDecoderInference } from "../inference/econ_decoder_inference.ts";
import type { NamedWeights } from "../published/types.ts";
import type {
  DenseDecoderWeights,
  EconDecoderWeights,
  EconEncoderWeights,
  LayerWeights,
} from "../types.ts";
import { fileReader } from "./file_reader_deno.ts";
import {
  type AutoencoderArchitecture,
  type AutoencoderModule,
  fromAutoencoderModule,
  readAutoencoder,
  type StoredAutoencoder,
} from "./stored_autoencoder.ts";
import { LATENTS } from "./architecture.ts";

/** A trained ECON-T autoencoder. */
export interface LoadedAutoencoder {
  /** How it is built. */
  readonly architecture: AutoencoderArchitecture;
  /** Where its weights come from. */
  readonly provenance: StoredAutoencoder["provenance"];
  /** The encoder's weights, for `integerEncoder` and exports. */
  readonly encoder: EconEncoderWeights;
  /** The decoder's weights. */
  readonly decoder: EconDecoderWeights | DenseDecoderWeights;
  /**
   * The codes of wafers.
   *
   * @param charges One wafer or a batch, 48 charges each in train order, of any positive scale.
   * @returns 16 latents a wafer, >= 0; with formats, multiples of the latents' step.
   * @throws {TypeError} If the length is not a multiple of 48.
   * @throws {RangeError} If a charge is negative, NaN or infinite, or a wafer is empty.
   */
  encode(charges: ArrayLike<number>): Float32Array;
  /**
   * The wafers for which codes stand.
   *
   * @param latents 16 latents a wafer.
   * @param conditions What else is known of each wafer, from `waferConditions`, where the decoder has
   * been trained with conditions.
   * @returns 48 charge fractions a wafer, train order.
   * @throws {TypeError} If the lengths do not fit.
   */
  decode(latents: ArrayLike<number>, conditions?: ArrayLike<number>): Float32Array;
  /**
   * `decode(encode(charges), conditions)`.
   *
   * @param charges As for `encode`.
   * @param conditions As for `decode`.
   * @returns 48 charge fractions a wafer.
   */
  reconstruct(charges: ArrayLike<number>, conditions?: ArrayLike<number>): Float32Array;
}

/**
 * A trained ECON-T autoencoder on plain arrays: no tensors, no packages.
 *
 * @param source A folder that `scripts/train_autoencoder.ts` wrote; or what was read from one; or, when
 * left out, the default network that comes with this module, trained on simulated wafers
 * (data/README.md says how, and how good it is).
 * @returns The autoencoder; its outputs are divided by their sums.
 * @throws {TypeError} If a file is missing or is no such file.
 * @throws {RangeError} If weights do not fit their manifest.
 *
 * @example
 * ```ts
 * import { loadEconAutoencoder } from "@hexmover/hexmover/models/inference";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const autoencoder = await loadEconAutoencoder();
 * const wafer = new Float64Array(48).fill(3);
 * const latents = autoencoder.encode(wafer);
 * assertEquals(latents.length, 16);
 * const sum = autoencoder.decode(latents).reduce((a, b) => a + b);
 * assertAlmostEquals(sum, 1, 1e-5);
 * ```
 */
export async function loadEconAutoencoder(
  source?: string | StoredAutoencoder,
): Promise<LoadedAutoencoder> {
  const { architecture, provenance, weights } = await _stored(source);
  const { formats, conditions } = architecture;
  const encoder: EconEncoderWeights = {
    conv: _layer(weights, "encoder/conv"),
    dense: _layer(weights, "encoder/dense"),
    ...(formats !== "float" && { formats }),
  };
  const decoder = _decoderWeights(architecture, weights);
  const encode = econEncoderInference(encoder), decodeRows = econDecoderInference(decoder);

  function decode(latents: ArrayLike<number>, known?: ArrayLike<number>): Float32Array {
    return _fractions(decodeRows(_joined(latents, known, conditions.length)));
  }

  return {
    architecture,
    provenance,
    encoder,
    decoder,
    encode,
    decode,
    reconstruct: (charges, known) => decode(encode(charges), known),
  };
}

async function _stored(source?: string | StoredAutoencoder): Promise<StoredAutoencoder> {
  if (typeof source === "object") return source;
  if (source !== undefined) return await readAutoencoder(fileReader(), source);
  return await shippedAutoencoder();
}

/**
 * The data of the default autoencoder.
 *
 * @returns Architecture, provenance and weights.
 */
export async function shippedAutoencoder(): Promise<StoredAutoencoder> {
  const module = await import("../../../data/autoencoder.json", { with: { type: "json" } });
  return fromAutoencoderModule(module.default as unknown as AutoencoderModule);
}

function _decoderWeights(
  { decoder, conditions }: AutoencoderArchitecture,
  weights: NamedWeights,
): EconDecoderWeights | DenseDecoderWeights {
  const first = decoder.kind === "dense" ? "decoder/hidden0/kernel" : "decoder/dense/kernel";
  const takes = weights.get(first)?.shape[0], inputs = LATENTS + conditions.length;
  if (takes !== undefined && takes !== inputs) {
    throw new TypeError(
      `Cannot load an autoencoder: ${first} must take ${LATENTS} latents and ` +
        `${conditions.length} conditions, current number is ${takes}`,
    );
  }
  if (decoder.kind === "dense") {
    return {
      hidden: decoder.units.map((_, k) => _layer(weights, `decoder/hidden${k}`)),
      output: _layer(weights, "decoder/output"),
    };
  }
  return {
    dense: _layer(weights, "decoder/dense"),
    conv1: _layer(weights, "decoder/conv1"),
    conv2: _layer(weights, "decoder/conv2"),
  };
}

function _layer(weights: NamedWeights, name: string): LayerWeights {
  const tensor = (role: string) => {
    const found = weights.get(`${name}/${role}`);
    if (found !== undefined) return found.values;
    throw new TypeError(`Cannot load an autoencoder: there is no tensor ${name}/${role}`);
  };
  return { kernel: tensor("kernel"), bias: tensor("bias") };
}

/** Each row of latents followed by its row of conditions. */
function _joined(
  latents: ArrayLike<number>,
  known: ArrayLike<number> | undefined,
  conditions: number,
): ArrayLike<number> {
  const rows = latents.length / LATENTS, numbers = known?.length ?? 0;
  if (!Number.isInteger(rows) || numbers !== rows * conditions) {
    throw new TypeError(
      `Cannot decode: rows must be of ${LATENTS} latents and ${conditions} conditions, ` +
        `current numbers are ${latents.length} and ${numbers}`,
    );
  }
  if (conditions === 0) return latents;
  const joined = new Float32Array(rows * (LATENTS + conditions));
  for (let row = 0, to = 0; row < rows; row++) {
    for (let k = 0; k < LATENTS; k++) joined[to++] = latents[row * LATENTS + k];
    for (let k = 0; k < conditions; k++) joined[to++] = known![row * conditions + k];
  }
  return joined;
}

/** In place. Sigmoids far below zero may round to zero in every cell; such rows stay as they are. */
function _fractions(rows: Float32Array): Float32Array {
  for (let begin = 0; begin < rows.length; begin += CELLS) {
    let sum = 0;
    for (let cell = begin; cell < begin + CELLS; cell++) sum += rows[cell];
    if (sum === 0) continue;
    for (let cell = begin; cell < begin + CELLS; cell++) rows[cell] /= sum;
  }
  return rows;
}
