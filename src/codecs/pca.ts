import { CELLS } from "../wafer/mod.ts";
import { bitCodec } from "./bit_codec.ts";
import type { BitReader, BitWriter } from "./bits.ts";
import { nearestLevel } from "./levels.ts";
import { PCA_COEFFICIENTS, pcaCoefficient, pcaLevels, type PcaModel } from "./pca_model.ts";
import { SHIPPED_FITS } from "./shipped_fits.ts";
import type { Codec } from "./types.ts";

/** Options of {@linkcode pca}. */
export interface PcaOptions {
  /**
   * How many coefficients may be sent, those of the largest variance; an integer in [1, 47].
   *
   * @default {47}
   */
  readonly coefficients?: number;
  /**
   * Bits of all coefficients together, an integer of at least 1 and at most 16 a coefficient; or
   * `"float"`: each is sent as a float32, which takes 32 bits.
   *
   * @default {144}
   */
  readonly bits?: number | "float";
  /**
   * Mean, components and levels, as {@linkcode fitPca} returns them.
   *
   * @default those of simulated wafers
   */
  readonly model?: PcaModel;
}

/** Most bits of a coefficient. */
const MOST_BITS = 16;

/** How a coefficient is written and read. */
interface _Quantiser {
  write(coefficient: number, writer: BitWriter): void;
  read(reader: BitReader): number;
}

/**
 * Principal components of charge fractions: the best linear code of its dimension in squared error,
 * and the yardstick for the encoder of the autoencoder, which also sends some sums of weighted cells.
 *
 * Bits go one by one to the coefficient whose error is the largest, taken as variance / 4^bits
 * (reverse water-filling); of all 47 coefficients some then get none. A decoded fraction below zero
 * becomes zero.
 *
 * It needs a multiplication for each cell and coefficient, as a dense layer does.
 *
 * @param options How many coefficients, how many bits, and the model.
 * @returns The codec.
 * @throws {RangeError} If an option has a value that is not one of those listed.
 *
 * @example
 * ```ts
 * import { pca } from "@hexmover/hexmover/codecs";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pca().bits, 144);
 * assertEquals(pca({ coefficients: 16, bits: "float" }).bits, 16 * 32);
 * const wafer = new Float64Array(48).fill(1);
 * assertEquals(pca({ bits: 48 }).encode(wafer).length, 6);
 * ```
 */
export function pca(options: PcaOptions = {}): Codec {
  const { coefficients = PCA_COEFFICIENTS, bits = 144, model = SHIPPED_FITS.pca } = options;
  _check(coefficients, bits);
  const { mean, components } = model;
  const quantisers = bits === "float"
    ? new Array<_Quantiser>(coefficients).fill(FLOAT32)
    : pcaBits(model.variances.subarray(0, coefficients), bits)
      .map((bitsOfIt, k) => _levelQuantiser(pcaLevels(model, k, bitsOfIt), bitsOfIt));
  return bitCodec({
    name: "pca",
    bits: bits === "float" ? 32 * coefficients : bits,
    write(fractions, writer) {
      quantisers.forEach((quantiser, k) =>
        quantiser.write(pcaCoefficient(model, fractions, k), writer)
      );
    },
    read(reader, charges) {
      charges.set(mean);
      quantisers.forEach((quantiser, k) => {
        const coefficient = quantiser.read(reader);
        for (let i = 0; i < CELLS; i++) charges[i] += coefficient * components[k * CELLS + i];
      });
      for (let i = 0; i < CELLS; i++) charges[i] = Math.max(charges[i], 0);
    },
  });
}

/**
 * How bits are shared among coefficients: one by one, each to the largest variance / 4^bits, the first
 * of several.
 *
 * @param variances Variance of each coefficient.
 * @param bits Bits to share, an integer of at most 16 a coefficient.
 * @returns Bits of each coefficient.
 *
 * @example
 * ```ts
 * import { pcaBits } from "./pca.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pcaBits([16, 1, 0.01], 4), [3, 1, 0]);
 * ```
 */
export function pcaBits(variances: ArrayLike<number>, bits: number): number[] {
  const shared = new Array<number>(variances.length).fill(0);
  const error = (k: number) => shared[k] === MOST_BITS ? -1 : variances[k] / 4 ** shared[k];
  for (let bit = 0; bit < bits; bit++) {
    let worst = 0;
    for (let k = 1; k < shared.length; k++) if (error(k) > error(worst)) worst = k;
    shared[worst]++;
  }
  return shared;
}

function _levelQuantiser(levels: Float64Array, bits: number): _Quantiser {
  return {
    write: (coefficient, writer) => writer.write(nearestLevel(levels, coefficient), bits),
    read: (reader) => levels[reader.read(bits)],
  };
}

const _float = new Float32Array(1), _bitsOfFloat = new Uint32Array(_float.buffer);

const FLOAT32: _Quantiser = {
  write(coefficient, writer) {
    _float[0] = coefficient;
    writer.write(_bitsOfFloat[0], 32);
  },
  read(reader) {
    _bitsOfFloat[0] = reader.read(32);
    return _float[0];
  },
};

function _check(coefficients: number, bits: number | "float"): void {
  const fail = (what: string, value: unknown) => {
    throw new RangeError(`Cannot code principal components: ${what}, current value is ${value}`);
  };
  if (
    !(Number.isInteger(coefficients) && coefficients >= 1 && coefficients <= PCA_COEFFICIENTS)
  ) {
    fail(`coefficients must be an integer in [1, ${PCA_COEFFICIENTS}]`, coefficients);
  }
  const most = MOST_BITS * coefficients;
  if (bits !== "float" && !(Number.isInteger(bits) && bits >= 1 && bits <= most)) {
    fail(`bits must be float or an integer in [1, ${most}]`, bits);
  }
}
